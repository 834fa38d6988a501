import type { EntryOf, TraceEntry } from './entry.ts'
import { LANE_OF, type Lane } from './lanes.ts'
import type { Story } from './story.ts'
import type { TraceIndex } from './trace-index.ts'

/** A stretch of the clock without long pauses: the bars of its rows share one scale. */
export interface Stretch {
  start: number
  end: number
}

/** A line of the timeline: a moment, or a span that ends when its other entry has come. */
export interface Row {
  readonly entry: TraceEntry
  readonly lane: Lane
  readonly story: Story
  /** Indentation: 0 for what stands alone, 1 for what belongs to an event, 2 within a hook. */
  readonly level: number
  readonly stretch: Stretch
  /** ms of the pause before it, when that was long enough to be told. */
  readonly pause?: number
  /** Time at which the span ended; absent for moments. */
  end?: number
  /** A span that has not ended. */
  open?: boolean
  /** The span's end went wrong. */
  failed?: boolean
  /** The end's entry, of which the inspector tells. */
  ending?: TraceEntry
}

/** A pause longer than this begins a new stretch, ms. */
const PAUSE = 1000

/** These are told by the span that they begin or end. */
const FOLDED: Partial<{ [K in TraceEntry['kind']]: (entry: EntryOf<K>) => boolean }> = {
  'event-started': entry => entry.attempt === 1,
  'event-ended': entry => entry.outcome === 'completed',
  'replay-ended': entry => entry.outcome === 'completed',
  'hook-ended': entry => entry.outcome === 'completed',
  'state-discarded': entry => entry.changes.length === 0
}

/** Every entry on one clock, as spans and moments. Grows with the trace; each entry is looked at once. */
export class Timeline {
  readonly rows: Row[] = []
  #events = new Map<string, Row>()
  #outgoing = new Set<string>()
  #hooks = new Map<string, Row[]>()
  #inHook = new Map<Story, number>()
  #last = Number.NEGATIVE_INFINITY
  #stretch: Stretch = { start: 0, end: 0 }

  /** @param index has taken the same entries in before */
  append(entries: readonly TraceEntry[], index: TraceIndex): void {
    for (const entry of entries) {
      const story = index.storyAt(entry.seq)
      if (story) this.#add(entry, story)
    }
  }

  #add(entry: TraceEntry, story: Story): void {
    const folded = (FOLDED[entry.kind] as ((entry: TraceEntry) => boolean) | undefined)?.(entry)
    if (entry.kind === 'hook-ended') this.#endHook(entry, story)
    if (entry.kind === 'event-ended') this.#end(this.#events.get(entry.eventId), entry, entry.outcome === 'failed')
    if (entry.kind === 'event-received' && entry.direction === 'outgoing') this.#outgoing.add(entry.eventId)
    if (folded) return
    const first = this.#last === Number.NEGATIVE_INFINITY
    const pause = first ? 0 : entry.at - this.#last
    if (first || pause > PAUSE) this.#stretch = { start: entry.at, end: entry.at }
    const { hooks, level } = this.#levelOf(entry, story)
    const row: Row = {
      entry,
      story,
      lane: this.#laneOf(entry),
      level,
      stretch: this.#stretch,
      ...(pause > PAUSE && { pause }),
      ...spanOf(entry)
    }
    this.#reach(row, row.end ?? entry.at)
    this.rows.push(row)
    if (entry.kind === 'event-received') {
      row.open = true
      this.#events.set(entry.eventId, row)
    }
    if (entry.kind === 'hook-started') {
      row.open = true
      this.#inHook.set(story, hooks + 1)
      const key = hookKey(entry)
      this.#hooks.set(key, [...(this.#hooks.get(key) ?? []), row])
    }
    if (entry.kind === 'engine-stopped') this.#inHook.clear()
  }

  #laneOf(entry: TraceEntry): Lane {
    const eventId = 'eventId' in entry ? entry.eventId : undefined
    const back = eventId !== undefined && this.#outgoing.has(eventId) && entry.kind !== 'chat-received'
    return back && LANE_OF[entry.kind] !== 'hook' ? 'outgoing' : LANE_OF[entry.kind]
  }

  #levelOf(entry: TraceEntry, story: Story): { hooks: number; level: number } {
    const hooks = this.#inHook.get(story) ?? 0
    if (entry === story.entries[0]) return { hooks, level: 0 }
    return { hooks, level: Math.min(1 + hooks, 3) }
  }

  #endHook(entry: EntryOf<'hook-ended'>, story: Story): void {
    const key = hookKey(entry)
    const running = this.#hooks.get(key)
    const row = running?.pop()
    if (running?.length === 0) this.#hooks.delete(key)
    const hooks = (this.#inHook.get(story) ?? 1) - 1
    if (hooks > 0) this.#inHook.set(story, hooks)
    else this.#inHook.delete(story)
    this.#end(row, entry, entry.outcome === 'failed')
  }

  #end(row: Row | undefined, entry: TraceEntry, failed: boolean): void {
    if (!row) return
    row.open = false
    row.end = entry.at
    row.ending = entry
    if (failed) row.failed = true
    this.#reach(row, entry.at)
  }

  #reach(row: Row, at: number): void {
    row.stretch.end = Math.max(row.stretch.end, at)
    if (row.stretch === this.#stretch) this.#last = Math.max(this.#last, at)
  }
}

/** What is told when it is over began so many ms before. */
function spanOf(entry: TraceEntry): { end?: number } {
  return (entry.kind === 'middleware-ended' || entry.kind === 'network') && (entry.ms ?? 0) >= 1 ? { end: entry.at } : {}
}

/** When a row's span began: entries that tell of an end name its length. */
export function startOf(row: Row): number {
  const { entry } = row
  return (entry.kind === 'middleware-ended' || entry.kind === 'network') && entry.ms !== undefined ? entry.at - entry.ms : entry.at
}

/** Place of a row's bar within its stretch, as parts of 1; a moment has no width. */
export function barOf(row: Row): { from: number; width: number } {
  const { start, end } = row.stretch
  const whole = end - start
  if (whole <= 0) return { from: 0, width: 0 }
  const from = Math.max(0, startOf(row) - start) / whole
  const to = (row.open ? end : (row.end ?? row.entry.at)) - start
  return { from, width: Math.max(0, to / whole - from) }
}

const hookKey = (entry: { hookType: string; place: { file: string }; eventId?: string | undefined }) =>
  `${entry.eventId ?? ''}\n${entry.hookType}\n${entry.place.file}`
