import type { EntryOf, Report } from '../trace/entry.ts'
import type { Fates } from './waiting-events.ts'

type Reason = EntryOf<'engine-stopped'>['reason']
type Stopped = Omit<EntryOf<'engine-stopped'>, 'kind' | 'seq' | 'real'>

/** What the real server would have done where our engine process was stopped or ended (R3.9, R3.11). It is one process for all bots and visitors. */
const ON_THE_REAL_SERVER: Record<Reason, string> = {
  'hook-limit':
    'On the real server nothing limits a hook (R3.11): as long as it gives nothing else a turn, the whole server is frozen, for every bot and every visitor, and for ever if it never ends.',
  exit: 'On the real server a hook that ends the process ends the whole server, with all its bots, until somebody starts it again.',
  memory: 'The real server would run out of memory too and go down with all its bots.',
  crash: 'The real server would crash too and go down with all its bots.',
  request: 'Nothing happens on the real server: this was asked for here.'
}

/** Of a reply that was queued or on its way out. */
const LOST = 'The engine ended before it was delivered. The real server keeps its queues in memory too and would not deliver it either.'

/** Of an event that a hook sent, and that would only stop the engine again. */
function notAgain(type: string): string {
  return `“${type}” is not sent again: it comes from an event that has stopped the engine, as the event from which that one came had done.`
}

/** What is told of an engine's end, and of what it had taken in and not finished. */
export function reportsOfEnd(stopped: Stopped, { lost, dropped }: Fates): Report[] {
  const { at, reason } = stopped
  return [
    { kind: 'engine-stopped', ...stopped, real: ON_THE_REAL_SERVER[reason] },
    ...lost.map(({ eventId }): Report => ({ kind: 'reply-lost', at, eventId, reason: LOST })),
    ...dropped.map(({ eventId, type }): Report => ({ kind: 'log', at, level: 'warn', logger: 'host', eventId, message: notAgain(type) }))
  ]
}
