import * as z from 'zod/mini'
import { HookFault } from '../trace/entry.ts'
import { LineConditions } from '../trace/stage-entries.ts'

export { HookFault, LineConditions }

/** Trouble that an author stages: on the line between page and server, in the server, in hooks. What is absent is as it should be. */

export const Conditions = z.object({
  line: z._default(LineConditions, {}),
  hooks: z._default(z.array(HookFault), []),
  /** Bots that are not mounted. */
  unmounted: z._default(z.array(z.string()), [])
})
export type Conditions = z.infer<typeof Conditions>
