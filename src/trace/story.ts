import type { Collision } from './bots/collisions.ts'
import type { Judgement } from './bots/turns.ts'
import type { Direction, EntryOf, Origin, TraceEntry } from './entry.ts'

/**
 * What a group of entries is about. An entry belongs to exactly one story.
 *
 * `event`: an event with all that it caused, replies included; `sent`: something a page sent that is not (yet) an event;
 * `page`: one load of a page; `hooks`: hooks that no event led to; `engine`: the engine's own life; `problem`: an accident outside of any event;
 * `turn`: something sent to a bot of the Bot Framework family, with the bot's replies; `notice`: what such a bot said on its own; `trigger`: a call of an
 * address of its own, with what the bot said on grounds of it; `bot`: such a bot's own life;
 * `notes`: words, network and clock that belong to nothing else.
 */
export type StoryKind = 'event' | 'sent' | 'page' | 'hooks' | 'engine' | 'problem' | 'turn' | 'notice' | 'trigger' | 'bot' | 'notes'

export interface Story {
  /** `seq` of the entry that opened it: its stable name. */
  readonly id: number
  kind: StoryKind
  readonly entries: TraceEntry[]
  /** Grows with everything that may change what is said about the story. */
  version: number
  eventId?: string
  direction?: Direction
  pageId?: string
  /** The how-manieth tab of the visitor's browser the page is in, where it is not the first (S14). */
  tab?: number
  /** The visitor loaded a page once more after this one. */
  left?: boolean
  /** What the page sent, where the event began in a page. */
  sent?: EntryOf<'page-sent'>
  received?: EntryOf<'event-received'>
  /** The event during whose processing this one was made (R16.4), and how many such steps led here. */
  parent?: Story
  depth: number
  started: boolean
  ended: boolean
  stuck: boolean
  /** The engine ended while this event was being processed or waited. */
  stopped?: EntryOf<'engine-stopped'>
  /** The story it waits for (R7.3). */
  behind?: Story
  /** Runs of hooks that were the first since their file was saved (S48). */
  fresh?: { run: EntryOf<'hook-started'>; saved: EntryOf<'file-saved'> }[]
  /** Texts that this visitor had been told before, on grounds of an earlier event. */
  repeats: Repeat[]
  /** What a hook said between the flow's question and this event, which the flow took as the answer (S31). */
  interrupted?: { question: Question; said: Said }
  /** Why what such a bot said on its own counts as that. */
  judgement?: Judgement
  /** A notice of such a bot that met an open question: told by the notice's story and by that of the visitor's next words. */
  collision?: Collision
}

/** Where a conversation waits for an answer: a flow has asked there, or the author put it there. */
export interface Question {
  seq: number
  flow: string
  node: string
  eventId?: string
}

/** Something that reached a chat. */
export interface Said {
  text: string
  visitorId: string
  /** `seq` of the `chat-received` entry. */
  seq: number
  at: number
  from: Origin
  /** Story of the event on whose grounds it was said. */
  story: Story
}

/** The same proactive text once more: all times it was said, oldest first; the last is the repeating one. */
export interface Repeat {
  readonly text: string
  readonly said: readonly Said[]
}

/** What the visitor did, as opposed to what page, server or hook did on its own account. */
const VISITOR_TYPES: ReadonlySet<string> = new Set(['text', 'quick_reply', 'form', 'login_prompt', 'postback', 'voice', 'say_something'])

/** Whether an incoming event is a word of the visitor (R20.7) and not a proactive trigger. */
export function isVisitorsWord(received: EntryOf<'event-received'>): boolean {
  return VISITOR_TYPES.has(received.type)
}
