import type { TimeKeeper } from '../../host/shared-clock.ts'
import type { Timers } from '../../webchat/types.ts'

interface Due {
  id: number
  at: number
  every?: number | undefined
  run(): void
}

/** Timers of one page or chat on the one virtual clock: due in the order of time, then of their making. A repeated timer takes at least 1 ms. */
export class TimerQueue implements TimeKeeper, Timers {
  readonly name: string
  #clock: () => number
  #last = 0
  #timers = new Map<number, Due>()
  #onError: (error: unknown) => void
  #guard: (run: () => void) => void

  /**
   * @param clock the time of now
   * @param onError told of what a timer threw
   * @param guard runs what is due, for instance within a limit
   */
  constructor(name: string, clock: () => number, onError: (error: unknown) => void, guard: (run: () => void) => void = run => run()) {
    this.name = name
    this.#clock = clock
    this.#onError = onError
    this.#guard = guard
  }

  now(): number {
    return this.#clock()
  }

  set(callback: () => void, ms: number, repeat = false): number {
    const delay = Math.max(repeat ? 1 : 0, Math.min(Number(ms) || 0, 2 ** 31 - 1))
    const id = ++this.#last
    this.#timers.set(id, { id, at: this.#clock() + delay, run: callback, every: repeat ? delay : undefined })
    return id
  }

  clear(timer: unknown): void {
    this.#timers.delete(Number(timer))
  }

  nextDue(): number | undefined {
    return this.#next()?.at
  }

  /** One after the other; what the first sets for the same moment comes after the others. */
  runTo(at: number): void {
    // Only those that are due now: what they cause elsewhere comes to rest before the next ones.
    const due = this.#next()
    if (!due || due.at > at) return
    if (due.every === undefined) this.#timers.delete(due.id)
    else due.at += due.every
    try {
      this.#guard(due.run)
    } catch (error) {
      this.#onError(error)
    }
  }

  stop(): void {
    this.#timers.clear()
  }

  #next(): Due | undefined {
    let found: Due | undefined
    for (const timer of this.#timers.values()) if (!found || timer.at < found.at) found = timer
    return found
  }
}
