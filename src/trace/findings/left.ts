import { chatText } from '../step-table.ts'
import { duration, quote } from '../words.ts'
import type { FindingRow, Found } from './finding.ts'

/** Replies to something that a page sent, which came when that page was gone. */
export const AFTER_LEAVING: FindingRow = {
  id: 'reply-after-leaving',
  tone: 'warning',
  title: 'Reply after the visitor left',
  rules: ['R21.11', 'S20'],
  find: ({ entries, index }) => {
    const found: Found[] = []
    /** When each page was left. */
    const left = new Map<string, number>()
    const current = new Map<string, string>()
    for (const entry of entries) {
      if (entry.kind === 'page-loaded') {
        const before = current.get(entry.visitorId)
        if (before !== undefined) left.set(before, entry.at)
        current.set(entry.visitorId, entry.pageId)
      }
      if (entry.kind !== 'chat-received' || entry.by !== 'bot' || entry.what !== 'message') continue
      const story = index.storyAt(entry.seq)
      const page = story?.sent?.pageId
      const at = page === undefined ? undefined : left.get(page)
      if (at === undefined || !story?.sent) continue
      found.push({
        says: [
          `${quote(chatText(entry.payload) ?? 'A message', 48)} came ${duration(entry.at - at)} after the visitor had left the page ${story.sent.page}, which had asked for it with ${quote(story.sent.type ?? '(no type)')}.`,
          entry.shown ? 'It was shown on another page, where it may mean nothing.' : 'Nobody saw it.'
        ],
        todo: ['Answer fast, or look again before speaking late: is the visitor still where the event came from?'],
        seqs: [story.id, entry.seq],
        places: [story.sent.place]
      })
    }
    return found
  }
}
