export interface StoredFile {
  name: string
  type: string
  views: Map<string, Buffer>
}

/** Files that bots uploaded. In memory, the oldest given up when too much is held. */
export class Attachments {
  #files = new Map<string, StoredFile>()
  #bytes = 0
  #limit: number

  /** @param limit bytes held at most */
  constructor(limit = 64_000_000) {
    this.#limit = limit
  }

  add(id: string, file: StoredFile): void {
    this.#files.set(id, file)
    this.#bytes += sizeOf(file)
    for (const [old, { views }] of this.#files) {
      if (this.#bytes <= this.#limit || old === id) break
      this.#files.delete(old)
      this.#bytes -= sizeOf({ views })
    }
  }

  get(id: string): StoredFile | undefined {
    return this.#files.get(id)
  }
}

function sizeOf({ views }: Pick<StoredFile, 'views'>): number {
  return [...views.values()].reduce((sum, { length }) => sum + length, 0)
}
