import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'

/** Below the storage: files as they were written, and a list of those that were deleted. */
export const WRITTEN = 'written'
export const DELETED = 'deleted.json'

/**
 * What scripts wrote below `data/`, kept apart from it; with a storage it outlives the engine's process.
 *
 * Paths are relative to `data/`, with forward slashes. A file that the author saves later counts again: their word is the last.
 */
export class Overlay {
  readonly #storage: string | undefined
  /** null for deleted files. */
  #files = new Map<string, Buffer | null>()
  /** When a file was deleted, ms since 1970. */
  #deleted: Record<string, number> = {}

  /** @param data the workspace's `data/` @param storage folder to keep things in; absent: in memory */
  constructor(data: string, storage: string | undefined) {
    this.#storage = storage
    if (storage !== undefined) this.#load(data, storage)
  }

  /** The content, null for a deleted file, undefined for one that nobody wrote. */
  get(path: string): Buffer | null | undefined {
    return this.#files.get(path)
  }

  entries(): Iterable<[string, Buffer | null]> {
    return this.#files
  }

  set(path: string, content: Buffer | null): void {
    this.#files.set(path, content)
    if (this.#storage === undefined) return
    const file = this.#at(this.#storage, path)
    if (content === null) {
      this.#deleted[path] = Date.now()
      rmSync(file, { force: true })
    } else {
      delete this.#deleted[path]
      replaceFile(file, content)
    }
    this.#keepDeleted(this.#storage)
  }

  /** Forgets what was written at a path. */
  drop(path: string): void {
    if (!this.#files.delete(path) || this.#storage === undefined) return
    delete this.#deleted[path]
    rmSync(this.#at(this.#storage, path), { force: true })
    this.#keepDeleted(this.#storage)
  }

  #at(storage: string, path: string): string {
    return join(storage, WRITTEN, ...path.split('/'))
  }

  #keepDeleted(storage: string): void {
    replaceFile(join(storage, DELETED), Buffer.from(JSON.stringify(this.#deleted)))
  }

  #load(data: string, storage: string): void {
    const folder = join(storage, WRITTEN)
    const mtime = (file: string) => statSync(file, { throwIfNoEntry: false })?.mtimeMs
    const isStale = (path: string, when: number) => (mtime(join(data, ...path.split('/'))) ?? 0) > when
    for (const name of namesBelow(folder)) {
      const path = name.split(sep).join('/')
      const file = join(folder, name)
      if (!statSync(file).isFile() || name.endsWith(HALF)) continue
      if (isStale(path, mtime(file) ?? 0)) rmSync(file, { force: true })
      else this.#files.set(path, readFileSync(file))
    }
    for (const [path, when] of Object.entries(deletedIn(storage))) {
      if (isStale(path, when)) continue
      this.#deleted[path] = when
      this.#files.set(path, null)
    }
  }
}

const HALF = '.half-written'

/** A killed process leaves the old file or the new one. */
function replaceFile(file: string, content: Buffer): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file + HALF, content)
  renameSync(file + HALF, file)
}

function namesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true }) as string[]
  } catch {
    return []
  }
}

function deletedIn(storage: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(join(storage, DELETED), 'utf8'))
  } catch {
    return {}
  }
}
