import type { ReportInput } from '../api.ts'
import type { OnProblem } from '../json-file.ts'

/** What is wrong with files of the author's: each problem stands in the trace once, until files change. */
export class Problems {
  readonly #report: (entry: ReportInput) => void
  #told = new Set<string>()

  constructor(report: (entry: ReportInput) => void) {
    this.#report = report
  }

  readonly tell: OnProblem = (place, problem) => {
    const key = `${place.file}\n${problem}`
    if (!this.#told.has(key)) this.#report({ kind: 'data-problem', place, problem })
    this.#told.add(key)
  }

  forget(): void {
    this.#told.clear()
  }
}
