import { nodeName } from '../causes/cause.ts'
import type { EntryOf } from '../entry.ts'
import { originName } from '../facts.ts'
import { isVisitorsWord } from '../story.ts'
import { count, quote, textOf, who } from '../words.ts'
import { capturedByBots, openQuestionsOfBots } from './bots.ts'
import type { FindingRow, Found, Run } from './finding.ts'

/** A flow took the answer that another message had asked for. */
export const ANSWER_CAPTURED: FindingRow = {
  id: 'answer-captured',
  tone: 'warning',
  title: 'Answer captured by another dialog',
  rules: ['R7.12', 'BPH033', 'S31'],
  find: run => [...capturedByFlows(run), ...capturedByBots(run)]
}

const capturedByFlows = ({ index }: Run): Found[] =>
  index.stories.flatMap<Found>(story => {
    const { interrupted, received } = story
    if (!interrupted || !received) return []
    const answer = textOf(received.payload)
    return [
      {
        says: [
          `The visitor answered ${answer ? quote(answer, 40) : 'something'} after ${quote(interrupted.said.text, 48)} from ${originName(interrupted.said.from)}, but node ${nodeName(interrupted.question)} took it as the answer to its own question.`
        ],
        todo: [
          'Decide what comes first: let the hook wait while a flow waits (`event.state.context.currentNode`), or jump to a flow of its own that asks and comes back.'
        ],
        seqs: [interrupted.question.seq, interrupted.said.seq, received.seq],
        places: [interrupted.said.from.place]
      }
    ]
  })

/** Questions that hooks asked while another was open: whatever the visitor says next answers only one of them. */
export const OPEN_QUESTIONS: FindingRow = {
  id: 'open-questions',
  tone: 'warning',
  title: 'Two questions at once',
  rules: ['S32', 'BPH033'],
  find: run => [...openQuestionsOfHooks(run), ...openQuestionsOfBots(run)]
}

function openQuestionsOfHooks({ entries, index }: Run): Found[] {
  const open = new Map<string, EntryOf<'event-received'>[]>()
  const waiting = new Map<string, EntryOf<'dialog-waits'>>()
  const origins = new Map<string, EntryOf<'event-received'>>()
  const found: Found[] = []
  for (const entry of entries) {
    if (entry.kind === 'event-received') {
      origins.set(entry.eventId, entry)
      const key = conversationOf(entry)
      if (entry.direction === 'incoming' && isVisitorsWord(entry)) open.delete(key)
      if (entry.direction !== 'outgoing' || entry.from.by !== 'hook' || !asks(entry)) continue
      const cause = index.storyAt(entry.seq)?.received
      if (!cause || isVisitorsWord(cause)) continue
      const before = open.get(key) ?? []
      open.set(key, [...before, entry].slice(-MOST_OPEN))
      const wait = waiting.get(key)
      if (before.length === 0 && !wait) continue
      const asked = [...before, entry]
      found.push({
        says: [
          before.length > 0
            ? `${count(asked.length, 'question')} of hooks stand open at once, the last ${quote(textOf(entry.payload) ?? '', 48)} by ${who(entry.from)}.`
            : `${quote(textOf(entry.payload) ?? '', 48)} by ${who(entry.from)} asks something while the flow waits at node ${nodeName(wait!)}.`,
          'The visitor’s next words answer only one of them.'
        ],
        todo: ['Ask only when nothing else waits for an answer, or let the newest question take the place of the one before.'],
        seqs: [...(wait ? [wait.seq] : []), ...asked.map(one => one.seq)],
        places: asked.map(one => one.from.place)
      })
    }
    if (entry.kind === 'dialog-waits' || entry.kind === 'dialog-ended' || entry.kind === 'dialog-entered') {
      const cause = origins.get(entry.eventId)
      if (!cause) continue
      if (entry.kind === 'dialog-waits') waiting.set(conversationOf(cause), entry)
      else waiting.delete(conversationOf(cause))
    }
  }
  return found
}

/** So many open questions of a conversation are told of at most. */
const MOST_OPEN = 5

const asks = (reply: EntryOf<'event-received'>) => /[?？¿]\s*$/.test(textOf(reply.payload) ?? '')

const conversationOf = (event: EntryOf<'event-received'>) => `${event.botId}\n${event.channel}\n${event.target}\n${event.threadId ?? ''}`
