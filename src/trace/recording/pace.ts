import type { TraceEntry } from '../entry.ts'
import { lengthOf } from '../length.ts'

type Step = Record<string, unknown>

/** Pauses shorter than this are not worth a step on the real clock, ms. */
const PAUSE = 50

/**
 * How time passes in a recorded scenario. What was played on the virtual clock has its moments as they were, so that what depends on a tenth of a second
 * comes out again; of what a person did by the real one, only how long it took.
 */
export class Pace {
  /** When the virtual clock began, ms since 1970; undefined on the real one. */
  readonly start: number | undefined
  /** What of the recorded run has passed. */
  #passed = 0

  constructor(entries: readonly TraceEntry[]) {
    const started = entries.find(entry => entry.kind === 'engine-started')
    this.start = started?.kind === 'engine-started' && started.clock === 'virtual' ? started.at : undefined
    if (this.start !== undefined) this.#passed = this.start
  }

  get isExact(): boolean {
    return this.start !== undefined
  }

  /** A deed is done at that time. */
  begin(at: number): void {
    this.#passed = this.isExact ? Math.max(this.#passed, at) : at
  }

  /** What has to pass until then. */
  to(at: number): Step[] {
    const ms = at - this.#passed
    if (ms < (this.isExact ? 1 : PAUSE)) return []
    this.#passed = at
    return [this.start === undefined ? { advance: lengthOf(ms) } : { until: lengthOf(at - this.start) }]
  }
}
