import * as z from 'zod/mini'
import type { Origin, TraceEntry } from '../entry.ts'
import { savedSentences } from '../saved-files.ts'
import { chatPayload, chatText } from '../step-table.ts'
import type { TraceIndex } from '../trace-index.ts'
import { who } from '../words.ts'

/** One line of what was said. */
export const Turn = z.object({
  /** ms since 1970, of the run's clock. */
  at: z.number(),
  /** `files`: something was saved, of which `text` tells. */
  by: z.enum(['bot', 'visitor', 'page', 'author', 'files']),
  /** Absent for what concerns all. */
  visitorId: z.optional(z.string()),
  botId: z.optional(z.string()),
  conversationId: z.optional(z.string()),
  /** The tab or load of the page from which it came. */
  pageId: z.optional(z.string()),
  /** What can be read of it. */
  text: z.optional(z.string()),
  /** Of the payload, or of the event. */
  type: z.optional(z.string()),
  payload: z.optional(z.unknown()),
  /** `the hook greet.js`, `the flow main.flow.json#entry`. */
  from: z.optional(z.string()),
  /** The bot said it without having been asked. */
  unasked: z.optional(z.boolean())
})
export type Turn = z.infer<typeof Turn>

/** What was said in a run, and the events that pages and the author sent between. It can be written down, read again and played again. */
export const Transcript = z.object({
  format: z.literal('proactive-hooks-transcript'),
  version: z.literal(1),
  turns: z.array(Turn)
})
export type Transcript = z.infer<typeof Transcript>

/** Types of which the widget itself sees to it. */
const NOISE: ReadonlySet<string> = new Set(['visit', 'typing'])

/** @param entries in the order of the trace; `index` has taken exactly them in */
export function transcriptOf(entries: readonly TraceEntry[], index: TraceIndex): Transcript {
  const origins = new Map<string, Origin>()
  const turns: Turn[] = []
  for (const entry of entries) {
    if (entry.kind === 'event-received') {
      origins.set(entry.eventId, entry.from)
      if (entry.direction !== 'incoming' || (entry.from.by !== 'page' && entry.from.by !== 'author') || NOISE.has(entry.type)) continue
      const sent = index.storyOf(entry.eventId)?.sent
      turns.push({
        at: entry.at,
        by: entry.from.by,
        visitorId: sent?.visitorId ?? entry.target,
        botId: entry.botId,
        ...(entry.threadId !== undefined && { conversationId: entry.threadId }),
        ...(sent && { pageId: sent.pageId }),
        type: entry.type,
        payload: entry.payload
      })
    }
    if (entry.kind === 'file-saved') turns.push({ at: entry.at, by: 'files', text: savedSentences(entry.files).join(' ') })
    if (entry.kind !== 'chat-received' || (entry.what !== 'message' && entry.what !== 'data')) continue
    const story = index.storyAt(entry.seq)
    const from = entry.eventId === undefined ? undefined : origins.get(entry.eventId)
    const text = chatText(entry.payload)
    const payload = chatPayload(entry.payload)
    const type = (payload as { type?: unknown } | null | undefined)?.type
    turns.push({
      at: entry.at,
      by: entry.by,
      visitorId: entry.visitorId,
      botId: entry.botId,
      ...(entry.conversationId !== undefined && { conversationId: entry.conversationId }),
      ...(story?.sent && { pageId: story.sent.pageId }),
      ...(text !== undefined && { text }),
      ...(typeof type === 'string' && { type }),
      payload,
      ...(from && { from: who(from) }),
      ...(entry.by === 'bot' && index.isUnasked(entry.seq) && { unasked: true })
    })
  }
  return { format: 'proactive-hooks-transcript', version: 1, turns }
}

/** @throws SyntaxError or an error that says what is wrong, when the text is no transcript of ours */
export function readTranscript(text: string): Transcript {
  const parsed = Transcript.safeParse(JSON.parse(text))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(
    `This is no transcript of the simulator: ${issue?.path.join('.') || 'the whole'} ${issue?.message ?? 'is not as expected'}`
  )
}
