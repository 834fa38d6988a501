import * as z from 'zod/mini'

/** Trouble that an author stages: on the line between page and server, in the server, in hooks. What is absent is as it should be. */

/** The line between the page's chat and the server. Times in ms of the one clock. */
export const LineConditions = z.object({
  /** Each request, and each message pushed to the page, takes so long. */
  delayMs: z.optional(z.number()),
  /** `requests`, `pushes` or both never arrive. */
  lose: z.optional(z.enum(['requests', 'pushes', 'all'])),
  /** `reversed`: what was sent within `windowMs` arrives last first (two that were sent together arrive in the other order). */
  order: z.optional(z.enum(['sent', 'reversed'])),
  /** How long messages are collected before they are reversed. Default 50. */
  windowMs: z.optional(z.number()),
  /** When the socket gets its visitor id: at once, after so many ms, or never (R20, R21.10). */
  handshake: z.optional(z.union([z.literal('never'), z.number()])),
  /** Every request is answered with this status, as by a server in trouble. */
  status: z.optional(z.number())
})
export type LineConditions = z.infer<typeof LineConditions>

/** A hook that fails on purpose. */
export const HookFault = z.object({
  /** File name, or the end of the path. */
  hook: z.string(),
  /** `throw`: before its first line; `hang`: what it returns never settles; `slow`: it begins `ms` later. */
  what: z.enum(['throw', 'hang', 'slow']),
  ms: z.optional(z.number()),
  message: z.optional(z.string())
})
export type HookFault = z.infer<typeof HookFault>

export const Conditions = z.object({
  line: z._default(LineConditions, {}),
  hooks: z._default(z.array(HookFault), []),
  /** Bots that are not mounted. */
  unmounted: z._default(z.array(z.string()), [])
})
export type Conditions = z.infer<typeof Conditions>
