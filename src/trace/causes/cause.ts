import type { Place } from '../entry.ts'
import type { Facts, Reply } from '../facts.ts'
import type { TraceIndex } from '../trace-index.ts'
import { count, list, quote, textOf } from '../words.ts'

/** How it ended for the visitor: `good` as a rule wanted; `quiet` nothing to see and nothing wrong; `running` not over. */
export type Tone = 'good' | 'quiet' | 'running' | 'warning' | 'error'

/** A row: one cause, when it applies, and what a newcomer is told. Plain text. */
export interface Cause {
  id: string
  tone: Tone
  /** Two or three words. */
  chip: string
  /** Rules of the runtime reference (R…), of our diagnostics (BP…), known facts (G…) that say so. */
  rules: readonly string[]
  when(facts: Facts, index: TraceIndex): boolean
  /** What the visitor experienced and why; the first sentence stands alone. */
  says(facts: Facts, index: TraceIndex): string[]
  /** What to do about it. */
  todo?(facts: Facts, index: TraceIndex): string[]
  places?(facts: Facts): (Place | undefined)[]
}

export const typeOf = (facts: Facts): string => quote(facts.story.received?.type ?? facts.story.sent?.type ?? '(no type)')

/** `read “Hello” and “How can I help?”`, `saw a message without text`, `saw nothing`. */
export function experienced(replies: readonly Reply[]): string {
  const texts = textsOf(replies)
  if (texts !== '') return `read ${texts}`
  const visible = replies.filter(reply => reply.received.type !== 'typing' && reply.received.type !== 'data')
  return visible.length > 0 ? `saw ${count(visible.length, 'message')} without text` : 'saw nothing'
}

/** `“Hello” and “How can I help?”`, `a message without text`. */
export const wordsOf = (replies: readonly Reply[]): string => textsOf(replies) || 'a message without text'

const textsOf = (replies: readonly Reply[]) =>
  list(
    replies.flatMap(reply => textOf(reply.received.payload) ?? []).map(text => quote(text, 48)),
    3
  )

export const nodeName = (at: { flow: string; node: string }): string => `${quote(at.node)} of ${at.flow}`

export const paths = (changes: readonly { path: string }[]): string => list([...new Set(changes.map(change => change.path))])
