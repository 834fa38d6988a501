import { readFileSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { type SavedFile, savedTexts, shortText } from '../trace/saved-files.ts'
import { savedKindOf } from '../trace/saved-kind.ts'
import { filesBelow } from './workspace.ts'

/** So much of a workspace is kept in mind, characters. */
const KEPT = 8_000_000

/**
 * Tells of changed files which ones bots and pages read, once for each save: watchers tell of some twice, and of what did not change at all. What they
 * were before is kept in mind, so that a recorded run can begin with it.
 */
export class SavedFiles {
  /** When each last became what it is, as far as it was told; null: deleted. */
  readonly #told = new Map<string, number | null>()
  /** Texts as they were last seen; null: no such file, undefined: too long. */
  readonly #texts = new Map<string, string | null | undefined>()
  #kept = 0
  /** Below it every file is known that is not in `texts`: there is none. */
  #known: string | undefined

  /** Looks at all that bots read below this folder's `data/`. */
  async remember(root: string): Promise<void> {
    const data = join(root, 'data')
    for (const file of filesBelow(data, ['.js', '.json'])) {
      if (this.#texts.has(file) || !savedKindOf(file)) continue
      if (this.#kept > KEPT) return
      const text = await readFile(file, 'utf8').catch(() => undefined)
      // Whoever saved it meanwhile has told of it.
      if (text !== undefined && !this.#texts.has(file)) this.#keep(file, text)
    }
    this.#known = data + sep
  }

  /** A page has this file; a save that nobody has told of yet comes after it. */
  served(file: string): void {
    if (savedKindOf(file) === 'page' && !this.#texts.has(file)) this.#keep(file, textOf(file))
  }

  /** @param isPagePart whether a file outside of `data/` belongs to a page */
  see(files: readonly string[], isPagePart: (file: string) => boolean): SavedFile[] {
    return files.flatMap<SavedFile>(file => {
      const what = savedKindOf(file)
      if (!what || (what === 'page' && !isPagePart(file))) return []
      const changed = changedAt(file)
      if (changed === this.#told.get(file)) return []
      this.#told.set(file, changed)
      const isNew = !this.#texts.has(file) && this.#known !== undefined && file.startsWith(this.#known)
      const before = isNew ? null : this.#texts.get(file)
      this.#keep(file, textOf(file))
      return [{ file, what, ...(changed === null && { gone: true }), ...savedTexts(before, this.#texts.get(file)) }]
    })
  }

  #keep(file: string, text: string | null): void {
    const kept = shortText(text)
    this.#kept += (kept?.length ?? 0) - (this.#texts.get(file)?.length ?? 0)
    this.#texts.set(file, kept)
  }
}

/** Of its inode: a renamed file is as old as it was. */
function changedAt(file: string): number | null {
  try {
    return statSync(file).ctimeMs
  } catch {
    return null
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
