import type { Origin } from '../../trace/entry.ts'
import type { BotEvent, EventArgs, ReportInput } from '../api.ts'
import { copy } from '../changes.ts'
import type { Clock } from '../clock.ts'
import { eventIdOf, originNow, runAs, running } from '../current.ts'
import { problemOf } from '../problem.ts'
import { EngineEvent, type FlagReader, listenToFlags } from './event.ts'
import type { EventLog } from './log.ts'
import { MiddlewareChains } from './middleware.ts'
import { EventQueue } from './queue.ts'
import { addStep } from './steps.ts'
import { eventError, whyInvalid } from './validate.ts'

export interface EventEngineHost {
  readonly clock: Clock
  readonly log: EventLog
  readonly stuckAfterMs: number
  readonly production: boolean
  nextId(): string
  report(entry: ReportInput): void
  incoming(event: BotEvent): Promise<void>
  outgoing(event: BotEvent): Promise<void>
  /** The script in which an event hangs. */
  activeScript(eventId: string): { name?: string; file?: string } | undefined
  flags: FlagReader
  given(event: BotEvent): void
  sent(event: BotEvent): void
}

/** Takes events in, queues them and sees them through (R7). */
export class EventEngine {
  readonly middlewares: MiddlewareChains
  readonly #host: EventEngineHost
  #queues: Record<'incoming' | 'outgoing', EventQueue>
  #attempts = new WeakMap<BotEvent, number>()
  #generation = 0

  constructor(host: EventEngineHost) {
    this.#host = host
    this.middlewares = new MiddlewareChains(host.clock)
    this.#queues = { incoming: this.#queue(host.incoming), outgoing: this.#queue(host.outgoing) }
  }

  /** `bp.IO.Event` (R4.1). */
  create(args: EventArgs): EngineEvent {
    const event = new EngineEvent(args, new Date(this.#host.clock.now()), this.#host.nextId())
    listenToFlags(event, this.#host.flags)
    return event
  }

  /** Resolves when the event is queued (R7.1). Rejects for an invalid one (R4.8). */
  async sendEvent(event: BotEvent, from: Origin = originNow()): Promise<void> {
    this.#host.given(event)
    const invalid = this.#host.production ? undefined : whyInvalid(event)
    if (invalid !== undefined) {
      const { type, botId } = event ?? {}
      const payload = copy(event?.payload)
      this.#host.report({
        kind: 'event-rejected',
        ...(typeof type === 'string' && { type }),
        ...(typeof botId === 'string' && { botId }),
        reason: invalid,
        from,
        payload
      })
      throw eventError(invalid)
    }
    addStep(event, 'received', this.#host.clock)
    this.#reportReceived(event, from)
    this.#host.sent(event)
    if (event.direction === 'incoming') this.#host.log.store(event)
    this.#queues[event.direction === 'incoming' ? 'incoming' : 'outgoing'].add(event)
  }

  /** One outgoing event per payload (R16.1). @throws when payloads is no list, or one is invalid (R16.2) */
  async reply(destination: Partial<BotEvent>, payloads: unknown[], incomingEventId: string | undefined, from: Origin): Promise<void> {
    if (payloads === null || payloads === undefined || typeof (payloads as Iterable<unknown>)[Symbol.iterator] !== 'function') {
      throw new TypeError('payloads is not iterable')
    }
    const { botId, channel, target, threadId } = destination ?? {}
    for (const payload of payloads) {
      const type = (payload as { type?: string } | null)?.type ?? 'text'
      const args = { type, botId, channel, target, threadId, direction: 'outgoing', payload, incomingEventId } as EventArgs
      await this.sendEvent(this.create(args), from)
    }
  }

  isIncomingEmpty(event: BotEvent): boolean {
    return this.#queues.incoming.isEmptyFor(event)
  }

  get idle(): boolean {
    return this.#queues.incoming.idle && this.#queues.outgoing.idle
  }

  /** Events that are being processed. */
  get active(): BotEvent[] {
    return [...this.#queues.incoming.active, ...this.#queues.outgoing.active]
  }

  /** Drops what is queued and no longer cares for what is in progress. */
  clear(): void {
    this.#generation++
    for (const queue of Object.values(this.#queues)) queue.clear()
  }

  #queue(work: (event: BotEvent) => Promise<void>): EventQueue {
    return new EventQueue(
      event => runAs({ eventId: eventIdOf(event), by: 'server', ended: false }, () => this.#process(event, work)),
      (event, behind) => this.#host.report({ kind: 'event-waiting', eventId: event.id, behind: behind.id }),
      (event, error, willRetry) => {
        const words = `queue failed to process job: ${(error as Error)?.message ?? error}`
        const direction = event.direction === 'incoming' ? 'Incoming' : 'Outgoing'
        const level = willRetry ? ('warn' as const) : ('error' as const)
        this.#host.report({ kind: 'log', level, logger: 'IQueue', message: `${direction} ${words}`, eventId: event.id })
        const outcome = willRetry ? ('retried' as const) : ('failed' as const)
        this.#host.report({ kind: 'event-ended', eventId: event.id, outcome, error: problemOf(error) })
      }
    )
  }

  async #process(event: BotEvent, work: (event: BotEvent) => Promise<void>): Promise<void> {
    const { clock, report } = this.#host
    const attempt = (this.#attempts.get(event) ?? 0) + 1
    this.#attempts.set(event, attempt)
    report({ kind: 'event-started', eventId: event.id, attempt })
    const generation = this.#generation
    const started = clock.now()
    const timer = clock.setTimeout(() => {
      if (generation !== this.#generation) return
      const script = this.#host.activeScript(event.id)
      const at = {
        ...(script?.name !== undefined && { hook: script.name }),
        ...(script?.file !== undefined && { place: { file: script.file } })
      }
      report({ kind: 'event-stuck', eventId: event.id, ...at, ms: clock.now() - started })
    }, this.#host.stuckAfterMs)
    try {
      await work(event)
    } finally {
      clock.clear(timer)
    }
    report({ kind: 'event-ended', eventId: event.id, outcome: event.isPause ? 'paused' : 'completed' })
  }

  #reportReceived(event: BotEvent, from: Origin): void {
    const now = running()
    this.#host.report({
      kind: 'event-received',
      eventId: event.id,
      direction: event.direction,
      type: String(event.type),
      channel: event.channel,
      botId: event.botId,
      target: event.target,
      ...(event.threadId !== undefined && { threadId: event.threadId }),
      payload: copy(event.payload),
      ...(event.preview !== undefined && { preview: event.preview }),
      from,
      ...(event.incomingEventId !== undefined && { incomingEventId: event.incomingEventId as string }),
      ...(now?.eventId !== undefined && { during: now.eventId })
    })
    // A hook that ended long ago and still sends: its event may be over (R3.7).
    if (now?.ended && now.eventId !== undefined)
      this.#host.report({ kind: 'too-late', eventId: now.eventId, what: `sent "${event.type}"`, from })
  }
}
