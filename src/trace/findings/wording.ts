import { chatText } from '../step-table.ts'
import { quote } from '../words.ts'
import type { FindingRow, Found } from './finding.ts'

/** Words that come from a program and not from an author. */
const RAW: readonly { pattern: RegExp; why: string }[] = [
  { pattern: /\[object \w+\]/, why: 'an object was put into the text' },
  { pattern: /\b(?:undefined|NaN)\b/, why: 'a value was missing' },
  { pattern: /(?:^|[,:]\s*)null\b|\bnull\s*[,.!?]*$/, why: 'a value was missing' },
  { pattern: /\{\{[^}]*\}\}|\$\{[^}]*\}/, why: 'a placeholder was not filled' },
  { pattern: /\b(?:\w*Error: |ECONN\w+|ETIMEDOUT|ENOTFOUND|at \S+ \(.+:\d+:\d+\))/, why: 'it shows an error of the program' }
]

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
      const raw = text === undefined ? undefined : RAW.find(({ pattern }) => pattern.test(text))
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
