import type { EntryOf, TraceEntry } from './entry.ts'
import type { Story } from './story.ts'

/** What of an entry can be pointed at where the visitor sees it. */
export interface Sight {
  /** Names of messages and bubbles; see `shownBy`. */
  messages: string[]
  /** A part of the page, by a CSS selector. */
  element?: { pageId: string; selector: string }
}

/** Names under which chats and pages know what an entry has put before the visitor: a message's id, a bubble's page and number. */
export function shownBy(entry: TraceEntry): string[] {
  switch (entry.kind) {
    case 'chat-received':
      return entry.what === 'message' ? [entry.messageId ?? entry.eventId ?? []].flat() : []
    case 'activity-to-bot':
    case 'activity-from-bot':
      return [entry.activityId]
    case 'bubbles-changed':
      return entry.bubbles.filter(({ state }) => state === 'drawn').map(({ id }) => bubbleName(entry.pageId, id))
    default:
      return []
  }
}

export const bubbleName = (pageId: string, id: number) => `${pageId} bubble ${id}`

/** The newest deed of somebody on a part of a page, told by any of these loads of it. */
export function deedOn(entries: readonly TraceEntry[], page: string, selector: string): EntryOf<'page-gesture'> | undefined {
  const fits = (entry: TraceEntry): entry is EntryOf<'page-gesture'> =>
    entry.kind === 'page-gesture' && entry.page === page && selectorOf(entry.gesture) === selector
  return entries.findLast(fits)
}

/** The parts of a page on which something was done, newest first, each once. */
export function partsOf(entries: readonly TraceEntry[], page: string): string[] {
  const parts = new Set<string>()
  for (const entry of entries.toReversed()) {
    const selector = entry.kind === 'page-gesture' && entry.page === page ? selectorOf(entry.gesture) : undefined
    if (selector !== undefined) parts.add(selector)
  }
  return [...parts]
}

/** The entry that first put something before the visitor. */
export function entryShowing(entries: readonly TraceEntry[], name: string): TraceEntry | undefined {
  return entries.find(entry => shownBy(entry).includes(name))
}

/** What belongs to an entry of a story: its own, or else what the story as a whole has put before the visitor. */
export function sightOf(entry: TraceEntry, story: Story): Sight {
  const selector = entry.kind === 'page-gesture' ? selectorOf(entry.gesture) : undefined
  if (entry.kind === 'page-gesture' && selector !== undefined) return { messages: [], element: { pageId: entry.pageId, selector } }
  const own = shownBy(entry)
  // The stories of a page hold all its bubbles; what is no bubble's entry is none's.
  const messages = own.length > 0 || story.kind === 'page' ? own : story.entries.flatMap(shownBy)
  return { messages: [...new Set(messages)] }
}

function selectorOf(gesture: EntryOf<'page-gesture'>['gesture']): string | undefined {
  if ('selector' in gesture) return gesture.selector
  return gesture.do === 'type' ? gesture.into : undefined
}
