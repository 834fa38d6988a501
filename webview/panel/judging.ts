import type { TraceIndex } from '../../src/trace/trace-index.ts'
import type { Judgement } from './judgement.ts'
import type { Store } from './store.ts'

/** The run is judged at most so often, ms. */
const JUDGE_MS = 250
/** So many entries make a trace long. */
const LONG = 5000

/** What needs all of a run, done a little after something was added to it: what is thought of it, and the lines of a long one's timeline. */
export class Judging {
  readonly #store: Store
  readonly #onJudged: () => void
  #judged: { index: TraceIndex; judgement: Judgement } | undefined
  #isUnderWay = false
  /** Something was added while it was judged. */
  #again = false
  #pause = JUDGE_MS
  #isPreparing = false

  constructor(store: Store, onJudged: () => void) {
    this.#store = store
    this.#onJudged = onJudged
  }

  /** The newest judgement of a trace. */
  of(index: TraceIndex): Judgement | undefined {
    return this.#judged?.index === index ? this.#judged.judgement : undefined
  }

  /** The trace has grown. Never takes more than a tenth of the time. */
  soon(): void {
    this.#again = this.#isUnderWay
    if (this.#isUnderWay) return
    this.#isUnderWay = true
    setTimeout(() => void this.#turn(), this.#pause)
  }

  async #turn(): Promise<void> {
    try {
      // A past that still comes in is judged when it is there.
      if (this.#store.isHistory && this.#store.entries.length > 0) this.#again = true
      else await this.#judge()
    } finally {
      // One judgement that fails does not keep the next ones.
      this.#isUnderWay = false
      if (this.#again) this.soon()
      else this.#prepareSoon()
    }
  }

  async #judge(): Promise<void> {
    const { judge } = await import('./judgement.ts')
    const { entries, index, panel } = this.#store
    this.#again = false
    const { judgement, ms } = await judge(entries, index, panel?.frequency)
    this.#pause = Math.max(JUDGE_MS, 10 * ms)
    this.#judged = { index, judgement }
    this.#onJudged()
  }

  /** The timeline of a long trace is made ready in idle moments, so that it opens at once. */
  #prepareSoon(): void {
    const store = this.#store
    if (store.entries.length < LONG || this.#isPreparing) return
    this.#isPreparing = true
    void import('./trace/rows.ts').then(({ Rows }) => {
      store.rows ??= new Rows()
      const prepare = (idle: IdleDeadline) => {
        if (store.rows!.prepare(store, () => idle.timeRemaining() > 1)) this.#isPreparing = false
        else whenIdle(prepare)
      }
      whenIdle(prepare)
    })
  }
}

/** Where the browser does not say when it is idle, a little later is as good a time as any. */
function whenIdle(action: (idle: IdleDeadline) => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(action)
  else setTimeout(() => action({ didTimeout: false, timeRemaining: () => 0 }), 50)
}
