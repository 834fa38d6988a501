import type { EntryOf, TraceEntry } from '../entry.ts'
import { judgedOf } from './turns.ts'

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

/**
 * For each proactive message (those that follow one another without a word to the bot count as one step) the dialogs before and after, as far as the bot's
 * state could be observed: conversations of which nothing was seen are left out.
 */
export function stackStepsOf(entries: readonly TraceEntry[]): StackStep[] {
  const judged = new Map(judgedOf(entries).map(({ entry, judgement }) => [entry.seq, judgement]))
  const rooms = new Map<string, { settled: string[]; stack: string[]; seen: boolean; step?: StackStep | undefined }>()
  const steps: StackStep[] = []
  const roomOf = (id: string) => {
    const room = rooms.get(id) ?? { settled: [], stack: [], seen: false }
    rooms.set(id, room)
    return room
  }
  for (const entry of entries) {
    switch (entry.kind) {
      case 'bot-state': {
        if (entry.conversationId === undefined || !entry.stack) break
        const room = roomOf(entry.conversationId)
        room.seen = true
        room.stack = entry.stack
        if (room.step) {
          room.step.after = entry.stack
          room.step.change = stackChange(room.step.before, entry.stack)
        }
        break
      }
      case 'activity-to-bot': {
        const room = roomOf(entry.conversationId)
        room.step = undefined
        break
      }
      case 'bot-answered':
        // State saved after this belongs to whatever the bot does on its own.
        if (entry.outcome !== 'accepted') roomOf(entry.conversationId).settled = roomOf(entry.conversationId).stack
        break
      case 'activity-from-bot': {
        const room = roomOf(entry.conversationId)
        const kind = judged.get(entry.seq)?.kind
        if (kind === 'reply' || kind === undefined) {
          if (!room.step) room.settled = room.stack
          break
        }
        if (entry.type !== 'message' || room.step) break
        const before = room.settled
        room.step = {
          message: entry,
          conversationId: entry.conversationId,
          before,
          after: room.stack,
          change: stackChange(before, room.stack)
        }
        steps.push(room.step)
      }
    }
  }
  return steps.filter(step => rooms.get(step.conversationId)!.seen)
}

/** The dialogs of a conversation as last seen, or undefined when its state was never observed. */
export function stackOf(entries: readonly TraceEntry[], conversationId: string): string[] | undefined {
  return entries.findLast(
    (entry): entry is EntryOf<'bot-state'> =>
      entry.kind === 'bot-state' && entry.conversationId === conversationId && entry.stack !== undefined
  )?.stack
}
