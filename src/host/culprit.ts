import { sep } from 'node:path'
import { locateHook } from '../botpress/hook-path.ts'
import type { Witness } from '../protocol/witness.ts'
import type { EntryOf } from '../trace/entry.ts'
import type { RunningHooks } from './running-hooks.ts'

/** Whose code a process was running when it was stopped or ended: `folder/file` of a hook, the line, the event. Empty where nobody is to be named. */
export type Culprit = Pick<EntryOf<'engine-stopped'>, 'hook' | 'place' | 'during'>

/** As the trace has it: exact while one hook runs; of several, one that waits may be taken for the one that works. For processes that cannot be asked any more. */
export function culpritByTrace({ last }: RunningHooks): Culprit {
  return last ? { hook: `${last.hookType}/${last.name}`, place: last.place, during: last.eventId } : {}
}

/** As the process itself says, with the line that it was at. */
export function culpritByWitness({ script, frames }: Witness, root: string): Culprit {
  if (script) {
    const { file, name, hookType, eventId } = script
    const place = frames.find(frame => frame.file === file) ?? { file }
    return { hook: hookType && `${hookType}/${name}`, place, during: eventId }
  }
  // What a hook left in an event (a getter, a `toJSON`) may be at work while no hook is.
  const own = frames.filter(({ file }) => file.startsWith(root + sep))
  for (const place of own) {
    const hook = locateHook(place.file)
    if (hook) return { hook: `${hook.type.id}/${hook.relativePath}`, place }
  }
  return own[0] ? { place: own[0] } : {}
}
