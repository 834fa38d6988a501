import type { EntryOf } from '../entry.ts'

/** What a proactive message did to the dialogs that were running. */
export type StackChange = 'pushed' | 'replaced' | 'cleared' | 'started' | 'unchanged'

export interface StackStep {
  /** The first proactive message of the step. */
  message: EntryOf<'activity-from-bot'>
  conversationId: string
  /** Dialogs before and after, outermost first. */
  before: string[]
  after: string[]
  change: StackChange
}

/** How the dialogs differ: `pushed` keeps all that ran below the new one. */
export function stackChange(before: readonly string[], after: readonly string[]): StackChange {
  const isSame = before.length === after.length && before.every((id, index) => id === after[index])
  if (isSame) return 'unchanged'
  if (after.length === 0) return 'cleared'
  if (before.length === 0) return 'started'
  return before.every((id, index) => id === after[index]) ? 'pushed' : 'replaced'
}
