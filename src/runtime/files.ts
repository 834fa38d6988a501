import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, posix, resolve, sep } from 'node:path'
import { Overlay } from './overlay.ts'
import { filesBelow } from './scripts/discover.ts'

export interface GhostOptions {
  /** Where written files are kept; absent: in memory. */
  storage?: string | undefined
  /** Scripts change the workspace's own files, as on the server. */
  writeThrough?: boolean | undefined
  /** A script wrote or deleted a file; its path as if it lay in the workspace. */
  onWritten?(file: string): void
}

/** The workspace's `data/` as scripts see it: what they write is kept apart and hides the file below it, unless writes go through. */
export class GhostFiles {
  readonly #data: string
  readonly #options: GhostOptions
  readonly #overlay: Overlay
  #listeners = new Set<(path: string) => void>()

  constructor(root: string, options: GhostOptions = {}) {
    this.#data = join(root, 'data')
    this.#options = options
    this.#overlay = new Overlay(this.#data, options.writeThrough ? undefined : options.storage)
  }

  /** @throws when the path leaves `data/` or the file does not exist */
  read(path: string): Buffer {
    const at = this.#normal(path)
    const own = this.#overlay.get(at)
    if (own) return own
    const file = join(this.#data, at)
    if (own === null || !existsSync(file)) throw Object.assign(new Error(`[Missing File] Could not find file "${at}"`), { code: 'ENOENT' })
    return readFileSync(file)
  }

  exists(path: string): boolean {
    const at = this.#normal(path)
    const own = this.#overlay.get(at)
    if (own !== undefined) return own !== null
    return statSync(join(this.#data, at), { throwIfNoEntry: false })?.isFile() ?? false
  }

  /** A file of the workspace by its absolute path, as the engine is to see it. @throws with `code` ENOENT when there is none */
  readText(file: string): string {
    const own = this.#isOurs(file) ? this.#overlay.get(this.#pathOf(file)) : undefined
    if (own === null) throw Object.assign(new Error(`A script deleted ${file}`), { code: 'ENOENT', path: file })
    return own?.toString() ?? readFileSync(file, 'utf8')
  }

  /** Whether a file of the workspace is there, by its absolute path. */
  has(file: string): boolean {
    return this.#isOurs(file) ? this.exists(this.#pathOf(file)) : (statSync(file, { throwIfNoEntry: false })?.isFile() ?? false)
  }

  /** Paths of all files below a folder of the workspace (absolute), relative to it, sorted. */
  below(folder: string): string[] {
    return this.list(folder === this.#data ? '' : this.#pathOf(folder))
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
    for (const [path, content] of this.writtenBelow(at)) {
      if (content === null) found.delete(path)
      else found.add(path)
    }
    return [...found].sort()
  }

  /** What scripts wrote as this file, by its path below `data/`; null when they deleted it, undefined when they did neither. */
  written(path: string): Buffer | null | undefined {
    return this.#overlay.get(path)
  }

  /** What scripts wrote below a folder (null: deleted), by path relative to it. */
  writtenBelow(folder: string): Map<string, Buffer | null> {
    const prefix = folder === '' ? '' : `${folder}/`
    const found = new Map<string, Buffer | null>()
    for (const [path, content] of this.#overlay.entries()) {
      if (path.startsWith(prefix)) found.set(path.slice(prefix.length), content)
    }
    return found
  }

  onChanged(listener: (path: string) => void): { remove(): void } {
    this.#listeners.add(listener)
    return { remove: () => void this.#listeners.delete(listener) }
  }

  /** Files of the workspace changed: what the author saves counts again, and listeners are told. Absolute paths. */
  changed(files: readonly string[]): void {
    for (const file of files) {
      if (!this.#isOurs(file)) continue
      this.#overlay.drop(this.#pathOf(file))
      this.#tell(this.#pathOf(file))
    }
  }

  /** Everything that scripts wrote is gone. */
  forget(): void {
    for (const [path] of [...this.#overlay.entries()]) {
      this.#overlay.drop(path)
      this.#options.onWritten?.(join(this.#data, path))
      this.#tell(path)
    }
  }

  #set(path: string, content: Buffer | null): void {
    const at = this.#normal(path)
    const file = join(this.#data, at)
    if (!this.#options.writeThrough) this.#overlay.set(at, content)
    else if (content === null) rmSync(file, { force: true })
    else {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, content)
    }
    this.#options.onWritten?.(file)
    this.#tell(at)
  }

  #isOurs(file: string): boolean {
    return file.startsWith(this.#data + sep)
  }

  #tell(path: string): void {
    for (const listener of this.#listeners) listener(path)
  }

  #pathOf(file: string): string {
    return file
      .slice(this.#data.length + 1)
      .split(sep)
      .join('/')
  }

  #normal(path: string): string {
    const at = posix.normalize(path.replaceAll('\\', '/')).replace(/^\/+|\/+$|^\.$/g, '')
    const full = resolve(this.#data, at)
    if (full !== this.#data && !full.startsWith(this.#data + sep)) throw new Error(`The path "${path}" leads out of the data folder`)
    return at
  }
}
