import { botIds } from '../../host/workspace.ts'
import type { Failure, ScenarioResult } from '../../protocol/scenario.ts'
import type { Report } from '../../trace/entry.ts'
import { TraceLog } from '../../trace/log.ts'
import { look } from '../check/index.ts'
import { View } from '../check/view.ts'
import type { Plan, PlannedStep, Spot } from '../file/plan.ts'
import { Browser } from '../page/browser.ts'
import { Chance } from '../play/chance.ts'
import { ordersOf, wordOf } from '../play/orders.ts'
import type { Expect } from '../schema/index.ts'
import { converse } from './converse.ts'
import { whyNot } from './what-can-be-played.ts'

export interface TargetOptions {
  /** Address of the server, without a path or with the one below which it lies. */
  url: string
  seed: number
  signal?: AbortSignal | undefined
}

/**
 * Plays a scenario against a real Botpress v12 server: what visitors write, and events, go through its converse interface, what it answers is compared.
 * What cannot be arranged or seen there is a reason to skip. Never rejects.
 */
export async function playAgainst(plan: Plan, options: TargetOptions): Promise<ScenarioResult> {
  const began = performance.now()
  const { file, id, name, tags, spot } = plan
  const base = {
    file,
    id,
    name,
    tags,
    range: spot.range,
    failures: [] as Failure[],
    virtualMs: 0,
    seed: options.seed,
    ran: [],
    digest: '',
    written: []
  }
  const end = (rest: Partial<ScenarioResult>): ScenarioResult => ({ ...base, outcome: 'passed', ...rest, ms: performance.now() - began })
  // In whichever order things happen there, only one can be asked for.
  const [order] = ordersOf(plan.steps)
  const reason = plan.skip ?? whyNot(plan, order!.steps)
  if (reason !== undefined) return end({ outcome: 'skipped', reason })
  try {
    const failures = await new Conversation(plan, options).play(order!.steps)
    return end({ outcome: failures.length > 0 ? 'failed' : 'passed', failures })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return end({ outcome: 'error', failures: [{ message, range: spot.range, places: [] }] })
  }
}

/** Visitors of a run are new ones: nothing on the server is known of them. */
class Conversation {
  readonly #plan: Plan
  readonly #options: TargetOptions
  readonly #trace = new TraceLog()
  readonly #visitors = new Map<string, { name: string; browser: Browser; tabs: Map<string, unknown>; tab(): undefined }>()
  readonly #startAt = Date.now()
  readonly #botId: string
  #since = 0
  #events = 0

  constructor(plan: Plan, options: TargetOptions) {
    this.#plan = plan
    this.#options = options
    this.#botId = plan.given.bot ?? botIds(plan.root ?? '')[0] ?? ''
    const names = Object.keys(plan.given.visitors ?? {})
    const chance = new Chance(Date.now())
    for (const name of names.length === 0 || plan.given.visitor ? ['visitor', ...names] : names) {
      this.#visitors.set(name, { name, browser: new Browser(name, {}, chance), tabs: new Map(), tab: () => undefined })
    }
  }

  async play(steps: readonly PlannedStep[]): Promise<Failure[]> {
    for (const { step, spot } of steps) {
      const visitor = step.as === undefined ? [...this.#visitors.values()][0]! : this.#visitors.get(step.as)
      if (!visitor) return [{ message: `There is no visitor “${step.as}”.`, range: spot.range, places: [] }]
      const word = wordOf({ step, spot })
      if (word === 'say') await this.#send(visitor.browser.visitorId, { type: 'text', text: step.say! })
      if (word === 'event') await this.#event(visitor.browser.visitorId, step.event)
      const expect = word === 'expect' ? step.expect! : word === 'expectSilence' ? { silence: true } : undefined
      const failures = expect ? await this.#look(expect, word === 'expect' ? spot.below('expect') : spot, visitor, this.#since) : []
      if (failures.length > 0) return failures
    }
    const [first] = this.#visitors.values()
    const failures: Failure[] = []
    for (const { expect, spot } of this.#plan.expects) failures.push(...(await this.#look(expect, spot, first!, 0)))
    return failures
  }

  /** As `sendEvent` nests it (R22.1); converse asks for a text with everything. */
  async #event(visitorId: string, given: unknown): Promise<void> {
    const event = (typeof given === 'string' ? { type: given } : given) as {
      type?: string
      payload?: unknown
      with?: object
      via?: string
      times?: number
    }
    const sent = { ...event.with, type: event.type, ...(event.payload !== undefined && { payload: event.payload }) }
    const payload = event.via === 'sendPayload' ? sent : { type: event.type, payload: sent }
    for (let time = 0; time < (event.times ?? 1); time++) await this.#send(visitorId, { text: String(event.type), ...payload })
  }

  async #send(visitorId: string, payload: Record<string, unknown>): Promise<void> {
    const botId = this.#botId
    const eventId = `target-${++this.#events}`
    const common = { eventId, channel: 'api', botId, target: visitorId, at: Date.now() }
    this.#report({
      kind: 'event-received',
      ...common,
      direction: 'incoming',
      type: String(payload.type),
      payload,
      from: { by: payload.type === 'text' ? 'visitor' : 'page' }
    })
    const responses = await converse(this.#options.url, botId, visitorId, payload, this.#options.signal)
    for (const [index, response] of responses.entries()) {
      const replyId = `${eventId}-${index}`
      const type = String(response.type ?? 'text')
      this.#report({
        kind: 'event-received',
        ...common,
        eventId: replyId,
        direction: 'outgoing',
        type,
        payload: response,
        from: { by: 'server' },
        incomingEventId: eventId
      })
      if (type === 'typing') continue
      this.#report({
        kind: 'chat-received',
        at: Date.now(),
        visitorId,
        botId,
        eventId: replyId,
        what: 'message',
        by: 'bot',
        payload: response,
        shown: true
      })
    }
  }

  #report(report: Report): void {
    this.#trace.append(report)
  }

  async #look(expect: Expect, spot: Spot, visitor: object, since: number): Promise<Failure[]> {
    const stage = { entries: this.#trace.entries, startAt: this.#startAt, visitors: this.#visitors }
    const view = new View({ stage, visitor, tab: {}, botId: this.#botId, since, timezone: this.#plan.given.timezone } as never)
    this.#since = this.#trace.entries.length
    const misses = await look(expect, view)
    return misses.map(({ message, path, expected, actual }) => ({
      message,
      range: spot.below(...path).range,
      ...(expected !== undefined && { expected }),
      ...(actual !== undefined && { actual }),
      places: []
    }))
  }
}
