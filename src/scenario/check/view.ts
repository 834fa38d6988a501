import type { EntryKind, EntryOf, Origin, Place, TraceEntry } from '../../trace/entry.ts'
import type { Story } from '../../trace/story.ts'
import { TraceIndex } from '../../trace/trace-index.ts'
import { type Verdict, verdictOf } from '../../trace/verdict.ts'
import { baseName, textOf } from '../../trace/words.ts'
import { sinceStart } from '../file/time.ts'
import type { Stage } from '../play/stage.ts'
import type { Tab, Visitor } from '../play/visitor.ts'

/** Something that the bot said to a visitor. */
export interface Said {
  text: string
  payload: Record<string, unknown>
  entry: EntryOf<'chat-received'>
  from: Origin | undefined
  /** The incoming event on whose grounds it was said. */
  cause: EntryOf<'event-received'> | undefined
}

/** A mistake, without its place in the scenario file. */
export interface Miss {
  message: string
  /** Below the word of the expectation. */
  path?: PropertyKey[]
  expected?: string
  actual?: string
  because?: string
  places?: (Place | undefined)[]
}

/** What an expectation looks at: the trace since the last look, and all of it. */
export class View {
  /** Since the last look. */
  readonly entries: readonly TraceEntry[]
  readonly all: readonly TraceEntry[]
  readonly stage: Stage
  readonly visitor: Visitor
  readonly tab: Tab
  readonly botId: string
  readonly startAt: number
  readonly timezone: string | undefined
  #index: TraceIndex | undefined
  #sayings: Said[] | undefined

  constructor(parts: { stage: Stage; visitor: Visitor; tab: Tab; botId: string; since: number; timezone: string | undefined }) {
    const { stage, visitor, tab, botId, since, timezone } = parts
    this.stage = stage
    this.visitor = visitor
    this.tab = tab
    this.botId = botId
    this.startAt = stage.startAt
    this.timezone = timezone
    this.all = stage.entries
    this.entries = since === 0 ? this.all : this.all.slice(since)
  }

  of<K extends EntryKind>(kind: K, from: readonly TraceEntry[] = this.entries): EntryOf<K>[] {
    return from.filter(entry => entry.kind === kind) as unknown as EntryOf<K>[]
  }

  /** What the bot said since the last look, to anybody. */
  get said(): Said[] {
    return this.saidIn(this.entries)
  }

  get saidEver(): Said[] {
    this.#sayings ??= this.saidIn(this.all)
    return this.#sayings
  }

  saidIn(entries: readonly TraceEntry[]): Said[] {
    return this.of('chat-received', entries)
      .filter(({ by, what }) => by === 'bot' && what === 'message')
      .map(entry => {
        const payload = payloadOf(entry.payload)
        const outgoing = entry.eventId === undefined ? undefined : this.event(entry.eventId)
        const cause = outgoing?.incomingEventId ?? outgoing?.during
        return {
          text: textOf(payload) ?? '',
          payload,
          entry,
          from: outgoing?.from,
          cause: cause === undefined ? undefined : this.event(cause)
        }
      })
  }

  event(eventId: string): EntryOf<'event-received'> | undefined {
    return (
      this.index
        .storyOf(eventId)
        ?.entries.find((entry): entry is EntryOf<'event-received'> => entry.kind === 'event-received' && entry.eventId === eventId) ??
      this.of('event-received', this.all).find(entry => entry.eventId === eventId)
    )
  }

  get index(): TraceIndex {
    if (!this.#index) {
      this.#index = new TraceIndex()
      this.#index.append(this.all)
    }
    return this.#index
  }

  /** Stories in which something happened since the last look. */
  get stories(): Story[] {
    const seqs = new Set(this.entries.map(entry => entry.seq))
    return this.index.stories.filter(story => story.entries.some(entry => seqs.has(entry.seq)))
  }

  verdict(story: Story): Verdict {
    return verdictOf(story, this.index)
  }

  /** What the simulator says of that which went worst, or last, since the last look: why something is not as expected. */
  because(prefer?: (story: Story) => boolean): { because?: string; places?: Place[] } {
    const told = this.stories
      .filter(story => story.kind !== 'page' && story.received?.type !== 'visit')
      .map(story => ({ story, verdict: this.verdict(story) }))
    // What the widget did by itself explains nothing.
    const events = told.filter(
      ({ story, verdict }) => (story.kind === 'event' || story.kind === 'sent') && verdict.outcome !== 'handled-by-widget'
    )
    const bad = ({ verdict }: (typeof told)[number]) => verdict.tone === 'error' || verdict.tone === 'warning'
    const preferred = prefer ? told.filter(({ story }) => prefer(story)) : []
    const chosen =
      preferred.findLast(bad) ??
      told.findLast(({ verdict }) => verdict.tone === 'error') ??
      told.findLast(bad) ??
      preferred.at(-1) ??
      told.findLast(({ verdict }) => verdict.tone === 'running') ??
      events.at(-1)
    if (!chosen) return {}
    const { headline, advice, places } = chosen.verdict
    return { because: [headline, ...errorOf(chosen.story, headline), ...advice.slice(0, 1)].join(' '), places }
  }

  /** `after 29.9 s` since the start. */
  when(at: number): string {
    return `after ${sinceStart(at - this.startAt)}`
  }

  /** Name of the visitor with that id, as the scenario calls them. */
  nameOf(visitorId: string): string {
    const visitor = [...this.stage.visitors.values()].find(one => one.browser.visitorId === visitorId)
    return visitor?.name ?? visitorId
  }
}

/** The error of a hook that failed, where a sentence does not tell it already. */
function errorOf(story: Story, headline: string): string[] {
  const failed = story.entries.findLast((entry): entry is EntryOf<'hook-ended'> => entry.kind === 'hook-ended' && entry.error !== undefined)
  if (!failed?.error || headline.includes(failed.error.message)) return []
  const { name, message, place } = failed.error
  return [`${name}${place?.line === undefined ? '' : ` at ${baseName(place.file)}:${place.line}`}: ${message.replace(/[.!]?$/, '.')}`]
}

function payloadOf(value: unknown): Record<string, unknown> {
  const outer = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const { payload } = outer
  return (typeof payload === 'object' && payload !== null && textOf(outer) === undefined ? payload : outer) as Record<string, unknown>
}
