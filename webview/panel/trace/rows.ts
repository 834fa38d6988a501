import type { Query, Searchable } from '../../../src/trace/query.ts'
import { matches } from '../../../src/trace/query.ts'
import { lineOf } from '../../../src/trace/step-table.ts'
import { type Row, Timeline } from '../../../src/trace/timeline.ts'
import type { Store } from '../store.ts'

const told = new WeakMap<Row, string>()

/** The words of a row, as they are read in the list. */
export function textOfRow(row: Row): string {
  const known = told.get(row)
  if (known !== undefined) return known
  const text = lineOf(row.entry)?.text ?? row.entry.kind
  told.set(row, text)
  return text
}

/** Entries that are taken in at once in an idle moment. */
const SLICE = 500

/** The timeline of a trace, kept up to date, and the rows of it that are wanted. Each row is looked at once for each wish. */
export class Rows {
  #timeline = new Timeline()
  #taken = 0
  #index: Store['index'] | undefined
  #shown: Row[] = []
  #seen = 0
  #wish: unknown[] = []

  /** Takes in a part of what is new, for as long as there is time. @returns whether that was all */
  prepare(store: Store, hasTime: () => boolean): boolean {
    do this.#takeIn(store, SLICE)
    while (this.#taken < store.entries.length && hasTime())
    return this.#taken >= store.entries.length
  }

  #takeIn({ entries, index }: Store, most: number): void {
    if (index !== this.#index) {
      this.#timeline = new Timeline()
      this.#taken = 0
      this.#index = index
      this.#wish = []
    }
    if (this.#taken >= entries.length) return
    const next = entries.slice(this.#taken, this.#taken + most)
    this.#timeline.append(next, index)
    this.#taken += next.length
  }

  /** @param lanes names of those that are wanted; all when empty */
  take(store: Store, query: Query, lanes: readonly string[], problemsOnly: boolean): readonly Row[] {
    this.#takeIn(store, Number.POSITIVE_INFINITY)
    const { rows } = this.#timeline
    if (query.terms.length === 0 && lanes.length === 0 && !problemsOnly) return rows
    const wish = [store.saved.filter, problemsOnly, ...lanes]
    if (wish.length !== this.#wish.length || wish.some((part, n) => part !== this.#wish[n])) {
      this.#wish = wish
      this.#shown = []
      this.#seen = 0
    }
    for (; this.#seen < rows.length; this.#seen++) {
      const row = rows[this.#seen]!
      if (lanes.length > 0 && !lanes.includes(row.lane)) continue
      if (problemsOnly && toneOfRow(row) !== 'warning' && toneOfRow(row) !== 'error') continue
      if (query.terms.length > 0 && !matches(query, searchableOf(row, store))) continue
      this.#shown.push(row)
    }
    return this.#shown
  }
}

export const toneOfRow = (row: Row) => (row.failed ? 'error' : lineOf(row.entry)?.tone) ?? 'plain'

/** A row is found by its own words, and by whatever its story can be found by. */
function searchableOf(row: Row, store: Store): Searchable {
  const story = store.searchable(row.story)
  const { received, sent } = row.story
  const words = `${textOfRow(row)} ${received?.type ?? sent?.type ?? ''} ${row.entry.kind}`.toLowerCase()
  return { words, fields: { ...story.fields, kind: [row.entry.kind], is: [...(story.fields.is ?? []), toneOfRow(row)] } }
}
