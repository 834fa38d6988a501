import type { EventInput } from '../protocol/engine.ts'
import type { EntryOf, Report } from '../trace/entry.ts'

type Received = Omit<EntryOf<'event-received'>, 'seq'>

/** Reads off the trace which incoming events were queued and not started: they live only in the engine's memory and are sent anew when it is replaced. */
export class WaitingEvents {
  #waiting = new Map<string, Received>()

  see(report: Report): void {
    if (report.kind === 'event-received' && report.direction === 'incoming') this.#waiting.set(report.eventId, report)
    if (report.kind === 'event-started' || report.kind === 'event-ended') this.#waiting.delete(report.eventId)
  }

  /** Takes them out, in order of arrival. */
  drain(): Received[] {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    return waiting
  }
}

/** The same event, to be sent again. */
export function inputOf(event: Received): EventInput {
  const { type, payload, botId, channel, target, threadId, preview } = event
  return { type, payload, botId, channel, target, threadId, preview }
}

/** Whether a request of the widget has led to this event already (R19.2, R19.3: the payload is the same). */
export function isOf(event: Received, call: string, params: unknown): boolean {
  const { botId, body, type, payload } = params as { botId?: string; body?: { payload?: unknown }; type?: string; payload?: unknown }
  if (event.botId !== botId) return false
  if (call === 'webchat') return JSON.stringify(body?.payload) === JSON.stringify(event.payload)
  return call === 'send' && event.type === type && JSON.stringify(payload ?? {}) === JSON.stringify(event.payload)
}
