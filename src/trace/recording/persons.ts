import type { TraceEntry } from '../entry.ts'
import { TraceIndex } from '../trace-index.ts'

/**
 * Who is who. One person at a page may be several visitors to the server (a new session, a scope for each chat), and the engine knows each of them by a
 * user id of its own. What is recorded is what the person did.
 */
export class Persons {
  /** The first visitor id of a person, by any other id. */
  readonly #same = new Map<string, string>()

  constructor(entries: readonly TraceEntry[]) {
    const owners = new Map<string, string>()
    const pages = new Map<string, string>()
    /** Visitors whose page is about to load anew. */
    let loading: { visitorId: string; page: string } | undefined
    for (const entry of entries) {
      if (entry.kind === 'page-loaded') {
        if (loading && !pages.has(entry.visitorId) && loading.page === entry.page) this.#join(entry.visitorId, loading.visitorId)
        loading = undefined
        owners.set(entry.pageId, entry.visitorId)
        pages.set(entry.visitorId, entry.page)
      } else if (entry.kind === 'page-gesture' || entry.kind === 'page-sent' || entry.kind === 'page-posted') {
        const owner = owners.get(entry.pageId)
        if (owner !== undefined) this.#join(entry.visitorId, owner)
        if (entry.kind === 'page-gesture' && entry.gesture.do === 'reload') loading = { visitorId: entry.visitorId, page: entry.page }
      }
    }
    this.#meet(entries)
  }

  /** @param id of a visitor, or of the engine's user */
  of(id: string): string {
    return this.#same.get(id) ?? id
  }

  /** Where both ids of a visitor are told: at what the page sent and became an event, at what was said and reached a chat. */
  #meet(entries: readonly TraceEntry[]): void {
    const targets = new Map<string, string>()
    const index = new TraceIndex()
    index.append(entries)
    for (const { received, sent } of index.stories) if (received && sent) this.#join(received.target, sent.visitorId)
    for (const entry of entries) {
      if (entry.kind === 'event-received') targets.set(entry.eventId, entry.target)
      const target = entry.kind === 'chat-received' ? targets.get(entry.eventId ?? '') : undefined
      if (entry.kind === 'chat-received' && target !== undefined) this.#join(target, entry.visitorId)
    }
  }

  #join(id: string, other: string): void {
    const first = this.of(other)
    if (id !== first && !this.#same.has(id)) this.#same.set(id, first)
  }
}
