import { type FSWatcher, watch } from 'node:fs'
import { dirname, join } from 'node:path'

const SETTLE_MS = 40

/** Watches `data/` with all below it, and the folders of single files, and tells in batches what was saved. */
export class FileWatch {
  #watchers = new Map<string, FSWatcher>()
  #changed = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #isClosed = false
  #onChange: (files: string[]) => void

  constructor(onChange: (files: string[]) => void) {
    this.#onChange = onChange
  }

  /** A folder with everything below it. */
  addTree(folder: string): void {
    this.#add(folder, true)
  }

  /** The folder of a file, without what is below. */
  addFile(file: string): void {
    this.#add(dirname(file), false)
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    for (const watcher of this.#watchers.values()) watcher.close()
    this.#watchers.clear()
  }

  #add(folder: string, recursive: boolean): void {
    if (this.#isClosed || this.#watchers.has(folder)) return
    try {
      const watcher = watch(folder, { recursive, persistent: false }, (_, name) => name && this.#see(join(folder, name)))
      // A folder that was deleted is no reason to stop.
      watcher.on('error', () => this.#watchers.delete(folder))
      this.#watchers.set(folder, watcher)
    } catch {
      // It cannot be watched (too many watchers, a network drive); the embedding may still tell of changes.
    }
  }

  #see(file: string): void {
    // What the system saw before may be told after.
    if (this.#isClosed) return
    this.#changed.add(file)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const files = [...this.#changed]
      this.#changed.clear()
      this.#onChange(files)
    }, SETTLE_MS)
  }
}
