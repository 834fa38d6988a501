import * as z from 'zod/mini'
import type { Gesture } from '../trace/stage-entries.ts'

/** Messages between a page, or a chat on it, and the host, over a WebSocket of each. All that a browser tells and is told goes this one way, in order. */

/** The page's virtual time at which it is said; absent: the clock is real. */
const said = { now: z.optional(z.number()) }

export const FromLine = z.discriminatedUnion('kind', [
  /** Entries for the trace, without number. */
  z.object({ ...said, kind: z.literal('reports'), reports: z.array(z.unknown()) }),
  /** A chat wants a socket of its visitor: answered by `connected` once the handshake is over (R20.5). */
  z.object({ ...said, kind: z.literal('connect'), id: z.number(), visitorId: z.string() }),
  /** A chat asks a route of channel-web. */
  z.object({ ...said, kind: z.literal('request'), id: z.number(), route: z.string(), body: z.unknown() }),
  /** The visitor pressed a link: whoever shows the page opens it. Answered by `openHere` where nobody does. */
  z.object({ ...said, kind: z.literal('link'), url: z.string() }),
  /** The visitor, or the author in their place, wants to know where a message or bubble comes from: its name, see src/trace/shown.ts. */
  z.object({ ...said, kind: z.literal('inspect'), name: z.string() }),
  /** The author chose a part of the page: one of those that were offered, or none of them, or changed their mind. */
  z.object({ ...said, kind: z.literal('picked'), selector: z.optional(z.string()), cancelled: z.optional(z.boolean()) }),
  /** When the next timer of its virtual clock falls due now; absent: none is set. */
  z.object({ ...said, kind: z.literal('due'), at: z.optional(z.number()) }),
  /** What the host asked for (`gesture`, `time`, `still`) is done. */
  z.object({
    ...said,
    kind: z.literal('done'),
    id: z.number(),
    /** Why it could not be done: a sentence for the user. */
    problem: z.optional(z.string()),
    due: z.optional(z.number())
  })
])
export type FromLine = z.infer<typeof FromLine>

/** `now`: the virtual clock's time at which it happens; absent: the clock is real. */
export type ToLine = { now?: number } & (
  | { kind: 'connected'; id: number; webSessionId: string; visitorId: string }
  | { kind: 'answer'; id: number; status: number; body: unknown }
  | { kind: 'openHere'; url: string }
  | { kind: 'push'; name: string; payload: Record<string, unknown> }
  /** What the author looks at in the trace; it takes the place of what was marked before. `selector`: a part of the page. */
  | { kind: 'mark'; messages: readonly string[]; selector?: string }
  /** The author is about to choose a part of the page, of these; or not any more, where there are none. The page's scripts hear nothing of it. */
  | { kind: 'pick'; on: boolean; selectors: readonly string[] }
  | { kind: 'gesture'; id: number; gesture: Gesture }
  /** Run what falls due up to `to`, and end early after a timer that reached out of the page. */
  | { kind: 'time'; id: number; to: number }
  /** Answer when nothing is under way in the page. */
  | { kind: 'still'; id: number }
)
