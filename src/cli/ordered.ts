import type { FoundFile, ScenarioProblem, ScenarioResult } from '../protocol/scenario.ts'

interface Sinks {
  problem(problem: ScenarioProblem): void
  result(result: ScenarioResult): void
}

/** Files are played by several processes at once; what is told of them is told in the order of the files. */
export class Ordered {
  #files: readonly string[]
  #sinks: Sinks
  #next = 0
  #held = new Map<string, { found: FoundFile | undefined; expected: number; results: ScenarioResult[] }>()

  constructor(files: readonly string[], sinks: Sinks) {
    this.#files = files
    this.#sinks = sinks
  }

  /** @param ids the scenarios of the file that are played; all when absent */
  found(found: FoundFile, ids: readonly string[] | undefined): void {
    const held = this.#of(found.file)
    // Told once more when another process plays the rest of the file.
    if (held.found) return
    held.found = found
    held.expected = ids ? found.scenarios.filter(({ id }) => ids.includes(id)).length : found.scenarios.length
    this.#advance()
  }

  ended(result: ScenarioResult): void {
    this.#of(result.file).results.push(result)
    this.#advance()
  }

  /** Tells what is still held: a run that was stopped is not complete. */
  flush(): void {
    for (; this.#next < this.#files.length; this.#next++) this.#tell(this.#files[this.#next]!)
  }

  #advance(): void {
    for (; this.#next < this.#files.length; this.#next++) {
      const held = this.#held.get(this.#files[this.#next]!)
      if (!held?.found || held.results.length < held.expected) return
      this.#tell(this.#files[this.#next]!)
    }
  }

  #tell(file: string): void {
    const { found, results } = this.#of(file)
    for (const problem of found?.problems ?? []) this.#sinks.problem(problem)
    const order = new Map(found?.scenarios.map(({ id }, index) => [id, index]))
    for (const result of results.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))) this.#sinks.result(result)
  }

  #of(file: string) {
    let held = this.#held.get(file)
    if (!held) {
      held = { found: undefined, expected: 0, results: [] }
      this.#held.set(file, held)
    }
    return held
  }
}
