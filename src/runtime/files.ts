import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, posix, resolve, sep } from 'node:path'
import { filesBelow } from './scripts/discover.ts'

/** The workspace's `data/` as scripts see it: what they write is kept apart, in memory, and hides the file below it. */
export class GhostFiles {
  readonly #data: string
  /** Paths below `data/`; null for deleted files. */
  #written = new Map<string, Buffer | null>()
  #listeners = new Set<(path: string) => void>()

  constructor(root: string) {
    this.#data = join(root, 'data')
  }

  /** @throws when the path leaves `data/` or the file does not exist */
  read(path: string): Buffer {
    const at = this.#normal(path)
    const own = this.#written.get(at)
    if (own) return own
    const file = join(this.#data, at)
    if (own === null || !existsSync(file)) throw Object.assign(new Error(`[Missing File] Could not find file "${at}"`), { code: 'ENOENT' })
    return readFileSync(file)
  }

  exists(path: string): boolean {
    const at = this.#normal(path)
    const own = this.#written.get(at)
    if (own !== undefined) return own !== null
    return statSync(join(this.#data, at), { throwIfNoEntry: false })?.isFile() ?? false
  }

  write(path: string, content: Buffer): void {
    this.#set(path, content)
  }

  delete(path: string): void {
    this.#set(path, null)
  }

  /** Paths below a folder, relative to it, sorted. */
  list(folder: string): string[] {
    const at = this.#normal(folder)
    const found = new Set(filesBelow(join(this.#data, at)))
    const prefix = at === '' ? '' : `${at}/`
    for (const [path, content] of this.#written) {
      if (!path.startsWith(prefix)) continue
      if (content === null) found.delete(path.slice(prefix.length))
      else found.add(path.slice(prefix.length))
    }
    return [...found].sort()
  }

  onChanged(listener: (path: string) => void): { remove(): void } {
    this.#listeners.add(listener)
    return { remove: () => void this.#listeners.delete(listener) }
  }

  /** Tells listeners that files of the workspace changed. Absolute paths. */
  changed(files: readonly string[]): void {
    for (const file of files) {
      if (file.startsWith(this.#data + sep))
        this.#tell(
          file
            .slice(this.#data.length + 1)
            .split(sep)
            .join('/')
        )
    }
  }

  forget(): void {
    this.#written.clear()
  }

  #set(path: string, content: Buffer | null): void {
    const at = this.#normal(path)
    this.#written.set(at, content)
    this.#tell(at)
  }

  #tell(path: string): void {
    for (const listener of this.#listeners) listener(path)
  }

  #normal(path: string): string {
    const at = posix.normalize(path.replaceAll('\\', '/')).replace(/^\/+|\/+$|^\.$/g, '')
    const full = resolve(this.#data, at)
    if (full !== this.#data && !full.startsWith(this.#data + sep)) throw new Error(`The path "${path}" leads out of the data folder`)
    return at
  }
}
