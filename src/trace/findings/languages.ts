import type { EntryOf } from '../entry.ts'
import { languageOf } from '../language.ts'
import { chatText } from '../step-table.ts'
import { quote } from '../words.ts'
import type { FindingRow, Found } from './finding.ts'

/** Messages further apart are no pair, ms. */
const PAIR_MS = 10_000

/** Two messages in a row to one visitor that are certainly in different languages. */
export const TWO_LANGUAGES: FindingRow = {
  id: 'two-languages',
  tone: 'warning',
  title: 'Two languages at once',
  rules: ['R13.6', 'S18'],
  find: ({ entries }) => {
    const last = new Map<string, { entry: EntryOf<'chat-received'>; text: string; language: string }>()
    const origins = new Map<string, EntryOf<'event-received'>>()
    const told = new Set<string>()
    const found: Found[] = []
    for (const entry of entries) {
      if (entry.kind === 'visitor-changed' && entry.what === 'language') last.delete(entry.visitorId)
      if (entry.kind === 'event-received') origins.set(entry.eventId, entry)
      if (entry.kind !== 'chat-received' || entry.by !== 'bot' || entry.what !== 'message') continue
      const text = chatText(entry.payload)
      const language = text === undefined ? undefined : languageOf(text)
      if (text === undefined || language === undefined) continue
      const before = last.get(entry.visitorId)
      last.set(entry.visitorId, { entry, text, language })
      if (!before || before.language === language || entry.at - before.entry.at > PAIR_MS) continue
      const key = `${before.text}\n${text}`
      if (told.has(key)) continue
      told.add(key)
      found.push({
        says: [`The visitor read ${quote(before.text, 48)} (${before.language}) and then ${quote(text, 48)} (${language}).`],
        todo: [
          'Give `event` to `renderElement` (or to `say` of the flow), which then takes the visitor’s language, and translate every element; without `event` the bot’s default language is used.'
        ],
        seqs: [before.entry.seq, entry.seq],
        places: [before.entry, entry].map(({ eventId }) => origins.get(eventId ?? '')?.from.place)
      })
    }
    return found
  }
}
