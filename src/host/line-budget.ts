/** Logged lines that the trace takes in a second. */
const PER_SECOND = 2000

export type Fate = 'kept' | 'first-left-out' | 'left-out'

/**
 * Keeps a hook that logs without end from drowning the host: beyond a budget per second, messages that carry only logged lines are left out.
 * Looks at the message before it is parsed, since parsing is what costs.
 */
export class LineBudget {
  #second = 0
  #used = 0

  /** What happens to this message; `first-left-out` once in each second that has too many. */
  spend(message: unknown): Fate {
    const lines = loggedLines(message)
    if (lines === 0) return 'kept'
    const second = Math.floor(performance.now() / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#used = 0
    }
    const before = this.#used
    this.#used += lines
    if (this.#used <= PER_SECOND) return 'kept'
    return before <= PER_SECOND ? 'first-left-out' : 'left-out'
  }
}

export const LEFT_OUT = `More than ${PER_SECOND} lines were logged within a second; the rest of them is left out.`

/** Number of reports when all of them are logged lines, else 0. */
function loggedLines(message: unknown): number {
  const { kind, reports } = message as { kind?: unknown; reports?: { kind?: unknown }[] }
  if (kind !== 'trace' || !Array.isArray(reports)) return 0
  return reports.every(report => report?.kind === 'log' || report?.kind === 'console') ? reports.length : 0
}
