const PER_SECOND = 2000

/**
 * Keeps a hook that logs without end from drowning the host: beyond a budget per second, messages that carry only logged lines are counted and left out.
 * Looks at the message before it is parsed, since parsing is what costs.
 */
export class LineBudget {
  #second = 0
  #used = 0
  #leftOut = 0

  /** Whether this message is to be left out. */
  exceeds(message: unknown): boolean {
    const lines = loggedLines(message)
    if (lines === 0) return false
    const second = Math.floor(performance.now() / 1000)
    if (second !== this.#second) {
      this.#second = second
      this.#used = 0
    }
    this.#used += lines
    if (this.#used <= PER_SECOND) return false
    this.#leftOut += lines
    return true
  }

  /** How many lines were left out since this was last asked. */
  leftOut(): number {
    const count = this.#leftOut
    this.#leftOut = 0
    return count
  }
}

/** Number of reports when all of them are logged lines, else 0. */
function loggedLines(message: unknown): number {
  const { kind, reports } = message as { kind?: unknown; reports?: { kind?: unknown }[] }
  if (kind !== 'trace' || !Array.isArray(reports)) return 0
  return reports.every(report => report?.kind === 'log' || report?.kind === 'console') ? reports.length : 0
}
