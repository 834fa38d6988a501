import type { EntryOf, Report } from '../trace/entry.ts'

type Started = Omit<EntryOf<'hook-started'>, 'seq'>

/** Reads off the trace which hooks have started and not ended, the last one last. */
export class RunningHooks {
  #running: Started[] = []

  see(report: Report): void {
    if (report.kind === 'hook-started') this.#running.push(report)
    if (report.kind === 'hook-ended') {
      const index = this.#running.findLastIndex(
        hook => hook.place.file === report.place.file && hook.hookType === report.hookType && hook.eventId === report.eventId
      )
      if (index >= 0) this.#running.splice(index, 1)
    }
  }

  /** The hook that holds the process when it takes no more turns: of several, the one that began last. */
  get last(): Started | undefined {
    return this.#running.at(-1)
  }

  clear(): void {
    this.#running = []
  }
}
