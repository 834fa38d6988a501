import { explainRepeat } from './causes/remarks.ts'
import type { TraceEntry } from './entry.ts'
import type { Said } from './story.ts'
import { TraceIndex } from './trace-index.ts'

/** The same proactive text, delivered more than once to one visitor (G9, BPH006, S11). */
export interface RepeatFinding {
  text: string
  visitorId: string
  count: number
  /** `seq` of each `chat-received` entry, oldest first, and the events on whose grounds it was said. */
  seqs: number[]
  eventIds: string[]
  sentence: string
  rules: string[]
}

/** What was said again without the visitor having said anything in reply to it: words of the visitor that a bot answers alike are no repeats. */
export function repeatsOf(source: readonly TraceEntry[] | TraceIndex): RepeatFinding[] {
  const index = source instanceof TraceIndex ? source : new TraceIndex()
  if (!(source instanceof TraceIndex)) index.append(source)
  return index.repeats.map(({ text, said }) => finding(text, said))
}

function finding(text: string, said: readonly Said[]): RepeatFinding {
  return {
    text,
    visitorId: said[0]!.visitorId,
    count: said.length,
    seqs: said.map(one => one.seq),
    eventIds: [...new Set(said.map(one => one.story.eventId ?? ''))],
    sentence: explainRepeat({ text, said }).join(' '),
    rules: ['G9', 'R6.9', 'BPH006', 'S11']
  }
}
