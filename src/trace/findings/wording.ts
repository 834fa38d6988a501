import { rawWordsIn } from '../raw-words.ts'
import { chatText } from '../step-table.ts'
import { quote } from '../words.ts'
import type { FindingRow, Found } from './finding.ts'

/** Texts that the visitor read and nobody wrote. */
export const RAW_WORDS: FindingRow = {
  id: 'raw-words',
  tone: 'error',
  title: 'Raw words reached the visitor',
  rules: ['S17', 'S47'],
  find: ({ entries, index }) => {
    const told = new Set<string>()
    return entries.flatMap<Found>(entry => {
      if (entry.kind !== 'chat-received' || entry.by !== 'bot' || entry.what !== 'message') return []
      const text = chatText(entry.payload)
      const raw = text === undefined ? undefined : rawWordsIn(text)
      if (!raw || text === undefined || told.has(text)) return []
      told.add(text)
      const reply = index
        .storyAt(entry.seq)
        ?.entries.find(other => other.kind === 'event-received' && other.direction === 'outgoing' && other.eventId === entry.eventId)
      return [
        {
          says: [`The visitor read ${quote(text, 80)}: ${raw.why}.`],
          todo: ['Give every value that goes into a text a neutral stand-in, and tell errors in words of your own.'],
          seqs: [entry.seq],
          places: [reply?.kind === 'event-received' ? reply.from.place : undefined]
        }
      ]
    })
  }
}
