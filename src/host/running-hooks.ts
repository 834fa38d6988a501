import type { EntryOf, Report } from '../trace/entry.ts'

type Started = Omit<EntryOf<'hook-started'>, 'seq'>

/** Reads off the trace which hooks have started and not ended, the last one last. */
export class RunningHooks {
  #running: Started[] = []
  /** Events that were found stuck: their hooks wait, and others get their turn. */
  #stuck = new Set<string>()

  see(report: Report): void {
    // Another life of the engine: what ran in the one before is nobody's concern.
    if (report.kind === 'engine-started') this.clear()
    if (report.kind === 'hook-started') this.#running.push(report)
    if (report.kind === 'event-stuck') this.#stuck.add(report.eventId)
    if (report.kind === 'hook-ended') {
      const index = this.#running.findLastIndex(
        hook => hook.place.file === report.place.file && hook.hookType === report.hookType && hook.eventId === report.eventId
      )
      if (index >= 0) this.#running.splice(index, 1)
      if (report.eventId !== undefined) this.#stuck.delete(report.eventId)
    }
  }

  /**
   * The hook that holds the process when it takes no more turns: of several, the one that began last.
   * One that has long been waiting is named only when there is no other; of two such, neither: better no name than a wrong one.
   */
  get last(): Started | undefined {
    const atWork = this.#running.findLast(hook => hook.eventId === undefined || !this.#stuck.has(hook.eventId))
    return atWork ?? (this.#running.length === 1 ? this.#running[0] : undefined)
  }

  get none(): boolean {
    return this.#running.length === 0
  }

  clear(): void {
    this.#running = []
    this.#stuck.clear()
  }
}
