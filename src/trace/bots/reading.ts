import { type Activity, asksSomething } from '../../botframework/activity.ts'
import type { EntryOf, TraceEntry } from '../entry.ts'
import { answered, type Collision, collisionOf } from './collisions.ts'
import { type StackStep, stackChange } from './stacks.ts'
import { BotTurns, type Judged, type Judgement } from './turns.ts'

interface Room {
  /** Dialogs as last seen, and as they stood when the last turn ended; undefined until something was seen. */
  stack?: string[]
  settled?: string[]
  step?: StackStep | undefined
  question?: EntryOf<'activity-from-bot'> | undefined
  collision?: Collision | undefined
}

/**
 * Reads a trace of bots as it grows, each entry once: what is a reply and what is proactive, what each proactive message did to the dialogs, and which of them
 * met an open question.
 */
export class BotReading {
  readonly judged: Judged[] = []
  /** Steps of conversations whose state was seen, and of others; see `isSeen`. */
  readonly steps: StackStep[] = []
  readonly collisions: Collision[] = []
  readonly #turns = new BotTurns()
  readonly #rooms = new Map<string, Room>()

  /** @returns the judgement, where the entry is something that the bot posted anew */
  see(entry: TraceEntry): Judged | undefined {
    const judged = entry.kind === 'activity-from-bot' ? this.#fromBot(entry) : undefined
    if (entry.kind === 'bot-state') this.#state(entry)
    if (entry.kind === 'activity-to-bot') this.#toBot(entry)
    // State that is saved after this belongs to what the bot does on its own.
    if (entry.kind === 'bot-answered' && entry.outcome !== 'accepted' && entry.outcome !== 'hanging') {
      const room = this.#room(entry.conversationId)
      if (room.stack) room.settled = room.stack
    }
    this.#turns.see(entry)
    return judged
  }

  /** The judgement on something that the channel refused, as if it had been sent. */
  judgeRefused({ conversationId, replyTo, at }: EntryOf<'connector-call'>): Judgement {
    return this.#turns.judge({ conversationId: conversationId ?? '', replyTo, at })
  }

  /** Whether the bot's state was ever seen in a conversation. */
  isSeen(conversationId: string): boolean {
    return this.#rooms.get(conversationId)?.stack !== undefined
  }

  stackOf(conversationId: string): string[] | undefined {
    return this.#rooms.get(conversationId)?.stack
  }

  #fromBot(entry: EntryOf<'activity-from-bot'>): Judged | undefined {
    const judgement = this.#turns.judgeEntry(entry)
    if (!judgement) return undefined
    const judged = { entry, judgement }
    this.judged.push(judged)
    const room = this.#room(entry.conversationId)
    if (judgement.kind === 'reply') {
      if (!room.step && room.stack) room.settled = room.stack
      if (entry.type === 'message' && asksSomething(entry.activity as Activity)) room.question = entry
      return judged
    }
    if (entry.type !== 'message') return judged
    if (!room.step) {
      const before = room.settled ?? []
      const after = room.stack ?? []
      room.step = { message: entry, conversationId: entry.conversationId, before, after, change: stackChange(before, after) }
      this.steps.push(room.step)
    }
    if (room.question && !room.collision) {
      room.collision = collisionOf(room.question, entry)
      this.collisions.push(room.collision)
    }
    return judged
  }

  #state(entry: EntryOf<'bot-state'>): void {
    if (entry.conversationId === undefined || !entry.stack) return
    const room = this.#room(entry.conversationId)
    room.stack = entry.stack
    if (!room.step) return
    room.step.after = entry.stack
    room.step.change = stackChange(room.step.before, entry.stack)
  }

  #toBot(entry: EntryOf<'activity-to-bot'>): void {
    const room = this.#room(entry.conversationId)
    if (entry.type === 'message') {
      if (room.collision) answered(room.collision, entry, room.stack && room.step?.change)
      room.collision = undefined
      room.question = undefined
    }
    room.step = undefined
  }

  #room(id: string): Room {
    const room = this.#rooms.get(id) ?? {}
    this.#rooms.set(id, room)
    return room
  }
}

/** A whole trace, read. */
export function botReadingOf(entries: readonly TraceEntry[]): BotReading {
  const reading = new BotReading()
  for (const entry of entries) reading.see(entry)
  return reading
}

/** All that a bot posted anew (updates, deletions and imports aside), each with its judgement, in order. */
export const judgedOf = (entries: readonly TraceEntry[]): Judged[] => botReadingOf(entries).judged

/** Messages that people read and did not ask for. */
export function proactiveOf(entries: readonly TraceEntry[]): Judged[] {
  return judgedOf(entries).filter(({ entry, judgement }) => judgement.kind !== 'reply' && entry.type === 'message')
}

/**
 * For each proactive message (those that follow one another without a word to the bot count as one step) the dialogs before and after, as far as the bot's
 * state could be observed: conversations of which nothing was seen are left out.
 */
export function stackStepsOf(entries: readonly TraceEntry[]): StackStep[] {
  const reading = botReadingOf(entries)
  return reading.steps.filter(step => reading.isSeen(step.conversationId))
}

/** Every proactive message that met an open question. The last ones may still be waiting for the visitor. */
export const collisionsOf = (entries: readonly TraceEntry[]): Collision[] => botReadingOf(entries).collisions
