import type { TraceEntry } from '../../src/trace/entry.ts'
import { recorded } from '../../test/panel/recorded.ts'

/** At least so many entries: visits as people live them, one after the other, each with events of its own. */
export function longTrace(least: number): TraceEntry[] {
  const visit = recorded()
  const last = visit.at(-1)!.at - visit[0]!.at + 60_000
  const entries: TraceEntry[] = []
  for (let round = 0; entries.length < least; round++) {
    const own = (id: string | undefined) => (id === undefined ? {} : { eventId: `${id}-${round}` })
    for (const entry of visit) {
      const named = entry as TraceEntry & {
        eventId?: string
        incomingEventId?: string
        during?: string
        pageId?: string
        visitorId?: string
      }
      entries.push({
        ...named,
        ...own(named.eventId),
        ...(named.incomingEventId !== undefined && { incomingEventId: `${named.incomingEventId}-${round}` }),
        ...(named.during !== undefined && { during: `${named.during}-${round}` }),
        ...(named.pageId !== undefined && { pageId: `${named.pageId}-${round}` }),
        ...(named.visitorId !== undefined && { visitorId: `visitor-${round}` }),
        at: entry.at + round * last,
        seq: entries.length + 1
      } as TraceEntry)
    }
  }
  return entries
}
