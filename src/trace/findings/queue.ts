import type { Story } from '../story.ts'
import { count, duration, sentence } from '../words.ts'
import type { FindingRow, Found } from './finding.ts'

/** Events that never end, with all that waits behind them. */
export const QUEUE_LOCKED: FindingRow = {
  id: 'queue-locked',
  tone: 'error',
  title: 'Queue locked',
  rules: ['R3.10', 'R7.3', 'G13', 'BPH019', 'S39'],
  find: ({ index }) => {
    const waiting = new Map<Story, Story[]>()
    for (const story of index.stories) {
      if (!story.behind || story.started) continue
      const own = waiting.get(story.behind)
      if (own) own.push(story)
      else waiting.set(story.behind, [story])
    }
    return index.stories.flatMap<Found>(story => {
      if (!story.stuck || story.ended) return []
      const stuck = story.entries.find(entry => entry.kind === 'event-stuck')
      if (stuck?.kind !== 'event-stuck') return []
      const behind = allBehind(story, waiting)
      const waits =
        behind.length > 0
          ? ` ${sentence(count(behind.length, 'event'))} of this visitor ${behind.length === 1 ? 'waits' : 'wait'} behind it.`
          : ''
      return [
        {
          says: [
            `${stuck.hook ?? 'A hook'} had not finished after ${duration(stuck.ms)}; on the real server it never does.${waits}`,
            'Other visitors are served; only a restart frees this one.'
          ],
          todo: ['See to it that the promise which the hook returns always settles: answer every callback, give every request a timeout.'],
          seqs: [stuck.seq, ...behind.map(other => other.id)],
          places: [stuck.place]
        }
      ]
    })
  }
}

/** Each waits for the one before it. */
function allBehind(story: Story, waiting: ReadonlyMap<Story, Story[]>): Story[] {
  const all = [...(waiting.get(story) ?? [])]
  // The list grows while it is read.
  for (const other of all) all.push(...(waiting.get(other) ?? []))
  return all
}
