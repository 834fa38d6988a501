const TICK_MS = 50

export interface WatchdogOptions {
  /** How many ms the process may take no turn. */
  limit(): number
  /** Resolves when the process took a turn; never when it does not. */
  ping(): Promise<unknown>
  /** Whether there is a reason to look at all: something runs, and no debugger holds it. */
  isNeeded(): boolean
  /** The process took no turn for `ms`. Told once; watching ends. */
  bark(ms: number): void
}

/** Notices when a process takes no turns any more. Counts ticks of this process rather than the wall clock, so that a suspended machine is no reason. */
export class Watchdog {
  #options: WatchdogOptions
  #timer: NodeJS.Timeout | undefined
  #waited: number | undefined
  #last = 0

  constructor(options: WatchdogOptions) {
    this.#options = options
  }

  /** Looks from now on, for as long as there is a reason. Cheap to call often. */
  wake(): void {
    if (this.#timer || !this.#options.isNeeded()) return
    this.#last = performance.now()
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
    this.#ask()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#waited = undefined
  }

  #tick(): void {
    const now = performance.now()
    const passed = Math.min(now - this.#last, 3 * TICK_MS)
    this.#last = now
    if (!this.#options.isNeeded()) this.stop()
    else if (this.#waited === undefined) this.#ask()
    else {
      this.#waited += passed
      if (this.#waited >= this.#options.limit()) this.#bark(Math.round(this.#waited))
    }
  }

  #bark(ms: number): void {
    this.stop()
    this.#options.bark(ms)
  }

  #ask(): void {
    this.#waited = 0
    const asked = this.#timer
    const answered = () => {
      if (this.#timer === asked) this.#waited = undefined
    }
    this.#options.ping().then(answered, answered)
  }
}
