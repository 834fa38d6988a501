import { sep } from 'node:path'
import { locateHook } from '../botpress/hook-path.ts'
import type { Witness } from '../protocol/witness.ts'
import type { EntryOf } from '../trace/entry.ts'
import type { RunningHooks } from './running-hooks.ts'

/** Whose code a process was running when it was stopped or ended: `folder/file` of a hook, the line, the event. Empty where nobody is to be named. */
export type Culprit = Pick<EntryOf<'engine-stopped'>, 'hook' | 'place' | 'during'>

/** As far as it could be seen from outside. For processes that could not be asked, or ended before they were. */
export function culpritByTrace({ last }: RunningHooks): Culprit {
  return last ? { hook: `${last.hookType}/${last.name}`, place: last.place, during: last.eventId } : {}
}

/** As the process itself says, with the line that it was at. */
export function culpritByWitness({ script, eventId, frames }: Witness, root: string): Culprit {
  if (script) {
    const { file, name, hookType } = script
    const place = frames.find(frame => frame.file === file) ?? { file }
    return { hook: hookType && `${hookType}/${name}`, place, during: eventId }
  }
  // What a hook left in an event (a getter, a `toJSON`) may be at work while no hook is.
  const own = frames.filter(({ file }) => file.startsWith(root + sep))
  for (const place of own) {
    const hook = locateHook(place.file)
    if (hook) return { hook: `${hook.type.id}/${hook.relativePath}`, place, during: eventId }
  }
  return own[0] ? { place: own[0], during: eventId } : {}
}
