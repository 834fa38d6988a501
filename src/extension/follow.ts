import type { EntryOf, TraceEntry } from '../trace/entry.ts'
import type { TraceLog } from '../trace/log.ts'
import { samePath } from './places.ts'

/** What became of an event, as far as the trace says it. */
export interface Followed {
  readonly received: EntryOf<'event-received'> | undefined
  /** Whether the hook in question was started for it, or for something it caused. */
  readonly hookRan: boolean
  readonly end: 'ended' | 'stuck' | 'stopped' | 'rejected' | 'gone'
}

/**
 * Follows the next incoming event of a type until it ends, sticks, is refused or the engine stops. Start it before the event is sent.
 *
 * @param hook absolute path of the hook whose start matters
 * @param onReceived is called once, when the event reaches the engine
 */
export function followEvent(
  trace: TraceLog,
  type: string,
  hook: string | undefined,
  onReceived: (entry: EntryOf<'event-received'>) => void = () => {}
): { done: Promise<Followed>; stop(): void } {
  let received: EntryOf<'event-received'> | undefined
  let hookRan = false
  let finish: (end: Followed['end']) => void = () => {}
  const read = (entry: TraceEntry): void => {
    if (entry.kind === 'event-received' && !received && entry.direction === 'incoming' && entry.type === type) {
      received = entry
      onReceived(entry)
    } else if (entry.kind === 'event-rejected' && !received && entry.type === type) finish('rejected')
    else if (entry.kind === 'page-sent' && !received && entry.type === type && entry.fate === 'dropped') finish('rejected')
    else if (entry.kind === 'engine-stopped') finish('stopped')
    else if (received && entry.kind === 'hook-started' && hook && samePath(entry.place.file, hook)) hookRan = true
    else if (received && entry.kind === 'event-ended' && entry.eventId === received.eventId && entry.outcome !== 'retried') finish('ended')
    else if (received && entry.kind === 'event-stuck' && entry.eventId === received.eventId) finish('stuck')
  }
  const leave = trace.subscribe(entries => entries.forEach(read))
  const done = new Promise<Followed>(resolve => {
    finish = end => {
      leave()
      resolve({ received, hookRan, end })
    }
  })
  return { done, stop: () => finish('gone') }
}
