import * as z from 'zod/mini'
import { Activity, ChannelAccount } from '../botframework/activity.ts'
import { CHANNEL_IDS, JOIN_EVENTS, REACHABILITY } from '../botframework/presets.ts'

/** Messages between the chat page of a bot of the Bot Framework family and the simulator. The page holds no truth of its own. */

/** Something in a thread, as it is to be shown now. */
export const ShownMessage = z.object({
  id: z.string(),
  at: z.number(),
  by: z.enum(['bot', 'user', 'system']),
  name: z.optional(z.string()),
  activity: Activity,
  /** Why it counts as proactive, or may. */
  badge: z.optional(
    z.object({ rule: z.string(), kind: z.enum(['proactive', 'unclear']), says: z.string(), cause: z.optional(z.string()) })
  ),
  /** It met a question that was open. */
  collision: z.optional(z.string()),
  /** Earlier texts, where the bot changed it. */
  before: z.array(z.string()),
  deleted: z.boolean(),
  /** The bot still writes it (streaming). */
  open: z.boolean()
})
export type ShownMessage = z.infer<typeof ShownMessage>

export const Thread = z.object({
  id: z.string(),
  channelId: z.string(),
  by: z.enum(['visitor', 'bot']),
  members: z.array(ChannelAccount),
  messages: z.array(ShownMessage),
  typing: z.boolean(),
  /** Why the last post to the bot failed, and what to do. */
  trouble: z.optional(z.string())
})
export type Thread = z.infer<typeof Thread>

export const ShownReference = z.object({
  conversationId: z.string(),
  user: z.string(),
  channelId: z.string(),
  lastAt: z.number(),
  isStale: z.boolean(),
  /** The record as each SDK stores it, as JSON. */
  forms: z.object({ v3: z.string(), v4: z.string(), agents: z.string() })
})

export const BotChatState = z.object({
  bot: z.object({
    name: z.string(),
    sdk: z.optional(z.string()),
    endpoint: z.string(),
    status: z.enum(['outside', 'starting', 'ready', 'stopped', 'failed']),
    message: z.optional(z.string()),
    /** Whether starting and stopping it is ours. */
    isOurs: z.boolean(),
    canDebug: z.boolean()
  }),
  userId: z.string(),
  channel: z.object({
    id: z.enum(CHANNEL_IDS),
    joins: z.enum(JOIN_EVENTS),
    quota: z.optional(z.object({ calls: z.number(), perMs: z.number() }))
  }),
  reach: z.enum(REACHABILITY),
  threads: z.array(Thread),
  references: z.array(ShownReference),
  /** What proactive messages did to the dialogs, newest first, and the dialogs of each thread now. */
  steps: z.array(z.object({ text: z.string(), before: z.array(z.string()), after: z.array(z.string()), change: z.string() })),
  stacks: z.record(z.string(), z.array(z.string())),
  triggers: z.array(z.object({ method: z.string(), url: z.string(), result: z.string() })),
  /** Messages that the author looks at in the trace. */
  marked: z.array(z.string())
})
export type BotChatState = z.infer<typeof BotChatState>

const thread = { thread: z.string() }

export const FromBotChat = z.discriminatedUnion('do', [
  z.object({ do: z.literal('say'), ...thread, text: z.string() }),
  /** Any activity; what the protocol demands is filled in. */
  z.object({ do: z.literal('send'), ...thread, activity: z.record(z.string(), z.unknown()) }),
  z.object({ do: z.literal('open') }),
  z.object({ do: z.literal('install'), ...thread, action: z.enum(['add', 'remove']) }),
  z.object({ do: z.literal('members'), ...thread, add: z.optional(z.string()), remove: z.optional(z.string()) }),
  /** Hands the user a token, as a sign-in does, and tells the bot of it. */
  z.object({ do: z.literal('token'), ...thread, connectionName: z.string(), token: z.string() }),
  /** So many activities in so many ms, the next is answered 429 with Retry-After; absent: as many as it likes. */
  z.object({
    do: z.literal('quota'),
    quota: z.optional(z.object({ calls: z.number().check(z.minimum(1)), perMs: z.number().check(z.minimum(1)) }))
  }),
  z.object({ do: z.literal('reach'), reach: z.enum(REACHABILITY) }),
  z.object({ do: z.literal('trigger'), method: z.string(), url: z.string(), body: z.optional(z.unknown()) }),
  /** Shows in the trace where a message comes from. */
  z.object({ do: z.literal('inspect'), message: z.string() }),
  z.object({ do: z.literal('restart') }),
  z.object({ do: z.literal('stop') }),
  /** Starts it anew with its inspector open. */
  z.object({ do: z.literal('debug') }),
  z.object({ do: z.literal('channel'), id: z.enum(CHANNEL_IDS) }),
  z.object({
    do: z.literal('fault'),
    answer: z.union([z.literal(401), z.literal(403), z.literal(404), z.literal(429), z.literal(500), z.literal('store-then-500')])
  })
])
export type FromBotChat = z.infer<typeof FromBotChat>
