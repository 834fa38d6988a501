import type { CallParams } from '../protocol/engine.ts'
import type { EntryOf, Report } from '../trace/entry.ts'

type Received = Omit<EntryOf<'event-received'>, 'seq'>

/** What becomes of the events that an engine had taken in and not finished when it ended. */
export interface Fates {
  /** Queued and not begun, in order of arrival: the next engine gets them. */
  again: Received[]
  /** Replies that nobody will see. */
  lost: Received[]
  /** Queued by an event that had been sent again itself and stopped an engine like the one that it came from: without end, if nobody ended it. */
  dropped: Received[]
}

/** So many events that came from one that stopped an engine are remembered. */
const REMEMBERED = 1000

/** Reads off the trace which events are in an engine's queues: they live only in its memory. */
export class WaitingEvents {
  #queued = new Map<string, Received>()
  /** Replies on their way out. */
  #leaving = new Map<string, Received>()
  /** What was sent again and came from an event that had stopped an engine, with all that came from these. */
  #offspring = new Set<string>()

  see(report: Report): void {
    // Another life of the engine, and its queues are empty.
    if (report.kind === 'engine-started') this.#clear()
    if (report.kind === 'event-received') {
      this.#queued.set(report.eventId, report)
      if (report.during !== undefined && this.#offspring.has(report.during)) this.#remember(report.eventId)
    }
    if (report.kind === 'event-started') {
      const event = this.#queued.get(report.eventId)
      if (event?.direction === 'outgoing') this.#leaving.set(report.eventId, event)
      this.#queued.delete(report.eventId)
    }
    if (report.kind === 'event-ended') {
      this.#queued.delete(report.eventId)
      this.#leaving.delete(report.eventId)
    }
  }

  /**
   * Takes them out.
   *
   * @param by the event whose hook ended the engine, if it was one
   */
  drain(by: string | undefined): Fates {
    const repeats = by !== undefined && this.#offspring.has(by)
    const fates: Fates = { again: [], lost: [...this.#leaving.values()], dropped: [] }
    for (const event of this.#queued.values()) {
      const isItsOwn = by !== undefined && (event.during === by || event.incomingEventId === by)
      if (!isItsOwn) fates.again.push(event)
      else if (event.direction === 'outgoing') fates.lost.push(event)
      else if (repeats) fates.dropped.push(event)
      else fates.again.push(event)
    }
    this.#clear()
    return fates
  }

  /** Tells under which id an event was sent again after `by` had ended the engine. */
  sentAgain({ during }: Received, id: string, by: string | undefined): void {
    if (by !== undefined && during === by) this.#remember(id)
  }

  #clear(): void {
    this.#queued.clear()
    this.#leaving.clear()
  }

  #remember(id: string): void {
    this.#offspring.add(id)
    if (this.#offspring.size > REMEMBERED) this.#offspring.delete(this.#offspring.values().next().value!)
  }
}

/** The same event, to be queued again. */
export function inputOf(event: Received): CallParams<'requeue'> {
  const { direction, type, payload, botId, channel, target, threadId, preview, incomingEventId, from } = event
  return { direction, type, payload, botId, channel, target, threadId, preview, incomingEventId, from }
}

/** Whether a request of the widget has led to this event already (R19.2, R19.3: the payload is the same). */
export function isOf(event: Received, call: string, params: unknown): boolean {
  const { botId, body, type, payload } = params as { botId?: string; body?: { payload?: unknown }; type?: string; payload?: unknown }
  if (event.botId !== botId || event.direction !== 'incoming') return false
  if (call === 'webchat') return JSON.stringify(body?.payload) === JSON.stringify(event.payload)
  return call === 'send' && event.type === type && JSON.stringify(payload ?? {}) === JSON.stringify(event.payload)
}
