import type { ToPanel } from '../../src/protocol/panel.ts'
import type { TraceEntry } from '../../src/trace/entry.ts'
import type { Story } from '../../src/trace/story.ts'
import { TraceIndex } from '../../src/trace/trace-index.ts'

/** A trace, or its newest part, as far as it has come: in order, and sorted into stories. */
export class Book {
  readonly index = new TraceIndex()
  readonly entries: TraceEntry[] = []
  /** `seq` of its first entry. */
  readonly first: number
  #next: number

  constructor(first = 1) {
    this.first = first
    this.#next = first
  }

  /** `seq` of the entry that follows. */
  get next(): number {
    return this.#next
  }

  /** @returns the stories of which something else may be said now; undefined when entries before these are missing */
  append(from: number, entries: readonly TraceEntry[]): Story[] | undefined {
    if (from > this.#next) return undefined
    const fresh = entries.filter(entry => entry.seq >= this.#next)
    this.#next = Math.max(this.#next, (fresh.at(-1)?.seq ?? 0) + 1)
    for (const entry of fresh) this.entries.push(entry)
    return this.index.append(fresh)
  }
}

/** The trace that is looked at. While a long past comes in, that is its newest part, or what was there before the line was lost. */
export class Books {
  shown = new Book()
  #coming: Book | undefined
  #until = 0

  /** How much of a past has come that one does not see yet; undefined when all of it is there. */
  get coming(): { come: number; of: number } | undefined {
    return this.#coming && { come: this.#coming.next - 1, of: Math.max(this.#until, this.#coming.next - 1) }
  }

  /** @returns the stories that are new or changed, or undefined when something was missed on the way */
  take({ kind, from, entries, ...rest }: ToPanel & { kind: 'entries' | 'recent' }): Story[] | undefined {
    if (kind === 'recent') {
      this.#until = from + entries.length - 1
      this.#coming = new Book()
      // What was seen before says more than a part.
      if (this.shown.first === 1 && this.shown.entries.length > 0) return []
      this.shown = new Book(from)
      return this.shown.append(from, entries)
    }
    if (from === 1) this.#coming = new Book()
    const changed = (this.#coming ?? this.shown).append(from, entries)
    if (changed && this.#coming && !('more' in rest && rest.more)) {
      this.shown = this.#coming
      this.#coming = undefined
      this.#until = 0
    }
    return changed
  }
}
