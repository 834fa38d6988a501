import type { CallResult, EngineCall } from '../protocol/engine.ts'
import type { PendingCall } from './engine-process.ts'
import { type Fates, inputOf, isOf, type WaitingEvents } from './waiting-events.ts'

/** Calls that the host may make again in the next process when the last one never answered. */
const REPEATABLE: readonly EngineCall[] = [
  'send',
  'webchat',
  'changed',
  'socket',
  'forget',
  'settle',
  'faults',
  'readState',
  'nextDue',
  'renew',
  'media'
]

/** What an engine that ended leaves to the one that takes over. */
export interface Legacy {
  /** Calls that it never answered. */
  calls: PendingCall[]
  /** Events that it had queued and not begun. */
  events: Fates['again']
  /** The event whose hook ended it, if it was one. */
  by: string | undefined
}

/**
 * Gives the next engine what the last one had not begun, and answers those who still wait for the last one.
 *
 * @param ask asks the next engine
 * @param stopped what is said of calls that cannot be made again
 */
export function handOver(
  { calls, events, by }: Legacy,
  waiting: WaitingEvents,
  ask: (name: EngineCall, params: unknown) => Promise<unknown>,
  stopped: Error
): void {
  for (const event of events) {
    ask('requeue', inputOf(event)).then(
      again => waiting.sentAgain(event, (again as CallResult<'requeue'>).eventId, by),
      () => {}
    )
  }
  for (const call of calls) {
    const { call: name, params } = call
    // Its event was queued already, and is sent again by itself.
    const isQueued = events.some(event => isOf(event, name, params))
    if (isQueued) call.resolve(name === 'webchat' ? { status: 200, body: {} } : { eventId: '' })
    else if (REPEATABLE.includes(name)) ask(name, params).then(call.resolve, call.reject)
    else call.reject(stopped)
  }
}
