import type { ToPanel } from '../protocol/panel.ts'
import type { TraceEntry } from '../trace/entry.ts'

/** Of a past that is longer than one message, so many of the newest entries are told first: something to look at until the rest is there. */
export const RECENT = 500
/** Entries of one message at most. */
export const PIECE = 2000

export type PastMessage = ToPanel & { kind: 'entries' | 'recent' }

/**
 * Messages that bring a panel up to the newest entry, from the one numbered `next` on, made as they are taken. What is appended meanwhile is brought
 * too. A panel that knows nothing yet (`next` is 1) gets a message even when there is nothing.
 */
export function* past(entries: readonly TraceEntry[], next: number): Generator<PastMessage, void> {
  if (next === 1 && entries.length > PIECE) {
    const from = entries.length - RECENT + 1
    yield { kind: 'recent', from, entries: entries.slice(from - 1) }
  }
  for (let from = next; from === 1 || from <= entries.length; from += PIECE) {
    const more = from + PIECE <= entries.length
    yield { kind: 'entries', from, entries: entries.slice(from - 1, from - 1 + PIECE), ...(more && { more }) }
  }
}
