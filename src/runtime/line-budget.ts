/** Logged lines that the trace takes in a second. */
const PER_SECOND = 2000

export type Fate = 'kept' | 'first-left-out' | 'left-out'

/** How a report of a logged line begins; payloads come later. */
const LOGGED = /^\{"kind":"(?:log|console)"/

/**
 * Keeps a hook that logs without end from drowning the host: beyond a budget per second, logged lines are left out.
 * Looks at the text before it is parsed, since parsing is what costs.
 */
export class LineBudget {
  #second = 0
  #used = 0

  /** What happens to this report; `first-left-out` once in each second that has too many. */
  spend(json: string): Fate {
    if (!LOGGED.test(json)) return 'kept'
    const second = Math.floor(performance.now() / 1000)
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
