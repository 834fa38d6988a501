import { flagSymbol, WELL_KNOWN_FLAGS } from '../../botpress/flags.ts'
import type { EventArgs } from '../api.ts'
import type { EventEngine } from '../events/engine.ts'

/** `bp.IO`: these two and nothing else (R18.13). */
export function ioOf(engine: EventEngine) {
  const flags = Object.fromEntries(
    (Object.keys(WELL_KNOWN_FLAGS) as (keyof typeof WELL_KNOWN_FLAGS)[]).map(name => [name, flagSymbol(name)])
  )
  // Works with and without `new`, as hooks write it.
  function Event(args: EventArgs) {
    return engine.create(args)
  }
  return { Event, WellKnownFlags: flags }
}
