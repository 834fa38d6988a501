import { ClockError } from '../../host/shared-clock.ts'
import { botIds } from '../../host/workspace.ts'
import type { Range } from '../../protocol/scenario.ts'
import { inline } from '../../trace/words.ts'
import { look } from '../check/index.ts'
import { type Said, View } from '../check/view.ts'
import type { Plan, PlannedStep, Spot } from '../file/plan.ts'
import { durationOf, momentOf } from '../file/time.ts'
import { Site } from '../page/site.ts'
import type { Expect, FullStep, StepWord } from '../schema/index.ts'
import { ACTIONS, type Actor, stageLine, writeState } from './actions.ts'
import { gesture, isGesture } from './gestures.ts'
import { compareGolden } from './golden.ts'
import { type InOneGo, type Order, wordOf } from './orders.ts'
import { Stage } from './stage.ts'
import type { Theatre } from './theatre.ts'
import { gestureOf } from './told-gestures.ts'
import type { Tab, Visitor } from './visitor.ts'
import { Way } from './way.ts'

export interface PlayOptions {
  seed: number
  update: boolean
  theatre: Theatre
  signal?: AbortSignal | undefined
  /** Told before each step. */
  onStep?(range: Range, text: string): void
  /** Told whenever time has moved or something has happened: a step may take long and get on all the same. */
  onProgress?(): void
}

/** When scenarios begin that do not say: a Monday morning. */
export const DEFAULT_START = '2025-03-03T09:00:00Z'

/** One way through a scenario. */
export class Run extends Way {
  #options: PlayOptions
  #stage!: Stage
  #since = 0

  constructor(plan: Plan, order: Order, options: PlayOptions) {
    super(plan, order)
    this.#options = options
  }

  async play(): Promise<void> {
    const { given } = this.plan
    const { theatre, seed, signal, onProgress } = this.#options
    const startAt = momentOf(given.clock ?? DEFAULT_START, 0, 0, given.timezone)
    const room = await theatre.open(this.plan, { startAt, seed })
    const stage = new Stage({
      host: room.host,
      trace: room.trace,
      startAt,
      seed,
      site: new Site(this.plan.base!, given.files),
      botpressVersion: given.botpressVersion,
      onProgress
    })
    this.#stage = stage
    room.onPush(push => stage.push(push))
    const leave = room.trace.subscribe(() => onProgress?.())
    const botId = given.bot ?? this.#botOf()
    const network = { mode: 'refuse' as const, ...given.network }
    const common = {
      stage,
      given,
      botId,
      root: room.root,
      page: given.page ?? 'stub',
      config: { botId, ...given.chat },
      signal,
      network: network as never,
      setNetwork: room.network,
      write: room.write,
      restart: async () => {
        await stage.engine.settle()
        await room.host.restart({ startAt: stage.now() })
        await stage.engine.restarted()
      }
    }
    try {
      await room.network(network as never)
      if (given.line) stageLine(stage, given.line)
      if (given.faults?.length) await stage.engine.call('faults', { faults: given.faults as never })
      for (const bot of given.unmounted ?? []) await stage.engine.call('unmount', { botId: bot })
      const people = Object.entries(given.visitors ?? {})
      if (people.length === 0 || given.visitor) people.unshift(['visitor', given.visitor ?? {}])
      for (const [name, options] of people) {
        const visitor = stage.addVisitor(name, options)
        if (options.state || options.flow)
          await writeState({ stage, visitor, botId }, { ...options.state, ...(options.flow !== undefined && { flow: options.flow }) })
      }
      const [first] = stage.visitors.values()
      if (common.page !== 'none') {
        const failed = await this.#try(this.plan.spot, 'load', async () => first!.tab().load(common.page, common.config))
        if (failed) return
      }
      await stage.rest(signal)
      for (const planned of this.order.steps) if (!(await this.#step(planned, common, first!))) return
      for (const { expect, spot } of this.plan.expects) await this.#expect(expect, spot, first!, first!.tab(), botId, 0)
      if (this.order.name !== undefined) this.outcome = await this.#outcome(botId)
    } finally {
      this.entries = stage.entries
      this.virtualMs = stage.now() - startAt
      stage.end()
      leave()
      room.onPush(() => {})
      room.onLeave(() => stage.engine.tellNews())
      await stage.engine.settle()
    }
  }

  /** @returns whether to go on */
  async #step(
    planned: PlannedStep & InOneGo,
    common: Omit<Actor, 'visitor' | 'tab' | 'tabName' | 'place'>,
    first: Visitor
  ): Promise<boolean> {
    const { step, spot } = planned
    const { stage, botId, signal } = common
    signal?.throwIfAborted()
    const word = wordOf(planned) as StepWord
    this.#options.onStep?.(spot.range, stepText(step, word))
    const visitor = step.as === undefined ? first : stage.visitors.get(step.as)
    if (!visitor) {
      this.failWithout(spot, step.as, stage.visitors.keys())
      return false
    }
    const tabName = step.tab === undefined ? '1' : String(step.tab)
    const tab = visitor.tab(tabName)
    if (
      !tab.page &&
      step.load === undefined &&
      common.page !== 'none' &&
      (step.tab !== undefined || step.as !== undefined) &&
      needsPage(word)
    ) {
      // Who acts in a tab has the page open there.
      const failed = await this.#try(spot, 'load', async () => tab.load(common.page, common.config))
      if (failed) return false
      await stage.rest(signal)
    }
    const before = this.failures.length
    if (word === 'expect') await this.#expect(step.expect!, spot.below('expect'), visitor, tab, botId, this.#since)
    else if (word === 'expectSilence') {
      const ms = typeof step.expectSilence === 'string' || typeof step.expectSilence === 'number' ? durationOf(step.expectSilence) : 0
      if (ms > 0) await stage.clock.advance(ms, signal)
      await this.#expect({ silence: true }, spot, visitor, tab, botId, this.#since)
    } else {
      const { line, column, file } = spot.range
      const actor: Actor = { ...common, visitor, tab, tabName, place: { file, line, column } }
      const value = (step as Record<string, unknown>)[word]
      const action = ACTIONS[word as keyof typeof ACTIONS] as ((value: never, actor: Actor) => unknown) | undefined
      const told = gestureOf(word, value)
      if (told && tab.page) stage.report({ kind: 'page-gesture', ...tab.page.ref, gesture: told, by: 'author' } as never)
      await this.#try(spot, word, async () => {
        if (isGesture(word)) gesture(word, value, tab)
        else await action!(value as never, actor)
        const isTime = word === 'advance' || word === 'at' || word === 'until'
        // Who lets time pass wants exactly so much of it.
        if (planned.isTogether || isTime) await stage.clock.advance(0, signal)
        else await stage.rest(signal)
        if (isTime) stage.report({ kind: 'clock', to: stage.now(), why: stepText(step, word) } as never)
      })
    }
    return this.failures.length === before
  }

  async #try(spot: Spot, word: string, act: () => Promise<void>): Promise<boolean> {
    try {
      await act()
      return false
    } catch (error) {
      if (this.#options.signal?.aborted) throw error
      const message = error instanceof Error ? error.message : String(error)
      const isClock = error instanceof ClockError
      this.fail(spot.below(word), { message: isClock ? message : `${word}: ${message}` })
      return true
    }
  }

  async #expect(expect: Expect, spot: Spot, visitor: Visitor, tab: Tab, botId: string, since: number): Promise<void> {
    const stage = this.#stage
    await stage.settle()
    const view = new View({ stage, visitor, tab, botId, since, timezone: this.plan.given.timezone })
    this.#since = stage.entries.length
    const misses = await look(expect, view)
    for (const miss of misses) this.fail(spot.below(...miss.path), miss)
    if (expect.trace === undefined) return
    const golden = compareGolden(expect.trace, spot.source.file, stage.entries, this.plan.root!, this.#options.update)
    if (golden.written !== undefined) this.written.push(golden.written)
    if (golden.miss) this.fail(spot.below('trace'), golden.miss)
  }

  #botOf(): string {
    const [bot] = botIds(this.plan.root!)
    return bot ?? ''
  }

  async #outcome(botId: string): Promise<string> {
    const stage = this.#stage
    const parts: unknown[] = []
    for (const visitor of stage.visitors.values()) {
      const view = new View({ stage, visitor, tab: visitor.tab(), botId, since: 0, timezone: undefined })
      const said = view.saidEver.filter(({ entry }: Said) => entry.visitorId === visitor.browser.visitorId).map(({ text }) => text)
      const stored = await stage.engine.call('readState', { botId, visitorId: visitor.browser.visitorId })
      const { currentFlow, currentNode } = stored.context
      const { lastMessages: _, ...session } = stored.session
      parts.push({ said, user: stored.user, session, at: [currentFlow, currentNode] })
    }
    return JSON.stringify(parts)
  }
}

const NO_PAGE: readonly StepWord[] = [
  'load',
  'expect',
  'expectSilence',
  'outside',
  'advance',
  'at',
  'until',
  'restart',
  'state',
  'timeOut',
  'newConversation',
  'language',
  'visitor',
  'save',
  'line',
  'faults'
]
const needsPage = (word: StepWord) => !NO_PAGE.includes(word)

/** What a step is called while it is played. */
export function stepText(step: FullStep, word: string): string {
  const value = (step as Record<string, unknown>)[word]
  return step.name ?? (value === null || value === true ? word : `${word}: ${inline(value, 80)}`)
}
