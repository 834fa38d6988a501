import * as z from 'zod/mini'
import { Place, TraceEntry } from '../trace/entry.ts'

/** Messages between the simulator's page and whoever hosts it: the extension, or the command line's server for a plain browser. The page holds no truth of its own. */

export const PageChoice = z.object({
  /** Address path below the workspace, or `builtin` for the page with buttons. */
  id: z.string(),
  title: z.string(),
  botIds: z.array(z.string())
})
export type PageChoice = z.infer<typeof PageChoice>

/** Everything the panel needs after it was (re)created. */
export const PanelState = z.object({
  /** `untrusted`: nothing runs until the workspace is trusted; `no-bots`: no Botpress folder was found. */
  status: z.enum(['starting', 'ready', 'stopped', 'untrusted', 'no-bots', 'failed']),
  /** A sentence for the user where status is not `ready`. */
  message: z.optional(z.string()),
  bots: z.array(z.string()),
  botId: z.optional(z.string()),
  pages: z.array(PageChoice),
  page: z.optional(z.string()),
  /** Address of the page's frame; changes when it must load anew. */
  frameUrl: z.optional(z.string()),
  visitorId: z.string(),
  /** Event types worth offering under *Send event*, with the payload last seen for each. */
  knownEvents: z.array(z.object({ type: z.string(), payload: z.unknown(), from: z.string() })),
  debugging: z.boolean(),
  theme: z.optional(z.enum(['light', 'dark']))
})
export type PanelState = z.infer<typeof PanelState>

export const ToPanel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('state'), state: PanelState }),
  /** Entries to append; `from` is the seq of the first. A `from` of 1 starts anew. */
  z.object({ kind: z.literal('entries'), from: z.number(), entries: z.array(TraceEntry) }),
  /** Show an event's verdict and steps. */
  z.object({ kind: z.literal('reveal'), seq: z.number() }),
  z.object({ kind: z.literal('notice'), level: z.enum(['info', 'warning', 'error']), text: z.string() })
])
export type ToPanel = z.infer<typeof ToPanel>

export const FromPanel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('choose'), botId: z.optional(z.string()), page: z.optional(z.string()) }),
  /** `same`: the page loads anew, the visitor returns; `new`: somebody who was never here. */
  z.object({ kind: z.literal('restart'), as: z.enum(['same', 'new']) }),
  z.object({ kind: z.literal('send'), type: z.string(), payload: z.unknown() }),
  z.object({ kind: z.literal('open'), place: Place }),
  z.object({ kind: z.literal('clear') }),
  z.object({ kind: z.literal('trust') }),
  z.object({ kind: z.literal('startEngine') })
])
export type FromPanel = z.infer<typeof FromPanel>
