import type { Change } from './entry.ts'
import type { Story } from './story.ts'

/** What became of a change, and for how long a kept one lasts (R6.4, R6.8, R6.10, R6.11). */
export interface StateChange extends Change {
  fate: 'kept' | 'discarded' | 'leaking' | 'pending'
  lasts?: 'visitor' | 'session' | 'flow' | 'never' | 'event'
  /** Botpress changed it for its own purposes; no hook did. */
  own?: boolean
}

/** What Botpress itself keeps in the state: the position in the flow, slots, workflows, the last messages (R6.2, R6.9). */
const OWN = /^state\.(?:context|__stacktrace|session\.(?:slots|workflows|currentWorkflow|lastMessages))(?:[.[]|$)/

/** What the stock hook notes of a visit, and never saves (R19.9). */
const OF_VISIT = /^state\.user\.(?:timezone|language)$/

/** Whether nobody but Botpress made this change of an event. */
export function isOwn(change: Change, story: Story): boolean {
  if (story.received?.type === 'visit' && OF_VISIT.test(change.path)) return true
  if (!OWN.test(change.path)) return false
  return !story.entries.some(entry => entry.kind === 'hook-ended' && entry.changes.some(made => made.path === change.path))
}

/** By the first part of the path below `state`. */
const LASTS: Record<string, NonNullable<StateChange['lasts']>> = {
  user: 'visitor',
  session: 'session',
  context: 'flow',
  temp: 'flow',
  bot: 'never'
}

/** In words, for badges. */
export const LASTS_TEXT: Record<NonNullable<StateChange['lasts']>, string> = {
  visitor: 'stays with the visitor',
  session: 'ends with the session (30 idle minutes, or a new conversation)',
  flow: 'ends with the flow',
  never: 'is never saved',
  event: 'belongs to this event only'
}

/**
 * Changes of an event with their fate, in the order of the trace; the last account of a path wins. Changes of hooks of which nothing has been
 * said yet are `pending` while the event is being processed, `discarded` afterwards.
 */
export function stateChangesOf(story: Story): StateChange[] {
  const changes = new Map<string, StateChange>()
  const put = (change: Change, fate: StateChange['fate']) => {
    const known = changes.get(change.path)
    const before = known && 'before' in known ? known.before : change.before
    const lasts = lastsOf(change.path)
    const own = isOwn(change, story)
    changes.set(change.path, { ...change, ...(before !== undefined && { before }), fate, ...(lasts && { lasts }), ...(own && { own }) })
  }
  for (const entry of story.entries) {
    if (!('eventId' in entry) || entry.eventId !== story.eventId) continue
    if (entry.kind === 'hook-ended') for (const change of entry.changes) put(change, 'pending')
    if (entry.kind === 'state-saved') for (const change of entry.changes) put(change, 'kept')
    if (entry.kind !== 'state-discarded') continue
    for (const change of entry.changes) put(change, 'discarded')
    for (const leak of entry.leaks) put(leak, 'leaking')
  }
  const settled = story.ended || story.stopped !== undefined
  return [...changes.values()].map(change => {
    if (change.fate !== 'pending' || !settled) return change
    // A path below one that was accounted for shares its fate; a payload never outlives its event.
    const parent = parentOf(change.path, changes)
    return { ...change, fate: parent?.fate ?? 'discarded' }
  })
}

function parentOf(path: string, changes: Map<string, StateChange>): StateChange | undefined {
  for (const other of changes.values()) {
    if (other.fate !== 'pending' && (path.startsWith(`${other.path}.`) || other.path.startsWith(`${path}.`))) return other
  }
  return undefined
}

function lastsOf(path: string): StateChange['lasts'] {
  const [first, second] = path.split(/[.[]/)
  if (first !== 'state') return 'event'
  return second === undefined ? undefined : LASTS[second]
}
