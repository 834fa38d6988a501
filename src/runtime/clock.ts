import { AsyncLocalStorage } from 'node:async_hooks'

/** The one clock. Nothing else in the engine reads the time or sets a timer, so that a virtual hour passes in milliseconds and in the right order. */

/** What `setTimeout` and its kin return; `clear` accepts it. The methods are those of Node's timers that hooks call. */
export interface Timer {
  ref(): Timer
  unref(): Timer
  hasRef(): boolean
  [Symbol.toPrimitive](): number
}

/** What a timer of the engine's own returns that found nothing to do and has started nothing. */
export const NOTHING_DONE = Symbol('nothing done')

export type Callback = (...args: never[]) => unknown

export interface Clock {
  readonly kind: 'real' | 'virtual'
  /** Milliseconds since 1970. */
  now(): number
  setTimeout(callback: Callback, ms?: number, ...args: unknown[]): Timer
  setInterval(callback: Callback, ms?: number, ...args: unknown[]): Timer
  /** Cancels a timer of either kind; anything else is ignored, as in Node. */
  clear(timer: unknown): void
  /** Nothing falls due any more, and no timer is taken. */
  stop(): void
  readonly stopped: boolean
  /** The time as a script reads it; on a virtual clock a loop that waits for time to pass makes it pass. */
  read(): number
}

/** Resolves after `ms` of the clock. */
export function sleep(clock: Clock, ms: number): Promise<void> {
  return new Promise<void>(resolve => void clock.setTimeout(() => resolve(), ms))
}

/** Lets everything that is ready to run do so: promises, immediates and finished input and output. Takes no time of the clock. */
export function turn(): Promise<void> {
  return new Promise(resolve => void setImmediate(resolve))
}

export class RealClock implements Clock {
  readonly kind = 'real'
  stopped = false
  #timers = new Set<NodeJS.Timeout>()
  now(): number {
    return Date.now()
  }
  read(): number {
    return Date.now()
  }
  setTimeout(callback: Callback, ms?: number, ...args: unknown[]): Timer {
    const run = (...given: unknown[]) => {
      this.#timers.delete(timer)
      return (callback as (...rest: unknown[]) => unknown)(...given)
    }
    const timer = setTimeout(run, ms, ...(args as []))
    return this.#keep(timer)
  }
  setInterval(callback: Callback, ms?: number, ...args: unknown[]): Timer {
    return this.#keep(setInterval(callback as () => void, ms, ...(args as [])))
  }
  clear(timer: unknown): void {
    clearTimeout(timer as NodeJS.Timeout)
    this.#timers.delete(timer as NodeJS.Timeout)
  }
  stop(): void {
    this.stopped = true
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }
  #keep(timer: NodeJS.Timeout): Timer {
    if (this.stopped) clearTimeout(timer)
    else this.#timers.add(timer)
    return timer as unknown as Timer
  }
}

interface Due {
  id: number
  at: number
  every?: number
  run(): unknown
  /** A timer that does not keep a settling engine waiting: the engine's own periodic work. */
  background: boolean
}

/** How often a script may read the time in one go before it counts as waiting for it. */
const PATIENCE = 500

/** A clock that stands still until `advance`; timers fall due in order of time, then of their creation. */
export class VirtualClock implements Clock {
  readonly kind = 'virtual'
  stopped = false
  #now: number
  #next = 1
  #reads = 0
  #timers = new Map<number, Due>()

  /** Whether nothing is being processed. */
  isIdle: () => boolean = () => false

  constructor(startAt = 1_600_000_000_000) {
    this.#now = startAt
  }

  now(): number {
    return this.#now
  }

  setTimeout(callback: Callback, ms?: number, ...args: unknown[]): Timer {
    return this.#add(callback, ms, args, false)
  }

  setInterval(callback: Callback, ms?: number, ...args: unknown[]): Timer {
    return this.#add(callback, ms, args, true)
  }

  clear(timer: unknown): void {
    this.#timers.delete(Number(timer))
  }

  stop(): void {
    this.stopped = true
    this.#timers.clear()
  }

  read(): number {
    if (this.#reads === 0) setImmediate(() => this.#forgetReads())
    if (++this.#reads > PATIENCE) this.#now++
    return this.#now
  }

  #forgetReads(): void {
    this.#reads = 0
  }

  /** When the next timer falls due, or undefined when none is set. Timers that were `unref`ed do not count. */
  nextDue(): number | undefined {
    return this.#soonest(false)?.at
  }

  /** As `nextDue`, with the engine's own periodic work. */
  nextOfAll(): number | undefined {
    return this.#soonest(true)?.at
  }

  /** Moves the clock at once. @returns whether it could: nothing falls due until then */
  passTo(at: number): boolean {
    const due = this.nextOfAll()
    if (due !== undefined && due <= at) return false
    this.#now = Math.max(this.#now, at)
    return true
  }

  /** Moves the clock by `ms`, running what falls due in order; between two timers everything they started gets its turn. */
  async advance(ms: number): Promise<number> {
    const end = this.#now + ms
    await drain()
    for (let due = this.#soonest(true); due && due.at <= end; due = this.#soonest(true)) {
      this.#now = Math.max(this.#now, due.at)
      if (due.every === undefined) this.#timers.delete(due.id)
      else due.at = this.#now + due.every
      const result = due.run()
      // The engine's own periodic work mostly finds nothing to do, and a week of it should not take seconds.
      if (result !== NOTHING_DONE || !this.isIdle()) await drain(due.background && this.isIdle() ? 2 : undefined)
    }
    this.#now = end
    return end
  }

  #soonest(background: boolean): Due | undefined {
    let found: Due | undefined
    for (const timer of this.#timers.values()) {
      if (!background && timer.background) continue
      if (!found || timer.at < found.at) found = timer
    }
    return found
  }

  #add(callback: Callback, ms: number | undefined, args: unknown[], repeat: boolean): Timer {
    const delay = Math.max(1, Math.min(Number(ms) || 1, 2 ** 31 - 1))
    const id = this.#next++
    const restore = AsyncLocalStorage.snapshot()
    const run = () => restore(() => (callback as (...rest: unknown[]) => unknown)(...args))
    const due: Due = { id, at: this.#now + delay, run, background: false, ...(repeat && { every: delay }) }
    if (!this.stopped) this.#timers.set(id, due)
    const timer: Timer = {
      ref: () => {
        due.background = false
        return timer
      },
      unref: () => {
        due.background = true
        return timer
      },
      hasRef: () => !due.background,
      [Symbol.toPrimitive]: () => id
    }
    return timer
  }
}

/** A few turns of the event loop, so that chains of promises and finished reads get through. */
async function drain(count = 8): Promise<void> {
  for (let turns = 0; turns < count; turns++) await turn()
}
