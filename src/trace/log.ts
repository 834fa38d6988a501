import type { Report, TraceEntry } from './entry.ts'

/** An append-only list of entries with its readers. Entries are never changed; `clear` starts a new numbering. */
export class TraceLog {
  #entries: TraceEntry[] = []
  #readers = new Set<(entries: readonly TraceEntry[]) => void>()

  /** Numbers the reports and hands them to every reader, in order and at once. */
  append(...reports: Report[]): TraceEntry[] {
    const added = reports.map((report, index) => ({ ...report, seq: this.#entries.length + index + 1 }) as TraceEntry)
    this.#entries.push(...added)
    for (const reader of this.#readers) reader(added)
    return added
  }

  get entries(): readonly TraceEntry[] {
    return this.#entries
  }

  /** Calls `reader` for what is appended from now on. Returns the way to stop. */
  subscribe(reader: (entries: readonly TraceEntry[]) => void): () => void {
    this.#readers.add(reader)
    return () => void this.#readers.delete(reader)
  }

  clear(): void {
    this.#entries = []
  }
}
