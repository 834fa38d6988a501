import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { textOf } from '../../trace/words.ts'
import { type Miss, View } from '../check/view.ts'
import type { Plan, PlannedStep, Spot } from '../file/plan.ts'
import { durationOf, momentOf } from '../file/time.ts'
import { type InOneGo, type Order, wordOf } from '../play/orders.ts'
import { Way } from '../play/way.ts'
import type { Expect, StepWord } from '../schema/index.ts'
import { BOT_ACTIONS, type BotActor } from './bot-actions.ts'
import { BOT_LOOKS } from './bot-checks.ts'
import { BotStage, type Person } from './bot-stage.ts'

const here = dirname(fileURLToPath(import.meta.url))
/** Beside this program, or its source. */
const PROBE = [join(here, 'probe.cjs'), join(here, '../probe.cjs')].find(existsSync) ?? join(here, '../../probe/main.ts')

export interface BotRunOptions {
  seed: number
  startAt: number
  signal?: AbortSignal | undefined
  onStep?(planned: PlannedStep, word: StepWord): void
}

/** One way through a scenario that a bot of the Bot Framework family plays. */
export class BotRun extends Way {
  #options: BotRunOptions
  #stage: BotStage
  #since = 0
  /** Steps that were begun and whose end nobody waited for. */
  #begun: Promise<unknown>[] = []

  constructor(plan: Plan, order: Order, options: BotRunOptions) {
    super(plan, order)
    this.#options = options
    const given = plan.given.botFramework!
    this.#stage = new BotStage({ given, from: dirname(plan.file), probe: PROBE, startAt: options.startAt, seed: options.seed })
  }

  static startOf(plan: Plan, otherwise: string): number {
    return momentOf(plan.given.clock ?? otherwise, 0, 0, plan.given.timezone)
  }

  async play(): Promise<void> {
    const stage = this.#stage
    const { given } = this.plan
    try {
      if (await this.#failed(this.plan.spot, () => stage.open())) return
      const { conversation = true, people = 0 } = given.botFramework!
      const named = Object.keys(given.visitors ?? {})
      for (const name of named.length > 0 ? named : ['visitor']) await stage.add(name, conversation)
      await stage.crowd(people)
      const [first] = stage.visitors.values()
      this.#since = stage.entries.length
      for (const planned of this.order.steps) if (!(await this.#step(planned, first!))) return
      for (const { expect, spot } of this.plan.expects) await this.#expect(expect, spot, first!, 0)
      this.outcome = JSON.stringify([...stage.visitors.values()].map(person => this.#readBy(person)))
    } finally {
      this.entries = stage.plainEntries
      await stage.close()
      this.virtualMs = stage.now() - stage.startAt
    }
  }

  /** @returns whether to go on */
  async #step(planned: PlannedStep & InOneGo, first: Person): Promise<boolean> {
    const { step, spot } = planned
    const { signal } = this.#options
    const stage = this.#stage
    signal?.throwIfAborted()
    const word = wordOf(planned) as StepWord
    this.#options.onStep?.(planned, word)
    const person = step.as === undefined ? stage.visitors.get(first.name)! : stage.visitors.get(step.as)
    if (!person) {
      this.failWithout(spot, step.as, stage.visitors.keys())
      return false
    }
    const before = this.failures.length
    if (word === 'expect') await this.#expect(step.expect!, spot.below('expect'), person, this.#since)
    else if (word === 'expectSilence') {
      const given = step.expectSilence
      if (typeof given === 'string' || typeof given === 'number') await stage.clock.advance(durationOf(given), signal)
      await this.#expect({ silence: true }, spot, person, this.#since)
    } else {
      const action = BOT_ACTIONS[word as keyof typeof BOT_ACTIONS] as (value: never, actor: BotActor) => unknown
      const value = (step as Record<string, unknown>)[word] as never
      const act = async () => void (await action(value, { stage, person, given: this.plan.given, signal }))
      await this.#failed(spot.below(word), () => this.#inOrder(act, planned.isTogether === true), word)
    }
    return this.failures.length === before
  }

  /** What happens together is begun in its order and waited for at the end. */
  async #inOrder(act: () => Promise<void>, isTogether: boolean): Promise<void> {
    const doing = act()
    if (isTogether) {
      this.#begun.push(doing)
      doing.catch(() => {})
      return
    }
    await Promise.all([...this.#begun.splice(0), doing])
    await this.#stage.settle()
  }

  async #failed(spot: Spot, act: () => Promise<void>, word?: string): Promise<boolean> {
    try {
      await act()
      return false
    } catch (error) {
      if (this.#options.signal?.aborted) throw error
      const message = error instanceof Error ? error.message : String(error)
      this.fail(spot, { message: word === undefined ? message : `${word}: ${message}` })
      return true
    }
  }

  async #expect(expect: Expect, spot: Spot, person: Person, since: number): Promise<void> {
    const stage = this.#stage
    await stage.settle()
    const { timezone } = this.plan.given
    const view = new View({
      stage: stage as never,
      visitor: person as never,
      tab: undefined as never,
      botId: stage.play.connector.botId,
      since,
      timezone
    })
    this.#since = stage.entries.length
    for (const [word, expected] of Object.entries(expect)) {
      const look = BOT_LOOKS[word as keyof typeof BOT_LOOKS] as ((expected: unknown, view: View) => Miss[]) | undefined
      const misses = look?.(expected, view) ?? [{ message: `“${word}” says nothing about a bot of the Bot Framework.` }]
      for (const miss of misses) this.fail(spot.below(word, ...(miss.path ?? [])), miss)
    }
  }

  #readBy({ name, browser }: Person): unknown {
    const said = this.#stage.entries.flatMap(entry =>
      entry.kind === 'chat-received' && entry.visitorId === browser.visitorId && entry.by === 'bot' && entry.what === 'message'
        ? [textOf(entry.payload)]
        : []
    )
    return { name, said }
  }
}
