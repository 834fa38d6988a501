import * as z from 'zod/mini'

/**
 * What travels between a channel and a bot of the Bot Framework family (v3, v4, Microsoft 365 Agents SDK, raw HTTP). Only what a channel reads is named;
 * everything else is kept as it came. Bots of any age and language send these, so nothing is required that the protocol lets them leave out.
 */

export const ChannelAccount = z.looseObject({ id: z.string(), name: z.optional(z.string()), role: z.optional(z.string()) })
export type ChannelAccount = z.infer<typeof ChannelAccount>

export const Attachment = z.looseObject({
  contentType: z.optional(z.string()),
  contentUrl: z.optional(z.string()),
  content: z.optional(z.unknown()),
  name: z.optional(z.string())
})
export type Attachment = z.infer<typeof Attachment>

/** A button of a card or a suggested action. `imBack` and `postBack` send `value` back, the former visibly. */
export const CardAction = z.looseObject({
  type: z.optional(z.string()),
  title: z.optional(z.string()),
  value: z.optional(z.unknown()),
  image: z.optional(z.string())
})
export type CardAction = z.infer<typeof CardAction>

/** An activity as a bot sends it: v3 leaves out `conversation` and `channelId`, v4 may leave out `recipient` (connector rule R4). */
export const Activity = z.looseObject({
  type: z.optional(z.string()),
  id: z.optional(z.string()),
  text: z.optional(z.nullable(z.string())),
  attachments: z.optional(z.nullable(z.array(Attachment))),
  suggestedActions: z.optional(z.nullable(z.looseObject({ actions: z.optional(z.nullable(z.array(CardAction))) }))),
  inputHint: z.optional(z.nullable(z.string())),
  name: z.optional(z.nullable(z.string())),
  value: z.optional(z.unknown()),
  valueType: z.optional(z.nullable(z.string())),
  replyToId: z.optional(z.nullable(z.string())),
  relatesTo: z.optional(z.unknown()),
  entities: z.optional(z.nullable(z.array(z.looseObject({ type: z.optional(z.string()) })))),
  deliveryMode: z.optional(z.nullable(z.string()))
})
export type Activity = z.infer<typeof Activity>

/** Fields that the simulator always sends: leaving some of them out kills or silences bots (C2). */
export const ALWAYS_SENT = [
  'type',
  'id',
  'timestamp',
  'localTimestamp',
  'channelId',
  'serviceUrl',
  'from',
  'recipient',
  'conversation',
  'locale'
] as const

/** Activities that people read in the chat; the rest goes to the timeline alone (R6, R7). */
export function isShown(activity: Activity): boolean {
  return (activity.type ?? 'message') === 'message'
}

/** v3's report at the end of a turn that it dispatched (S2). */
export function isDebugMark(activity: Activity): boolean {
  return activity.type === 'event' && activity.name === 'debug' && Array.isArray(activity.value)
}

/** The part of an Agents SDK stream that an activity is, or undefined (R8). `streamId` is absent in the first one: its own id becomes the stream's. */
export function streamPart(activity: Activity): { type: string; sequence?: number; streamId?: string } | undefined {
  const info = activity.entities?.find(entity => entity.type === 'streaminfo') as Record<string, unknown> | undefined
  if (typeof info?.streamType !== 'string') return undefined
  return {
    type: info.streamType,
    ...(typeof info.streamSequence === 'number' && { sequence: info.streamSequence }),
    ...(typeof info.streamId === 'string' && { streamId: info.streamId })
  }
}

/** Whether the bot expects an answer to it: it says so, or it reads as a question. */
export function asksSomething(activity: Activity): boolean {
  if (!isShown(activity)) return false
  if (activity.inputHint === 'expectingInput') return true
  return activity.inputHint !== 'ignoringInput' && /\?\s*$/.test(activity.text ?? '')
}
