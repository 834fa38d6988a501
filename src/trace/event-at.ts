import type { Change, TraceEntry } from './entry.ts'
import { type StateChange, stateChangesOf } from './state.ts'
import type { Story } from './story.ts'

/**
 * The event's object as code sees it at a moment of its way: as it was received, with the state that was loaded, and with what hooks had changed up to
 * the entry `seq`. Without `seq`, as the first hook saw it. Undefined for what is no event.
 */
export function eventAt(story: Story, seq?: number): Record<string, unknown> | undefined {
  const { received } = story
  if (!received) return undefined
  const { eventId, type, channel, direction, botId, target, threadId, payload, preview } = received
  const loaded = story.entries.find(entry => entry.kind === 'state-loaded' && entry.eventId === story.eventId)
  const event: Record<string, unknown> = {
    id: eventId,
    type,
    payload,
    ...(preview !== undefined && { preview }),
    channel,
    direction,
    botId,
    target,
    ...(threadId !== undefined && { threadId }),
    ...(loaded?.kind === 'state-loaded' && { state: loaded.state })
  }
  if (seq === undefined) return event
  const changes = story.entries.filter(entry => entry.seq <= seq).flatMap(entry => changesOf(entry, story))
  if (changes.length === 0) return event
  const copy = structuredClone(event)
  for (const change of changes) put(copy, change)
  return copy
}

/** What a step changed, each with what became of it in the end. */
export function changesAt(story: Story, seq: number): StateChange[] {
  const entry = story.entries.find(entry => entry.seq === seq)
  const ending =
    entry?.kind === 'hook-started'
      ? story.entries.find(
          other =>
            other.kind === 'hook-ended' &&
            other.seq > seq &&
            other.place.file === entry.place.file &&
            other.hookType === entry.hookType &&
            other.eventId === entry.eventId
        )
      : entry
  if (!ending || !('changes' in ending)) return []
  const fates = new Map(stateChangesOf(story).map(change => [change.path, change]))
  return ending.changes.map(change => ({ fate: 'pending', ...fates.get(change.path), ...change }))
}

function changesOf(entry: TraceEntry, story: Story): Change[] {
  return entry.kind === 'hook-ended' && entry.eventId === story.eventId ? entry.changes : []
}

/** `state.session["x-id"][0]` in parts. */
function partsOf(path: string): string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(([, quoted, index, name]) =>
    quoted !== undefined ? (JSON.parse(`"${quoted}"`) as string) : (index ?? name ?? '')
  )
}

function put(object: Record<string, unknown>, change: Change): void {
  const parts = partsOf(change.path)
  const last = parts.pop()
  if (last === undefined) return
  let at: Record<string, unknown> = object
  for (const part of parts) {
    // Names that would reach beyond the object are not followed.
    if (part === '__proto__') return
    const next = Object.hasOwn(at, part) ? at[part] : undefined
    if (typeof next !== 'object' || next === null) at[part] = {}
    at = at[part] as Record<string, unknown>
  }
  if (last === '__proto__') return
  if ('after' in change) at[last] = change.after
  else delete at[last]
}
