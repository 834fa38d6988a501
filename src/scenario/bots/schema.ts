import * as z from 'zod'
import { CHANNEL_IDS, JOIN_EVENTS } from '../../botframework/presets.ts'
import { SDK_IDS } from '../../botframework/sdk.ts'
import { Duration, Json, oneOrMore, Text } from '../schema/values.ts'

/** The words of scenario files that are about bots of the Bot Framework family, next to those that hold for all. */

const Quota = z
  .strictObject({ calls: z.number().int().min(1), per: Duration })
  .describe('So many messages in such a time; more are answered 429.')

const Faults = z
  .array(
    z.strictObject({
      calls: z.number().int().min(1).optional().describe('How many calls it meets. Default 1.'),
      answer: z
        .union([
          z.literal(401),
          z.literal(403),
          z.literal(404),
          z.literal(405),
          z.literal(413),
          z.literal(429),
          z.literal(500),
          z.literal(502),
          z.literal('store-then-500')
        ])
        .describe('Status; `store-then-500`: the message arrives, and the bot is told that it did not.'),
      after: Duration.optional().describe('Of 429: when it may try again. Default 1s.'),
      only: z.literal('proactive').optional().describe('Replies are left alone.')
    })
  )
  .describe('The next calls of the bot fail.')

const Channel = z
  .strictObject({
    id: z.enum(CHANNEL_IDS).optional().describe('Which channel is played. Default `emulator`.'),
    joins: z
      .enum(JOIN_EVENTS)
      .optional()
      .describe('How the bot learns of people: `together` with itself, `apart`, `late` with their first message, or `none`.'),
    quota: Quota.nullable().optional(),
    faults: Faults.optional()
  })
  .describe('How the channel behaves.')

export const BotFramework = z
  .strictObject({
    script: z.string().optional().describe('Script that Node runs, relative to `folder`.'),
    start: z.string().optional().describe('Command line that starts the bot, in any language: `npm start`. It is told its port by `PORT`.'),
    folder: z.string().optional().describe('Where the bot is started, relative to this file. Default: beside it.'),
    endpoint: z.string().optional().describe('Where the bot takes activities. Needed when it is started by somebody else.'),
    sdk: z.enum(SDK_IDS).optional().describe('Found by the packages of the folder when absent.'),
    env: z.record(z.string(), z.string()).optional(),
    scratch: z.string().optional().describe('A variable of this name tells the bot a folder of its own, which is taken away afterwards.'),
    channel: Channel.optional(),
    answersWithin: Duration.optional().describe(
      'How long a turn may take, in real time. After it the bot is said to hang, and the scenario goes on. Default 15s.'
    ),
    people: z.number().int().min(0).max(2000).optional().describe('So many others who are there, each in a conversation of their own.'),
    conversation: z.boolean().optional().describe('`false`: nobody is there when the scenario begins. Default true.')
  })
  .describe('A bot of the Bot Framework family (SDK v3, v4, Agents, or none) instead of Botpress.')
export type BotFramework = z.infer<typeof BotFramework>

const step = <T extends z.ZodType>(schema: T, text: string) => schema.optional().describe(text)

export const BOT_ACTIONS = {
  stop: step(z.union([z.null(), z.literal(true), z.strictObject({})]), 'The bot’s process ends; *restart* starts it again.'),
  trigger: step(
    z.union([
      z.string(),
      z.strictObject({
        url: z.string(),
        method: z.string().optional().describe('Default GET, with a body POST.'),
        body: z.unknown().optional()
      })
    ]),
    'An outside system calls an address of the bot: `/api/notify`.'
  ),
  activity: step(Json, 'An activity is sent to the bot as it is: `{type: event, name: pricing-idle}`.'),
  install: step(z.enum(['add', 'remove']), 'The visitor installs the bot, or takes it away.'),
  reach: step(
    z.enum(['met', 'installed', 'removed', 'blocked']),
    'What the visitor is for the bot from now on; a message to who removed or blocked it is refused.'
  ),
  members: step(
    z.strictObject({ add: oneOrMore(z.string()).optional(), remove: oneOrMore(z.string()).optional() }),
    'People come into the visitor’s conversation, or leave it.'
  ),
  channel: step(Channel, 'The channel behaves otherwise from now on.')
} as const

const Proactive = z.union([
  z.number().int().min(0),
  z.strictObject({
    count: z.number().int().min(0).optional(),
    text: Text.optional(),
    rule: z.string().optional().describe('Why it counts as proactive: `P3`.'),
    conversation: z
      .enum(['same', 'new'])
      .optional()
      .describe('Where it stands: in the visitor’s conversation, or in one that the bot opened.')
  })
])

export const BOT_CHECKS = {
  proactive: oneOrMore(Proactive).optional().describe('Messages that nobody asked for: how many, or such a one.'),
  stack: z.array(z.string()).optional().describe('The dialogs that run now, outermost first.'),
  stackChange: z
    .enum(['pushed', 'replaced', 'cleared', 'started', 'unchanged'])
    .optional()
    .describe('What the last proactive message did to the dialogs.'),
  refused: oneOrMore(z.strictObject({ status: z.number().int(), count: z.number().int().min(0).optional() }))
    .optional()
    .describe('Calls of the bot that the channel refused.'),
  bot: z.enum(['running', 'stopped']).optional().describe('Whether the bot’s process is there.'),
  advice: oneOrMore(Text).optional().describe('What the author is told: why the bot failed, and what to do.')
} as const

/** Words of expectations that say something about such a bot; bot-checks.ts looks at them. */
export const LOOKS_OF_BOTS = [
  'says',
  'saysOnly',
  'saysNot',
  'silence',
  'response',
  'atMost',
  'order',
  'verdict',
  'contains',
  'chat',
  'outcome',
  'findings',
  'proactive',
  'stack',
  'stackChange',
  'refused',
  'bot',
  'advice'
] as const
