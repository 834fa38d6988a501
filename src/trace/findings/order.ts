import { factsOf } from '../facts.ts'
import type { Story } from '../story.ts'
import { duration, quote } from '../words.ts'
import type { FindingRow, Found } from './finding.ts'

/** Events closer than this (ms) may arrive in either order on a real line. */
const NEAR = 50

/** Two events of one visitor so close that a real line may turn them round, and both move or read what the other moves. */
export const ORDER_MATTERS: FindingRow = {
  id: 'order-matters',
  tone: 'warning',
  title: 'Outcome may depend on the order',
  rules: ['S09', 'R7.3'],
  find: ({ index }) => {
    const last = new Map<string, Story>()
    const found: Found[] = []
    const told = new Set<string>()
    for (const story of index.stories) {
      const { received } = story
      if (!received || story.direction !== 'incoming' || story.parent) continue
      const key = `${received.botId}\n${received.channel}\n${received.target}`
      const before = last.get(key)
      last.set(key, story)
      if (!before?.received || received.at - before.received.at > NEAR || before.received.type === received.type) continue
      const names = `${before.received.type}\n${received.type}`
      if (told.has(names) || followed(before, story) || !moves(before) || !moves(story)) continue
      told.add(names)
      found.push({
        says: [
          `${quote(before.received.type)} and ${quote(received.type)} arrived ${duration(received.at - before.received.at)} apart, and both moved the flow, the state or the chat.`,
          'On a real line either may come first.'
        ],
        todo: ['Play it in the other order (Trouble: turn the order round) and compare the two runs.'],
        seqs: [before.id, story.id]
      })
    }
    return found
  }
}

/** On a clock that stands still what came after the end of another was not on the line together with it, however close the times are. */
function followed(before: Story, story: Story): boolean {
  const end = before.entries.findLast(entry => entry.kind === 'event-ended' && entry.eventId === before.eventId)
  return end !== undefined && end.at === story.entries[0]!.at && end.seq < story.entries[0]!.seq
}

/** Whether an event did something that another one may see. */
function moves(story: Story): boolean {
  const facts = factsOf(story)
  return facts.entered.length > 0 || facts.replies.length > 0 || facts.saved.some(saved => saved.changes.length > 0)
}
