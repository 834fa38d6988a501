/** So long nobody may have asked for anything before the work goes on. */
const QUIET_MS = 20
/** Whoever asks meanwhile waits at most so long. */
const SLICE_MS = 10

/** Work that would hold up answers, done step by step while nobody asks. */
export class IdleWork {
  readonly #steps: Iterator<unknown>
  #timer: NodeJS.Timeout | undefined
  #waiting: (() => void)[] = []
  #done = false
  #hurries = false

  /** @param steps short ones; it is begun when `stir` is called first */
  constructor(steps: Iterable<unknown>) {
    this.#steps = steps[Symbol.iterator]()
  }

  /** Somebody asks: the work waits until it is quiet again. */
  stir(): void {
    if (this.#done || this.#hurries) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#slice(), QUIET_MS)
  }

  /** Calls back when all is done, at once when it is: the rest is no longer put off, but still leaves turns to others. */
  whenDone(then: () => void): void {
    if (this.#done) {
      then()
      return
    }
    this.#waiting.push(then)
    if (this.#hurries) return
    this.#hurries = true
    clearTimeout(this.#timer)
    setImmediate(() => this.#slice())
  }

  /** Nothing is done or called back any more. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#done = true
    this.#waiting = []
  }

  #slice(): void {
    for (const end = performance.now() + SLICE_MS; !this.#done && performance.now() < end; ) this.#done = this.#steps.next().done === true
    if (!this.#done && this.#hurries) setImmediate(() => this.#slice())
    else if (!this.#done) this.#timer = setTimeout(() => this.#slice(), 1)
    else for (const then of this.#waiting.splice(0)) then()
  }
}
