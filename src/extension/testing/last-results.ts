import type { FoundFile, ScenarioResult } from '../../protocol/scenario.ts'
import { samePath } from '../places.ts'

/** A scenario by its file and its id in there. */
export interface ScenarioKey {
  readonly file: string
  readonly id: string
}

/** What is remembered of a scenario that was played. */
export interface LastResult extends ScenarioKey {
  readonly name: string
  readonly outcome: ScenarioResult['outcome']
  /** Hooks and actions that ran, and pages that were loaded. */
  readonly ran: readonly string[]
}

/** What the scenarios of the window came to when they were played last. */
export class LastResults {
  readonly #results = new Map<string, LastResult>()

  constructor(results: readonly LastResult[] = []) {
    for (const result of results) this.add(result)
  }

  add({ file, id, name, outcome, ran }: LastResult): void {
    // One that was cancelled says nothing new of what it would run.
    const before = this.get({ file, id })
    if (outcome === 'skipped' && before) return
    this.#results.set(keyOf({ file, id }), { file, id, name, outcome, ran: [...ran] })
  }

  get(key: ScenarioKey): LastResult | undefined {
    return this.#results.get(keyOf(key))
  }

  get all(): readonly LastResult[] {
    return [...this.#results.values()]
  }

  /** Only those stay that are still there. */
  keep(found: readonly FoundFile[]): void {
    const there = new Set(found.flatMap(({ file, scenarios }) => scenarios.map(({ id }) => keyOf({ file, id }))))
    for (const key of this.#results.keys()) if (!there.has(key)) this.#results.delete(key)
  }

  /** Scenarios in which a hook, action or page took part. */
  of(file: string): LastResult[] {
    return this.all.filter(({ ran }) => ran.some(one => samePath(one, file)))
  }
}

export function keyOf({ file, id }: ScenarioKey): string {
  return `${file}\n${id}`
}
