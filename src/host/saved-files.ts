import { statSync } from 'node:fs'
import type { SavedFile } from '../trace/saved-files.ts'
import { savedKindOf } from '../trace/saved-kind.ts'

/** Tells of changed files which ones bots and pages read, once for each save: watchers tell of some twice, and of what did not change at all. */
export class SavedFiles {
  /** When each last became what it is, as far as it was told; null: deleted. */
  readonly #told = new Map<string, number | null>()

  /** @param isPagePart whether a file outside of `data/` belongs to a page */
  see(files: readonly string[], isPagePart: (file: string) => boolean): SavedFile[] {
    return files.flatMap<SavedFile>(file => {
      const what = savedKindOf(file)
      if (!what || (what === 'page' && !isPagePart(file))) return []
      const changed = changedAt(file)
      if (changed === this.#told.get(file)) return []
      this.#told.set(file, changed)
      return [{ file, what, ...(changed === null && { gone: true }) }]
    })
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
