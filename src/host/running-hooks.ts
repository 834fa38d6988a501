import type { EntryOf, Report, RunOfHook } from '../trace/entry.ts'

type Started = Omit<EntryOf<'hook-started'>, 'seq'>

interface Run {
  readonly started: Started
  /** It has handed back a promise: others have their turn as well. */
  waits: boolean
}

/** Which hooks have started and not ended, the last one last. */
export class RunningHooks {
  #running: Run[] = []

  see(report: Report): void {
    // Another life of the engine: what ran in the one before is nobody's concern.
    if (report.kind === 'engine-started') this.clear()
    if (report.kind === 'hook-started') this.#running.push({ started: report, waits: false })
    if (report.kind === 'hook-ended') {
      const index = this.#indexOf(report)
      if (index >= 0) this.#running.splice(index, 1)
    }
  }

  seeWaiting(hook: RunOfHook): void {
    const run = this.#running[this.#indexOf(hook)]
    if (run) run.waits = true
  }

  /**
   * The hook that holds the process when it takes no more turns, as far as it can be told from outside. Beyond doubt while one is in its first stretch,
   * up to the promise that it hands back: of several such, the last, which the others called. After that it may be any that waits, or what one
   * left behind: a single one is taken for it, of several none. Better no name than a wrong one.
   */
  get last(): Started | undefined {
    const atWork = this.#running.findLast(run => !run.waits)
    return (atWork ?? (this.#running.length === 1 ? this.#running[0] : undefined))?.started
  }

  get none(): boolean {
    return this.#running.length === 0
  }

  clear(): void {
    this.#running = []
  }

  #indexOf(hook: RunOfHook): number {
    return this.#running.findLastIndex(
      ({ started }) => started.place.file === hook.place.file && started.hookType === hook.hookType && started.eventId === hook.eventId
    )
  }
}
