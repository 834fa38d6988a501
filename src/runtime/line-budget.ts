/** Logged lines that leave the engine in a second. */
const PER_SECOND = 2000

const LOGGED: ReadonlySet<string> = new Set(['log', 'console'])

export type Fate = 'kept' | 'first-left-out' | 'left-out'

/** Keeps a hook that logs without end from drowning the host, which then could not ask it where it is: beyond a budget per second, logged lines are left out. */
export class LineBudget {
  readonly #now: () => number
  #second = 0
  #used = 0

  /** @param now in ms; Node's own clock when absent, whatever the engine's shows */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** What happens to a report of this kind; `first-left-out` once in each second that has too many. */
  spend(kind: string): Fate {
    if (!LOGGED.has(kind)) return 'kept'
    const second = Math.floor(this.#now() / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#used = 0
    }
    this.#used++
    if (this.#used <= PER_SECOND) return 'kept'
    return this.#used === PER_SECOND + 1 ? 'first-left-out' : 'left-out'
  }
}

export const LEFT_OUT = `More than ${PER_SECOND} lines were logged within a second; the rest of them is left out.`
