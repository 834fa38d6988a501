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

  /** What is reached when something of it fails stays so, and is not asked for again. @throws Error with a sentence for the user */
  async set(next: Conditions): Promise<void> {
    const { bots, line, onLine, call } = this.#options
    const unknown = next.unmounted.find(botId => !bots().includes(botId))
    if (unknown !== undefined) throw new Error(`There is no bot “${unknown}” in data/bots.`)
    const before = this.#conditions
    if (!isSame(before.line, next.line)) {
      line.conditions = next.line
      this.#reached({ line: next.line })
      onLine(next.line)
    }
    if (!isSame(before.hooks, next.hooks)) {
      await call('faults', { faults: next.hooks })
      this.#reached({ hooks: next.hooks })
    }
    for (const botId of next.unmounted) {
      if (before.unmounted.includes(botId)) continue
      await call('unmount', { botId })
      this.#reached({ unmounted: [...this.#conditions.unmounted, botId] })
    }
    for (const botId of before.unmounted) {
      if (next.unmounted.includes(botId)) continue
      await call('mount', { botId })
      this.#reached({ unmounted: this.#conditions.unmounted.filter(one => one !== botId) })
    }
  }

  #reached(part: Partial<Conditions>): void {
    this.#conditions = { ...this.#conditions, ...part }
  }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
