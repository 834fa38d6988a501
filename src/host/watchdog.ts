const TICK_MS = 50
/** A process that has not answered for so many ticks is said to be silent. */
const SILENT_TICKS = 2

export interface WatchdogOptions {
  /** How many ms the process may take no turn. */
  limit(): number
  /** Resolves when the process took a turn; never when it does not. */
  ping(): Promise<unknown>
  /** Nobody may watch now: a debugger holds the process. */
  isResting(): boolean
  /** Whether there is something that should be getting on. */
  isNeeded(): boolean
  /** The process has taken no turn for a while, for `ms` in which it was needed, and says nothing by itself. Told with every tick. */
  silent(ms: number): void
  /** It took a turn. */
  answered(): void
  /** The process took no turn for `ms` in which it was needed. Told once; watching ends. */
  bark(ms: number): void
}

/** Notices when a process takes no turns any more. Counts ticks of this process rather than the wall clock, so that a suspended machine is no reason. */
export class Watchdog {
  #options: WatchdogOptions
  #timer: NodeJS.Timeout | undefined
  /** Something has happened since the process was asked last. */
  #stirred = false
  /** Set while an answer is owed. */
  #owed: { ticks: number; ms: number } | undefined
  #last = 0

  constructor(options: WatchdogOptions) {
    this.#options = options
  }

  /** Something happened: looks from now on, until the process has answered and nothing is going on. Cheap to call often. */
  wake(): void {
    this.#stirred = true
    if (this.#timer || this.#options.isResting()) return
    this.#last = performance.now()
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#owed = undefined
  }

  #tick(): void {
    const now = performance.now()
    const passed = Math.min(now - this.#last, 3 * TICK_MS)
    this.#last = now
    const { isResting, isNeeded, silent, limit } = this.#options
    if (isResting()) this.stop()
    else if (!this.#owed) {
      if (this.#stirred || isNeeded()) this.#ask()
      else this.stop()
    } else {
      if (isNeeded()) this.#owed.ms += passed
      if (++this.#owed.ticks >= SILENT_TICKS) silent(this.#owed.ms)
      if (this.#owed.ms >= limit()) this.#bark(Math.round(this.#owed.ms))
    }
  }

  #bark(ms: number): void {
    this.stop()
    this.#options.bark(ms)
  }

  #ask(): void {
    this.#stirred = false
    const owed = { ticks: 0, ms: 0 }
    this.#owed = owed
    const answered = () => {
      if (this.#owed !== owed) return
      this.#owed = undefined
      this.#options.answered()
    }
    this.#options.ping().then(answered, answered)
  }
}
