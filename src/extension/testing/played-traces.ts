import type { ScenarioResult } from '../../protocol/scenario.ts'
import type { TraceEntry } from '../../trace/entry.ts'
import { keyOf, type ScenarioKey } from './last-results.ts'

/** So many traces are kept, those that failed longer than the others. */
const KEPT = 300

export interface PlayedTrace {
  readonly result: ScenarioResult
  readonly entries: readonly TraceEntry[]
}

/** What happened in the scenarios that were played last. */
export class PlayedTraces {
  readonly #traces = new Map<string, PlayedTrace>()

  keep(result: ScenarioResult, entries: readonly TraceEntry[]): void {
    const key = keyOf(result)
    this.#traces.delete(key)
    this.#traces.set(key, { result, entries })
    if (this.#traces.size <= KEPT) return
    const passed = [...this.#traces].find(([, { result }]) => result.outcome === 'passed')
    this.#traces.delete(passed?.[0] ?? this.#traces.keys().next().value!)
  }

  get(key: ScenarioKey): PlayedTrace | undefined {
    return this.#traces.get(keyOf(key))
  }
}
