import { isDebugMark } from '../../botframework/activity.ts'
import type { EntryOf, TraceEntry } from '../entry.ts'
import { duration } from '../words.ts'

/** What tells a proactive activity from a reply: nothing in it does, so it follows from where it was posted and whether a turn was open (P1 to P7). */
export type TurnRule = 'P1' | 'P2' | 'P3' | 'P4' | 'P5' | 'P6' | 'P7'

/** What made the bot send something that nobody asked for. */
export type Cause =
  | { by: 'trigger'; triggerId: string; method: string; url: string }
  /** Something that was said in another conversation, whose turn was still open. */
  | { by: 'turn'; activityId: string; conversationId: string }
  /** A timer, a queue, a job: all that is known is how long the visitor had been silent. */
  | { by: 'bot'; silentMs?: number }

export interface Judgement {
  rule: TurnRule
  /** `unclear`: a bot that answers at once gives no sign whether it still works on the turn. */
  kind: 'reply' | 'proactive' | 'unclear'
  /** Why, in a sentence. */
  says: string
  /** Of what is not a plain reply. */
  cause?: Cause
}

/** Where and when a bot posts something. */
export interface Posting {
  conversationId: string
  /** The id in the address, if there was one. */
  replyTo?: string | undefined
  at: number
}

/** Silence after which the turn of a bot that answers at once counts as over (P6), ms. */
const QUIET_MS = 2000

interface Turn {
  activityId: string
  conversationId: string
  at: number
  answer?: EntryOf<'bot-answered'>
  /** v3 said that the turn is over (S2). */
  marked?: boolean
  /** When the bot last sent something in it. */
  lastAt: number
}

interface Room {
  byBot: boolean
  turns: Turn[]
}

/** Follows a trace and says of each thing that a bot posts whether it is a reply or proactive. Used by the connector while it runs, and by all who read the trace later. */
export class BotTurns {
  #rooms = new Map<string, Room>()
  #triggers = new Map<string, { entry: EntryOf<'bot-triggered'>; endedAt?: number }>()

  see(entry: TraceEntry): void {
    switch (entry.kind) {
      case 'bot-conversation':
        this.#room(entry.conversationId).byBot ||= entry.by === 'bot'
        break
      case 'activity-to-bot':
        this.#room(entry.conversationId).turns.push({
          activityId: entry.activityId,
          conversationId: entry.conversationId,
          at: entry.at,
          lastAt: entry.at
        })
        break
      case 'bot-answered': {
        const turn = this.#turn(entry.conversationId, entry.activityId)
        // A turn that hangs is still open: an answer may follow.
        if (turn && entry.outcome !== 'hanging') turn.answer = entry
        break
      }
      case 'activity-from-bot': {
        const open = this.#openTurn(entry.conversationId, entry.at)
        if (open) open.lastAt = entry.at
        if (!isDebugMark(entry.activity as never)) break
        const about = (entry.activity as { relatesTo?: { id?: string } }).relatesTo?.id ?? entry.replyTo
        const turn = about === undefined ? undefined : this.#turn(entry.conversationId, about)
        if (turn) turn.marked = true
        break
      }
      case 'bot-triggered':
        this.#triggers.set(entry.triggerId, { entry })
        break
      case 'bot-trigger-ended': {
        const trigger = this.#triggers.get(entry.triggerId)
        if (trigger) trigger.endedAt = entry.at
      }
    }
  }

  /** Judges a posting before or while it is noted: the trace seen so far must not hold it. */
  judge(posting: Posting): Judgement {
    const { conversationId, replyTo, at } = posting
    const room = this.#room(conversationId)
    const reply = (rule: TurnRule, says: string): Judgement => ({ rule, kind: 'reply', says })
    const proactive = (rule: TurnRule, says: string): Judgement => ({ rule, kind: 'proactive', says, cause: this.#cause(posting) })
    if (room.byBot && room.turns.length === 0) return proactive('P1', 'The bot opened this conversation itself.')
    if (replyTo === undefined) {
      return this.#openTurn(conversationId, at)
        ? reply('P7', 'It names no message that it answers, but a turn was open here.')
        : proactive('P2', 'It answers no message, and no turn was open here.')
    }
    const turn = this.#turn(conversationId, replyTo)
    if (!turn) return proactive('P3', 'The message that it claims to answer was never sent here: the bot continued a stored conversation.')
    if (!turn.answer) return reply('P4', 'The turn that it answers was still open.')
    if (turn.answer.outcome !== 'accepted') {
      return proactive('P5', 'The turn of the message that it names had ended: the bot used a stored reference.')
    }
    if (isOpen(turn, room, at)) return reply('P6', 'The bot had just taken the message that it answers.')
    return turn.marked || at - turn.lastAt > QUIET_MS
      ? proactive('P6', 'The turn of the message that it names was over: the bot used a stored address.')
      : {
          rule: 'P6',
          kind: 'unclear',
          says: 'Proactive, or a late answer to an earlier message: this bot gives no sign.',
          cause: this.#cause(posting)
        }
  }

  /** The judgement on an entry that was not seen yet; undefined for updates, deletions and imports. */
  judgeEntry(entry: EntryOf<'activity-from-bot'>): Judgement | undefined {
    if (!NEW.has(entry.via)) return undefined
    if (entry.via === 'answer') return { rule: 'P4', kind: 'reply', says: 'It came in the answer to the post itself.' }
    return this.judge({ conversationId: entry.conversationId, replyTo: entry.replyTo, at: entry.at })
  }

  /** Whether the bot works on something that was sent there. */
  isOpen(conversationId: string, at: number): boolean {
    return this.#openTurn(conversationId, at) !== undefined
  }

  #cause({ conversationId, at }: Posting): Cause {
    const trigger = [...this.#triggers.values()].findLast(({ endedAt }) => endedAt === undefined)
    if (trigger) return causeOf(trigger.entry)
    for (const id of this.#rooms.keys()) {
      const turn = id === conversationId ? undefined : this.#openTurn(id, at)
      if (turn) return { by: 'turn', activityId: turn.activityId, conversationId: id }
    }
    // Many routes answer first and send then.
    const late = [...this.#triggers.values()].findLast(({ endedAt = 0 }) => at - endedAt <= QUIET_MS)
    if (late) return causeOf(late.entry)
    const last = this.#rooms.get(conversationId)?.turns.at(-1)
    return { by: 'bot', ...(last && { silentMs: at - last.at }) }
  }

  #room(conversationId: string): Room {
    const room = this.#rooms.get(conversationId) ?? { byBot: false, turns: [] }
    this.#rooms.set(conversationId, room)
    return room
  }

  #turn(conversationId: string, activityId: string): Turn | undefined {
    return this.#rooms.get(conversationId)?.turns.findLast(turn => turn.activityId === activityId)
  }

  #openTurn(conversationId: string, at: number): Turn | undefined {
    const room = this.#rooms.get(conversationId)
    return room?.turns.findLast(turn => isOpen(turn, room, at))
  }
}

const causeOf = ({ triggerId, method, url }: EntryOf<'bot-triggered'>): Cause => ({ by: 'trigger', triggerId, method, url })

function isOpen(turn: Turn, room: Room, at: number): boolean {
  if (!turn.answer) return true
  if (turn.answer.outcome !== 'accepted') return false
  return !turn.marked && room.turns.at(-1) === turn && at - turn.lastAt <= QUIET_MS
}

/** What caused it, as the end of a sentence. */
export function causeText(cause: Cause): string {
  if (cause.by === 'trigger') return `triggered by ${cause.method} ${URL.canParse(cause.url) ? new URL(cause.url).pathname : cause.url}`
  if (cause.by === 'turn') return `while the bot worked on a message in ${cause.conversationId}`
  return cause.silentMs === undefined
    ? 'sent by the bot on its own'
    : `sent by the bot on its own, ${duration(cause.silentMs)} after the last message to it`
}

/** Something a bot sent, with the judgement on it. */
export interface Judged {
  entry: EntryOf<'activity-from-bot'>
  judgement: Judgement
}

const NEW: ReadonlySet<string> = new Set(['reply', 'send', 'create', 'answer'])
