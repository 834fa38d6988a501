import * as z from 'zod/mini'
import { Place } from '../trace/entry.ts'

/**
 * What a process that takes no turns any more is at. Asked for through Node's inspector, which interrupts JavaScript wherever it is:
 * in a loop, in a regular expression, in `Atomics.wait`.
 */
export const Witness = z.object({
  /** The author's script on whose behalf the code runs, also after an `await` or in a timer that it left behind. */
  script: z.optional(
    z.object({
      file: z.string(),
      name: z.string(),
      /** For hooks; an action has none. */
      hookType: z.optional(z.string())
    })
  ),
  /** The event on whose behalf it runs; also where no script does, but something that one left in the event. */
  eventId: z.optional(z.string()),
  /** Frames in files of the workspace, the innermost first. */
  frames: z.array(Place)
})
export type Witness = z.infer<typeof Witness>

/** Name of the function that an engine process keeps for the inspector; it answers with a `Witness`. */
const KEY = 'proactive-hooks.witness'

export const WITNESS = Symbol.for(KEY)
export const ASK_WITNESS = `globalThis[Symbol.for('${KEY}')]?.()`
