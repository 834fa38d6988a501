import type { Timers } from './types.ts'

interface Due {
  id: number
  at: number
  every: number | undefined
  run(): void
}

export interface PageClockOptions {
  startAt: number
  /** Resolves when what a timer started (promises, messages between frames) had its turn. Takes no time of the clock. */
  turn(): Promise<void>
  /** Told when the next timer falls due at another time than before. */
  onDue?(at: number | undefined): void
}

/** A page's virtual clock: it stands still until it is told how late it is. Timers fall due in order of time, then of their creation. */
export class PageClock implements Timers {
  #options: PageClockOptions
  #now: number
  #last = 0
  #timers = new Map<number, Due>()
  #told: number | undefined
  #telling = false

  constructor(options: PageClockOptions) {
    this.#options = options
    this.#now = options.startAt
  }

  now(): number {
    return this.#now
  }

  /** It is that late now, as something that happens says; runs nothing. A moment that has passed is ignored. */
  shows(now: number): void {
    if (now > this.#now) this.#now = now
  }

  set(run: () => void, ms: number): number {
    return this.#add(run, ms, false)
  }

  every(run: () => void, ms: number): number {
    return this.#add(run, ms, true)
  }

  clear(timer: unknown): void {
    if (this.#timers.delete(Number(timer))) this.#tell()
  }

  nextDue(): number | undefined {
    return this.#soonest()?.at
  }

  /**
   * Runs what falls due up to `to`, in order.
   *
   * @param reached asked after each timer: whether it reached out of the page, so that others have to be heard before the next
   * @returns the time that the clock shows
   */
  async runTo(to: number, reached: () => boolean = () => false): Promise<number> {
    for (let due = this.#soonest(); due && due.at <= to; due = this.#soonest()) {
      this.shows(due.at)
      if (due.every === undefined) this.#timers.delete(due.id)
      else due.at = this.#now + due.every
      due.run()
      await this.#options.turn()
      if (reached()) return this.#now
    }
    this.shows(to)
    return this.#now
  }

  #soonest(): Due | undefined {
    let found: Due | undefined
    for (const timer of this.#timers.values()) if (!found || timer.at < found.at) found = timer
    return found
  }

  #add(run: () => void, ms: number, repeat: boolean): number {
    const delay = Math.max(repeat ? 1 : 0, Math.min(Number(ms) || 0, 2 ** 31 - 1))
    const id = ++this.#last
    this.#timers.set(id, { id, at: this.#now + delay, every: repeat ? delay : undefined, run })
    this.#tell()
    return id
  }

  /** Once for all that is set and cleared in one go. */
  #tell(): void {
    if (this.#telling || !this.#options.onDue) return
    this.#telling = true
    queueMicrotask(() => {
      this.#telling = false
      const due = this.nextDue()
      if (due === this.#told) return
      this.#told = due
      this.#options.onDue?.(due)
    })
  }
}
