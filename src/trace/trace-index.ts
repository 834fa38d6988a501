import { attach, type Clues } from './attach.ts'
import { BotStories } from './bots/attach.ts'
import type { EntryOf, TraceEntry } from './entry.ts'
import { isVisitorsWord, type Question, type Repeat, type Said, type Story, type StoryKind } from './story.ts'
import { asks, baseName, textOf } from './words.ts'

/** After so long the same words are no repetition, ms. */
const A_DAY = 86_400_000

/**
 * Sorts a trace into stories as it grows. Each entry is looked at once, so a long trace costs no more per entry than a short one.
 * `append` accepts entries in the order of `seq`.
 */
export class TraceIndex {
  readonly stories: Story[] = []
  /** Event types that some hook acted upon, for “did you mean”. */
  readonly handledTypes = new Set<string>()
  readonly #clues: Clues = {
    byEvent: new Map(),
    byPage: new Map(),
    posted: new Map(),
    unclaimed: new Map(),
    openHooks: new Map(),
    running: new Set(),
    bots: new BotStories(),
    lastSent: new Map()
  }
  /** Stories that wait for the event of that id. */
  readonly #waiting = new Map<string, Set<Story>>()
  /** What was said unasked, by bot, text and visitor; and by load of a page, on which the server may take one person for two. */
  readonly #said = new Map<string, Said[]>()
  /** What each hook first told a visitor on grounds of a type of event. */
  readonly #firstSaid = new Map<string, Said>()
  readonly #lastQuestion = new Map<string, { question: Question; said?: Said }>()
  readonly #origins = new Map<string, EntryOf<'event-received'>>()
  /** What each visitor loaded last. */
  readonly #pages = new Map<string, Story>()
  readonly #storyOfSeq = new Map<number, Story>()
  /** Saves whose text has not run yet, by file. */
  readonly #saved = new Map<string, EntryOf<'file-saved'>>()
  #changed = new Set<Story>()

  /** @returns the stories that are new or of which something else may be said now, in the order of their first change */
  append(entries: readonly TraceEntry[]): Story[] {
    this.#changed = new Set()
    for (const entry of entries) this.#add(entry)
    return [...this.#changed]
  }

  storyOf(eventId: string): Story | undefined {
    return this.#clues.byEvent.get(eventId)
  }

  storyAt(seq: number): Story | undefined {
    return this.#storyOfSeq.get(seq)
  }

  /** Whether what the entry tells came of something that the visitor had not said: a trigger, a timer, an event from outside. */
  isUnasked(seq: number): boolean {
    const story = this.storyAt(seq)
    if (story?.kind === 'notice' || story?.kind === 'trigger') return true
    if (!story?.received) return false
    if (story.direction === 'outgoing') return story.received.during === undefined && story.received.incomingEventId === undefined
    return story.direction === 'incoming' && !isVisitorsWord(story.received)
  }

  /** What a hook told the visitor of this event on grounds of an earlier one of its type. */
  saidBefore(story: Story, hook: string): Said | undefined {
    const said = story.received && this.#firstSaid.get(firstKey(story.received, hook))
    return said && said.story.id < story.id ? said : undefined
  }

  /** The page that a visitor loaded last. */
  pageOf(visitorId: string): Story | undefined {
    return this.#pages.get(visitorId)
  }

  /** Whether there was a page at all that could show something. */
  get hasPages(): boolean {
    return this.#clues.byPage.size > 0
  }

  /** Every text said more than once so far, each with the story that repeated it last. */
  get repeats(): { text: string; said: readonly Said[] }[] {
    return [...new Set(this.#said.values())].filter(said => said.length > 1).map(said => ({ text: said[0]!.text, said }))
  }

  #add(entry: TraceEntry): void {
    const open = (kind: StoryKind): Story => {
      const story: Story = {
        id: entry.seq,
        kind,
        entries: [],
        version: 0,
        depth: 0,
        started: false,
        ended: false,
        stuck: false,
        repeats: []
      }
      this.stories.push(story)
      return story
    }
    const story = attach(entry, this.#clues, open, this.stories.at(-1))
    story.entries.push(entry)
    this.#storyOfSeq.set(entry.seq, story)
    this.#touch(story)
    this.#follow(entry, story)
  }

  #touch(story: Story): void {
    story.version++
    this.#changed.add(story)
  }

  /** What an entry means for its own story's standing and for others. */
  #follow(entry: TraceEntry, story: Story): void {
    switch (entry.kind) {
      case 'page-loaded': {
        if (entry.tab !== undefined && entry.tab > 1) story.tab = entry.tab
        const before = this.#pages.get(entry.visitorId)
        this.#pages.set(entry.visitorId, story)
        if (!before || before === story) break
        before.left = true
        this.#touch(before)
        break
      }
      case 'page-sent':
        this.#noteTab(entry.pageId, story)
        break
      case 'event-received':
        this.#origins.set(entry.eventId, entry)
        this.#noteTab(entry.from.pageId, story)
        break
      case 'event-started':
        if (entry.eventId === story.eventId) story.started = true
        break
      case 'event-waiting': {
        if (entry.eventId !== story.eventId) break
        story.behind = this.storyOf(entry.behind)
        const waiting = this.#waiting.get(entry.behind) ?? new Set()
        this.#waiting.set(entry.behind, waiting.add(story))
        break
      }
      case 'event-stuck':
        if (entry.eventId !== story.eventId) break
        story.stuck = true
        this.#tellWaiting(entry.eventId)
        break
      case 'event-ended':
        if (entry.eventId !== story.eventId || entry.outcome === 'retried') break
        story.ended = true
        this.#clues.running.delete(story)
        this.#tellWaiting(entry.eventId)
        this.#waiting.delete(entry.eventId)
        break
      case 'file-saved':
        for (const { file, gone } of entry.files) {
          if (gone) this.#saved.delete(file)
          else this.#saved.set(file, entry)
        }
        break
      case 'hook-started': {
        const saved = this.#saved.get(entry.place.file)
        if (!saved) break
        this.#saved.delete(entry.place.file)
        story.fresh = [...(story.fresh ?? []), { run: entry, saved }]
        break
      }
      case 'hook-ended':
        if (entry.changes.length > 0 && story.received) this.handledTypes.add(story.received.type)
        break
      case 'flag-set':
        if (entry.known && story.received) this.handledTypes.add(story.received.type)
        break
      case 'dialog-waits':
        if (story.received) this.#lastQuestion.set(conversation(story.received), { question: entry })
        break
      case 'state-edited': {
        const { currentFlow: flow, currentNode: node } = (entry.state.context ?? {}) as Record<string, unknown>
        if (typeof flow === 'string' && typeof node === 'string') {
          this.#lastQuestion.set(conversation(entry), { question: { seq: entry.seq, flow, node } })
        }
        break
      }
      case 'dialog-entered':
        if (entry.resumed) this.#noteInterruption(story)
        break
      case 'dialog-ended':
        if (story.received) this.#lastQuestion.delete(conversation(story.received))
        break
      case 'activity-to-bot':
      case 'activity-from-bot':
        this.#noteCollision(entry, story)
        break
      case 'chat-received':
        if (entry.by === 'bot' && entry.what === 'message') this.#hear(entry, story)
        break
      case 'engine-stopped':
        for (const running of this.#clues.running) {
          running.stopped = entry
          this.#touch(running)
        }
        this.#clues.running.clear()
        this.#clues.openHooks.clear()
        this.#clues.posted.clear()
        break
    }
  }

  /** A notice of a bot and an open question met, or the visitor's next words decided what became of it (S31). */
  #noteCollision(entry: EntryOf<'activity-to-bot'> | EntryOf<'activity-from-bot'>, story: Story): void {
    const collision = this.#clues.bots.collisionWith(entry)
    if (!collision) return
    story.collision = collision
    const notice = this.storyAt(collision.notice.seq)
    if (notice && notice !== story) this.#touch(notice)
  }

  #noteTab(pageId: string | undefined, story: Story): void {
    const tab = pageId === undefined ? undefined : this.#clues.byPage.get(pageId)?.tab
    if (tab !== undefined) story.tab = tab
  }

  #tellWaiting(eventId: string): void {
    const all = [...(this.#waiting.get(eventId) ?? [])]
    for (const story of all) {
      if (story.started) continue
      this.#touch(story)
      // What waits behind it waits for the same; the list grows while it is read.
      all.push(...(this.#waiting.get(story.eventId ?? '') ?? []))
    }
  }

  #noteInterruption(story: Story): void {
    if (!story.received || !isVisitorsWord(story.received)) return
    const last = this.#lastQuestion.get(conversation(story.received))
    if (last?.said) story.interrupted = { question: last.question, said: last.said }
  }

  /** Remembers what was said, and by whom, so that a repetition (G9, S11) and a captured answer (S31) can be named. */
  #hear(entry: EntryOf<'chat-received'>, story: Story): void {
    const origin = entry.eventId === undefined ? undefined : this.#origins.get(entry.eventId)
    const text = entry.payload === undefined ? undefined : textOf(payloadOf(entry.payload))
    const cause = story.received
    if (!origin || !text || !cause || story.direction !== 'incoming') return
    const said: Said = { text, visitorId: entry.visitorId, seq: entry.seq, at: entry.at, from: origin.from, story }
    if (origin.from.by === 'hook') {
      if (!isVisitorsWord(cause)) this.handledTypes.add(cause.type)
      const first = firstKey(cause, origin.from.name ?? '')
      if (!this.#firstSaid.has(first)) this.#firstSaid.set(first, said)
      const last = this.#lastQuestion.get(conversation(cause))
      // Words that ask nothing leave the flow's question the last one.
      if (last && last.question.eventId !== story.eventId && !isVisitorsWord(cause) && asks(origin.payload)) last.said = said
    }
    if (isVisitorsWord(cause)) return
    const keys = [`${entry.botId}\n${entry.visitorId}\n${text}`]
    if (story.pageId !== undefined) keys.push(`${entry.botId}\n${story.pageId}\n${text}`)
    const known = keys.map(key => this.#said.get(key)).find(said => said !== undefined)
    const before = known && entry.at - known.at(-1)!.at < A_DAY ? known : []
    for (const key of keys) this.#said.set(key, before)
    before.push(said)
    if (before.length === 1) return
    // One list for all that repeat it, each of which knows how far it had come then: copies would cost the square of what was said.
    const repeat = sharedRepeat(text, before)
    const place = story.repeats.findIndex(repeat => repeat.text === text)
    if (place >= 0) story.repeats[place] = repeat
    else story.repeats.push(repeat)
  }
}

function sharedRepeat(text: string, all: readonly Said[]): Repeat {
  const count = all.length
  return {
    text,
    get said() {
      return all.length === count ? all : all.slice(0, count)
    }
  }
}

const firstKey = ({ botId, target, type }: EntryOf<'event-received'>, hook: string) => `${botId}\n${target}\n${type}\n${baseName(hook)}`

const conversation = (of: EntryOf<'event-received'> | EntryOf<'state-edited'>) =>
  `${of.botId}::${of.channel}::${of.target}${of.threadId ? `::${of.threadId}` : ''}`

/** A chat message as the channel sends it holds the payload one level down; typing and data don't. */
function payloadOf(value: unknown): unknown {
  const inner = typeof value === 'object' && value !== null ? (value as { payload?: unknown }).payload : undefined
  return typeof inner === 'object' && inner !== null && textOf(value) === undefined ? inner : value
}
