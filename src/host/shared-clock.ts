/** Someone who keeps timers of the one virtual time: the engine, a page, the line between them. */
export interface TimeKeeper {
  /** For messages: `engine`, `page checkout.html`. */
  readonly name: string
  /** When its next timer falls due (ms since 1970), or undefined when nothing waits. */
  nextDue(): number | undefined | Promise<number | undefined>
  /** Runs all that falls due up to `at`, in order, and shows `at` as its time afterwards. */
  runTo(at: number): void | Promise<void>
  /**
   * As `runTo`, for who has many timers of its own: runs them in one go while none reaches out to others, and ends after one that does.
   *
   * @returns the time reached, and how many moments with something due there were, as far as that is known
   */
  runAhead?(limit: number): Promise<{ now: number; ran?: number }>
}

export interface SharedClockOptions {
  /** ms since 1970. */
  startAt: number
  /** Resolves when nothing that the last timers started is under way; what it causes may set new timers. */
  settle?: (() => Promise<void>) | undefined
  /** Timers run in one go after which the move is given up: a timer that sets itself anew without a delay. Default 100,000. */
  limit?: number | undefined
}

export class ClockError extends Error {
  readonly code: 'TIMERS_WITHOUT_END' | 'CANCELLED'
  constructor(code: ClockError['code'], message: string) {
    super(message)
    this.code = code
  }
}

/**
 * One virtual time with many keepers. Time moves from one due timer to the next, whoever keeps it, so that what a page's timer causes in the engine
 * happens before a later timer of the engine. Keepers that are due at the same moment run in the order in which they joined.
 */
export class SharedClock {
  #now: number
  /** How far a keeper may run ahead at this moment. */
  #until: number | undefined
  #keepers = new Set<TimeKeeper>()
  #options: SharedClockOptions
  /** Moves follow one another. */
  #moving: Promise<unknown> = Promise.resolve()
  #listeners = new Set<(now: number) => void>()

  constructor(options: SharedClockOptions) {
    this.#options = options
    this.#now = options.startAt
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.#now
  }

  /** The keeper takes part from now on, at the time of now. @returns the way to leave */
  join(keeper: TimeKeeper): () => void {
    this.#keepers.add(keeper)
    return () => void this.#keepers.delete(keeper)
  }

  /** A keeper that runs ahead says how late it is there: what it causes happens then. */
  shows(at: number): void {
    if (this.#until !== undefined && at <= this.#until) this.#set(at)
  }

  /** Told of each moment at which time stood still, in order. */
  onMove(listener: (now: number) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** The first moment at which anything is due, or undefined. */
  async nextDue(): Promise<number | undefined> {
    return (await this.#next())?.at
  }

  /** @throws ClockError */
  advance(ms: number, signal?: AbortSignal): Promise<number> {
    return this.#queued(() => this.#moveTo(this.#now + ms, signal))
  }

  /** A moment that has passed is now. @throws ClockError */
  advanceTo(at: number, signal?: AbortSignal): Promise<number> {
    return this.#queued(() => this.#moveTo(Math.max(at, this.#now), signal))
  }

  /** To the next timer, whoever keeps it. @returns the time, which has not moved when nothing was due */
  step(signal?: AbortSignal): Promise<number> {
    return this.#queued(async () => {
      await this.#options.settle?.()
      const next = await this.#next()
      return next ? this.#moveTo(Math.max(next.at, this.#now), signal) : this.#now
    })
  }

  #queued<T>(move: () => Promise<T>): Promise<T> {
    const result = this.#moving.then(move)
    this.#moving = result.catch(() => {})
    return result
  }

  async #moveTo(end: number, signal: AbortSignal | undefined): Promise<number> {
    const { settle, limit = 100_000 } = this.#options
    await settle?.()
    for (let ran = 0; ; ) {
      if (signal?.aborted) throw new ClockError('CANCELLED', 'The clock was stopped on its way.')
      const next = await this.#next()
      if (!next || next.at > end) break
      if (ran >= limit)
        throw new ClockError(
          'TIMERS_WITHOUT_END',
          `More than ${limit} timers of ${next.keeper.name} fell due: one sets itself anew each time.`
        )
      this.#set(next.at)
      // Alone until somebody else is due: it may take several steps at once.
      const until = Math.min(end, (next.other ?? Number.POSITIVE_INFINITY) - 1)
      if (next.keeper.runAhead && until > this.#now) {
        this.#until = until
        try {
          const ahead = await next.keeper.runAhead(until)
          this.#set(ahead.now)
          ran += Math.max(1, ahead.ran ?? 1)
        } finally {
          this.#until = undefined
        }
      } else {
        await next.keeper.runTo(this.#now)
        ran++
      }
      await settle?.()
    }
    // Who had nothing due still has to know what time it is.
    for (const keeper of this.#keepers) await keeper.runTo(end)
    this.#set(end)
    return end
  }

  #set(at: number): void {
    if (at <= this.#now) return
    this.#now = at
    for (const listener of this.#listeners) listener(at)
  }

  /** The first who is due, and when the next of the others is. */
  async #next(): Promise<{ at: number; keeper: TimeKeeper; other: number | undefined } | undefined> {
    let found: { at: number; keeper: TimeKeeper } | undefined
    let other: number | undefined
    for (const keeper of this.#keepers) {
      const at = await keeper.nextDue()
      if (at === undefined) continue
      const later = found && found.at <= at ? at : found?.at
      if (later !== undefined) other = Math.min(later, other ?? later)
      if (found === undefined || at < found.at) found = { at, keeper }
    }
    return found && { ...found, other }
  }
}
