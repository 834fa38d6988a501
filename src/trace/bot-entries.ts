import * as z from 'zod/mini'
import { ChannelAccount } from '../botframework/activity.ts'
import { Place } from './place.ts'

const activityRef = { activityId: z.string(), conversationId: z.string(), type: z.string(), activity: z.unknown() }

/** Entries about bots of the Bot Framework family and about the local connector that plays their channel. Rules P…, R…, S… are those of docs/bot-framework.md. */
export const botBodies = {
  // The bot's own life.
  'bot-started': {
    bot: z.string(),
    endpoint: z.string(),
    /** Absent for a bot that somebody else started. */
    command: z.optional(z.string()),
    pid: z.optional(z.number()),
    why: z.enum(['start', 'restart', 'saved'])
  },
  'bot-stopped': {
    bot: z.string(),
    /** `request`: we were asked to; `exit`: it ended with code 0; `crash`: with an error or by a signal; `not-started`: it never took its port. */
    reason: z.enum(['request', 'exit', 'crash', 'not-started']),
    code: z.optional(z.number()),
    signal: z.optional(z.string()),
    /** So many of its timers were still to come, where they could be seen. */
    timers: z.optional(z.number()),
    /** Its last words. */
    output: z.optional(z.string()),
    says: z.string(),
    todo: z.array(z.string()),
    place: z.optional(Place)
  },
  'bot-output': { bot: z.string(), stream: z.enum(['stdout', 'stderr']), text: z.string(), place: z.optional(Place) },

  // What goes to and fro.
  'bot-conversation': {
    conversationId: z.string(),
    channelId: z.string(),
    serviceUrl: z.string(),
    by: z.enum(['visitor', 'bot']),
    bot: ChannelAccount,
    members: z.array(ChannelAccount)
  },
  /** A user changed what the bot may do to them. */
  'bot-reach': { userId: z.string(), reach: z.enum(['unknown', 'met', 'installed', 'removed', 'blocked']) },
  'activity-to-bot': { ...activityRef, channelId: z.string(), userId: z.string(), by: z.enum(['visitor', 'author', 'channel']) },
  /** How the bot's endpoint answered a post. `accepted`: at once (202), before it worked on it. */
  'bot-answered': {
    activityId: z.string(),
    conversationId: z.string(),
    outcome: z.enum(['done', 'accepted', 'refused', 'unreachable', 'closed', 'hanging']),
    status: z.optional(z.number()),
    ms: z.number(),
    body: z.optional(z.unknown()),
    says: z.optional(z.string()),
    todo: z.optional(z.array(z.string()))
  },
  'activity-from-bot': {
    ...activityRef,
    via: z.enum(['reply', 'send', 'create', 'update', 'delete', 'history', 'answer']),
    /** The id in the address that it was posted to; the bot may have made it up (P3). */
    replyTo: z.optional(z.string()),
    sdk: z.enum(['v3', 'v4', 'agents', 'other'])
  },
  /** A call of the connector that is no accepted activity. */
  'connector-call': {
    method: z.string(),
    path: z.string(),
    status: z.number(),
    conversationId: z.optional(z.string()),
    /** Why it was refused. */
    reason: z.optional(z.string()),
    /** The activity that was refused, and the id in its address. */
    activity: z.optional(z.unknown()),
    replyTo: z.optional(z.string()),
    /** The refusal was staged, by a quota, a fault or a user's choice. */
    staged: z.optional(z.boolean()),
    retryAfterMs: z.optional(z.number())
  },
  /** What the bot keeps, as it writes it. `stack`: its dialogs, outermost first. */
  'bot-state': {
    key: z.string(),
    conversationId: z.optional(z.string()),
    stack: z.optional(z.array(z.string())),
    data: z.unknown(),
    from: z.enum(['botstate', 'inspection', 'storage'])
  },

  // What reaches the bot from elsewhere.
  'bot-triggered': { triggerId: z.string(), method: z.string(), url: z.string(), body: z.optional(z.unknown()) },
  'bot-trigger-ended': {
    triggerId: z.string(),
    status: z.optional(z.number()),
    ms: z.number(),
    body: z.optional(z.unknown()),
    reason: z.optional(z.string())
  }
} as const
