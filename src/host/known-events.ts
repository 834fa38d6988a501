import type { PanelState } from '../protocol/panel.ts'
import type { TraceEntry } from '../trace/entry.ts'
import type { Page } from './pages.ts'
import { pathBelow } from './workspace.ts'

type KnownEvent = PanelState['knownEvents'][number]

/** Worth offering wherever nothing else is known: the type of all examples, as a page sends it (R22.2). */
const USUAL: KnownEvent = {
  type: 'proactive-trigger',
  payload: { type: 'proactive-trigger', payload: { type: 'proactive-trigger', channel: 'web', payload: { text: 'fake message' } } },
  from: 'the usual example'
}

/** Event types to offer, each once: those received in this run (latest payload), then those that pages send, then the usual one. */
export class KnownEvents {
  #received = new Map<string, KnownEvent>()

  /** Returns whether there is something new to offer. */
  see(entries: readonly TraceEntry[]): boolean {
    let isNew = false
    for (const entry of entries) {
      if (entry.kind !== 'event-received' || entry.direction !== 'incoming' || entry.type === 'visit') continue
      this.#received.delete(entry.type)
      this.#received.set(entry.type, { type: entry.type, payload: entry.payload, from: 'this run' })
      isNew = true
    }
    return isNew
  }

  list(base: string, pages: readonly Page[]): KnownEvent[] {
    const known = [...this.#received.values()].reverse()
    const offer = (event: KnownEvent) => {
      if (!known.some(other => other.type === event.type)) known.push(event)
    }
    for (const page of pages) {
      for (const { type, payload, file, line } of page.events) offer({ type, payload, from: `${pathBelow(base, file)}:${line}` })
    }
    offer(USUAL)
    return known
  }
}
