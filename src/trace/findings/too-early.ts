import { PHASE_LATER } from '../causes/page.ts'
import type { EntryOf } from '../entry.ts'
import { groupBy } from '../group.ts'
import { count, quote } from '../words.ts'
import type { FindingRow } from './finding.ts'

/** Events that never left the browser because the chat was not ready, each line of a page told once. */
export const SENT_TOO_EARLY: FindingRow = {
  id: 'sent-before-ready',
  tone: 'error',
  title: 'Sent before ready',
  rules: ['R20.6', 'R21.6', 'G3', 'S03', 'S04', 'S05'],
  find: ({ entries }) => {
    const calls = entries.filter(
      (entry): entry is EntryOf<'page-sent'> => entry.kind === 'page-sent' && entry.via !== 'widget' && entry.fate !== 'handled'
    )
    return groupBy(calls, ({ type, place }) => `${type}\n${place?.file}\n${place?.line}`).flatMap(sent => {
      const dropped = sent.filter(entry => entry.fate === 'dropped')
      const first = dropped[0]
      if (!first) return []
      return [
        {
          says: [
            `${sent.length - dropped.length} of ${sent.length} ${quote(first.type ?? '(no type)')} delivered: ${count(dropped.length, 'event')} never left the browser, because the chat was not ready (${[...new Set(dropped.map(entry => entry.phase))].join(', ')}).`
          ],
          todo: ['Send it when the page receives `webchatReady`.'],
          rules: [...new Set(dropped.flatMap(entry => PHASE_LATER[entry.phase] ?? []))],
          seqs: dropped.map(entry => entry.seq),
          places: dropped.map(entry => entry.place)
        }
      ]
    })
  }
}
