/** The one clock. Nothing else in the engine reads the time or sets a timer, so that a virtual hour passes in milliseconds and in the right order. */

/** What `setTimeout` and its kin return; `clear` accepts it. The methods are those of Node's timers that hooks call. */
export interface Timer {
  ref(): Timer
  unref(): Timer
  hasRef(): boolean
  [Symbol.toPrimitive](): number
}

export interface Clock {
  readonly kind: 'real' | 'virtual'
  /** Milliseconds since 1970. */
  now(): number
  setTimeout(callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): Timer
  setInterval(callback: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): Timer
  /** Cancels a timer of either kind; anything else is ignored, as in Node. */
  clear(timer: unknown): void
}

export function sleep(clock: Clock, ms: number): Promise<void> {
  return new Promise(resolve => void clock.setTimeout(resolve, ms))
}
