import type { Change, EntryOf, TraceEntry } from './entry.ts'

/** The event as a hook found it when it started. */
export interface SeenEvent {
  /** Absolute path of the hook. */
  readonly hook: string
  readonly type: string
  /** What the script reads below `event`: `type`, `payload`, `state`, … as far as the trace has it. */
  readonly event: Readonly<Record<string, unknown>>
}

/** So many events on their way are kept in mind; older ones have ended or never will. */
const MAX_EVENTS = 200

/** Reads off the trace what each hook saw: the event as it was received, its state as it was loaded, and what hooks before it changed. */
export class SeenEvents {
  readonly #events = new Map<string, Record<string, unknown>>()

  /** Reads entries in order; returns what hooks that started in them saw. */
  read(entries: readonly TraceEntry[]): SeenEvent[] {
    return entries.flatMap(entry => this.#one(entry) ?? [])
  }

  #one(entry: TraceEntry): SeenEvent | undefined {
    if (entry.kind === 'event-received') this.#receive(entry)
    else if (entry.kind === 'event-ended' && entry.outcome !== 'retried') this.#events.delete(entry.eventId)
    else if (entry.kind === 'engine-stopped') this.#events.clear()
    else if (entry.kind === 'state-loaded') this.#change(entry.eventId, [{ path: 'state', after: entry.state }])
    else if (entry.kind === 'hook-ended') this.#change(entry.eventId, entry.changes)
    else if (entry.kind === 'hook-started') {
      const event = entry.eventId === undefined ? undefined : this.#events.get(entry.eventId)
      return event && { hook: entry.place.file, type: String(event.type), event }
    }
    return undefined
  }

  #receive({ eventId, type, direction, channel, botId, target, threadId, payload, preview }: EntryOf<'event-received'>): void {
    this.#events.set(eventId, { id: eventId, type, direction, channel, botId, target, threadId, payload, preview })
    const oldest = this.#events.size > MAX_EVENTS ? this.#events.keys().next().value : undefined
    if (oldest !== undefined) this.#events.delete(oldest)
  }

  #change(eventId: string | undefined, changes: readonly Change[]): void {
    let event = eventId === undefined ? undefined : this.#events.get(eventId)
    if (!event || eventId === undefined) return
    for (const change of changes) event = changed(event, change.path.split('.'), change.after)
    this.#events.set(eventId, event)
  }
}

/** A copy in which the value at a path is another; what was handed out stays as it was. */
function changed(value: unknown, [step, ...rest]: readonly string[], after: unknown): Record<string, unknown> {
  const before = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (step === undefined) return before
  const copy = (Array.isArray(before) ? [...before] : { ...before }) as Record<string, unknown>
  if (rest.length > 0) copy[step] = changed(before[step], rest, after)
  else if (after === undefined) delete copy[step]
  else copy[step] = after
  return copy
}
