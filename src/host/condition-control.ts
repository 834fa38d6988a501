import type { Conditions } from '../protocol/conditions.ts'
import type { CallParams, EngineCall } from '../protocol/engine.ts'
import type { LineConditions } from '../trace/stage-entries.ts'
import type { Line } from './line-conditions.ts'

export interface ConditionControlOptions {
  line: Line
  /** Asks the engine; rejects while there is none. */
  call<C extends EngineCall>(name: C, params: CallParams<C>): Promise<unknown>
  bots(): string[]
  onLine(line: LineConditions): void
}

/** Trouble that the author stages: what is on the line stays here, what is in hooks and bots goes to the engine, whose host sees to it that it lasts. */
export class ConditionControl {
  #options: ConditionControlOptions
  #conditions: Conditions = { line: {}, hooks: [], unmounted: [] }

  constructor(options: ConditionControlOptions) {
    this.#options = options
  }

  get conditions(): Conditions {
    return this.#conditions
  }

  /** @throws Error with a sentence for the user */
  async set(next: Conditions): Promise<void> {
    const before = this.#conditions
    const unknown = next.unmounted.find(botId => !this.#options.bots().includes(botId))
    if (unknown !== undefined) throw new Error(`There is no bot “${unknown}” in data/bots.`)
    this.#conditions = next
    if (!isSame(before.line, next.line)) {
      this.#options.line.conditions = next.line
      this.#options.onLine(next.line)
    }
    const { call } = this.#options
    if (!isSame(before.hooks, next.hooks)) await call('faults', { faults: next.hooks })
    for (const botId of next.unmounted) if (!before.unmounted.includes(botId)) await call('unmount', { botId })
    for (const botId of before.unmounted) if (!next.unmounted.includes(botId)) await call('mount', { botId })
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
