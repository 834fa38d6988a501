import type { BotEvent, ReportInput } from '../api.ts'
import { type Clock, NOTHING_DONE } from '../clock.ts'
import { eventIdOf, runAs } from '../current.ts'
import { milliseconds } from '../durations.ts'
import type { HookRunner } from '../hooks/run-hooks.ts'
import { problemOf } from '../problem.ts'
import { partsOfSessionId, type Sessions } from '../state/sessions.ts'
import type { StateManager } from '../state/state.ts'
import type { DialogEngine } from './engine.ts'

/** Time-outs of one session in a row that count as a loop (R12.5). */
const MAX_IN_A_ROW = 5
/** How often it looks, unless the configuration says otherwise. */
const INTERVAL_MS = 10_000

export interface JanitorHost {
  readonly clock: Clock
  readonly sessions: Sessions
  readonly state: StateManager
  readonly hooks: HookRunner
  readonly dialog: DialogEngine
  /** `internal` since 12.30.8. */
  readonly direction: 'internal' | 'incoming'
  /** As the configuration has it. */
  interval(): unknown
  createEvent(args: object): BotEvent
  report(entry: ReportInput): void
  observe(point: 'loaded', event: BotEvent): void
  logError(message: string, botId: string): void
}

/** Deletes sessions that have expired and handles contexts that went stale (R6.8, R12). */
export class Janitor {
  readonly #host: JanitorHost
  #timer: unknown
  #busy = false
  #inARow = new Map<string, number>()

  constructor(host: JanitorHost) {
    this.#host = host
  }

  start(): void {
    const every = milliseconds(this.#host.interval(), INTERVAL_MS)
    this.#timer = this.#host.clock.setInterval(() => this.#begin(), every).unref()
  }

  stop(): void {
    this.#host.clock.clear(this.#timer)
  }

  /** An incoming event of the session ends a row of time-outs. */
  heard(sessionId: string): void {
    if (this.#inARow.size > 0) this.#inARow.delete(sessionId)
  }

  /** Handles one session as stale (R12.1 to R12.4). @returns the id of the event that was made for it */
  async timeOut(sessionId: string): Promise<string> {
    const { state, hooks, dialog, report } = this.#host
    const count = (this.#inARow.get(sessionId) ?? 0) + 1
    this.#inARow.set(sessionId, count)
    const event = this.#host.createEvent({ ...partsOfSessionId(sessionId), type: 'timeout', direction: this.#host.direction, payload: '' })
    const { botId, channel, target, threadId } = event
    report({
      kind: 'event-received',
      eventId: event.id,
      direction: this.#host.direction,
      type: 'timeout',
      channel,
      botId,
      target,
      ...(threadId !== undefined && { threadId }),
      payload: '',
      from: { by: 'server', name: 'janitor' }
    })
    report({ kind: 'event-started', eventId: event.id, attempt: 1 })
    state.load(event)
    hooks.watch(event)
    this.#host.observe('loaded', event)
    let failure: unknown
    await runAs({ eventId: eventIdOf(event), by: 'server', ended: false }, async () => {
      try {
        if (count > MAX_IN_A_ROW) throw new Error(`${count} time-outs in a row without an event in between: taken for a loop`)
        delete event.state.context.queue
        await hooks.run('before_session_timeout', { event })
        if (event.state.context.hasJumped || dialog.jumpToTimeout(event)) await dialog.process(event)
      } catch (error) {
        failure = error
        this.#host.logError(`Error while handling a time-out: ${(error as Error)?.message ?? error}`, botId)
      }
    })
    // Nothing is kept of the position unless the flow waits again (R12.4).
    if (failure !== undefined || !event.state.context?.queue?.instructions?.length) {
      event.state.context = {}
      event.state.temp = {}
    }
    state.save(event, { ignoreUser: true })
    report({
      kind: 'event-ended',
      eventId: event.id,
      outcome: failure === undefined ? 'completed' : 'failed',
      ...(failure !== undefined && { error: problemOf(failure) })
    })
    return event.id
  }

  /** What could have timed out is deleted before anybody is asked (R6.8). */
  #tellUnfinished(): void {
    const { sessions, hooks, report } = this.#host
    for (const { id, context, contextMs, sessionMs } of sessions.unfinished()) {
      const { currentFlow, currentNode } = context as { currentFlow?: unknown; currentNode?: unknown }
      const parts = partsOfSessionId(id)
      report({
        kind: 'session-expired',
        sessionId: id,
        ...parts,
        ...(typeof currentFlow === 'string' && { flow: currentFlow }),
        ...(typeof currentNode === 'string' && { node: currentNode }),
        contextMs,
        sessionMs,
        hooks: hooks.own('before_session_timeout', parts.botId)
      })
    }
  }

  #begin(): typeof NOTHING_DONE | undefined {
    if (this.#busy || !this.#host.sessions.anyDue()) return NOTHING_DONE
    void this.#round()
    return undefined
  }

  async #round(): Promise<void> {
    this.#busy = true
    try {
      this.#tellUnfinished()
      this.#host.sessions.deleteExpired()
      for (const sessionId of this.#host.sessions.stale()) await this.timeOut(sessionId)
    } finally {
      this.#busy = false
    }
  }
}
