import type { EntryOf } from '../entry.ts'
import { groupBy } from '../group.ts'
import { baseName, count, duration, sentence } from '../words.ts'
import type { FindingRow, Found } from './finding.ts'

/** What scripts meant to do later went with the process in which their timers were. */
export const TIMERS_LOST: FindingRow = {
  id: 'hook-timers-lost',
  tone: 'warning',
  title: 'Timers lost by a restart',
  rules: ['R3.9', 'S51', 'BPH022'],
  find: ({ entries }) => {
    const pending = new Map<number, EntryOf<'script-timer'>>()
    return entries.flatMap<Found>(entry => {
      if (entry.kind === 'script-timer') {
        // What is set while the server starts is set again by the next start.
        if (entry.what === 'set' && entry.eventId !== undefined) pending.set(entry.id, entry)
        else pending.delete(entry.id)
      }
      if (entry.kind !== 'engine-stopped') return []
      const lost = [...pending.values()].filter(({ due, every }) => every !== undefined || due > entry.at)
      pending.clear()
      return groupBy(lost, ({ hook, place }) => `${hook} ${place?.file}:${place?.line}`).map(timers => {
        const [first] = timers as [EntryOf<'script-timer'>]
        const who = first.hook === undefined ? 'a script' : baseName(first.hook)
        const when = first.every === undefined ? `was to come in ${duration(first.due - entry.at)}` : `came every ${duration(first.every)}`
        return {
          says: [
            `${sentence(count(timers.length, 'timer'))} of ${who} ${timers.length > 1 ? 'were set' : when} when the server ended: what it was to do does not happen.`
          ],
          todo: [
            'Store when something is due (`bp.kvs`), and let a hook in after_server_start look for what is due, also for what is overdue.'
          ],
          seqs: [...timers.map(({ seq }) => seq), entry.seq],
          places: timers.map(({ place }) => place)
        }
      })
    })
  }
}
