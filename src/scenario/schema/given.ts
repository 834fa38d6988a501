import * as z from 'zod'
import type { HookFault, LineConditions } from '../../protocol/conditions.ts'
import { BotFramework } from '../bots/schema.ts'
import { FilePath, Json, Moment } from './values.ts'

/** What is there before the first step. */

const State = z
  .strictObject({
    user: Json.optional().describe('Attributes of the visitor, kept for good.'),
    session: Json.optional().describe('What the session holds.'),
    temp: Json.optional().describe('What the running flow holds.')
  })
  .describe('What the bot remembers of the visitor.')

export const Visitor = z
  .strictObject({
    language: z.string().optional().describe('Language of the browser. Default `en`.'),
    timezone: z.number().min(-12).max(14).optional().describe('Time zone of the browser in hours. Default 0.'),
    id: z.string().optional().describe('Visitor id; made from the name when absent.'),
    state: State.optional(),
    flow: z.string().optional().describe('Where the conversation stands, waiting for an answer: `booking.flow.json#when`.')
  })
  .describe('Somebody who visits the page.')

export const Network = z
  .strictObject({
    mode: z.enum(['loopback', 'allow', 'refuse']).optional().describe('What hooks may call. Default `refuse`: only what fixtures answer.'),
    allow: z.array(z.string()).optional().describe('Host names that may be called all the same.'),
    fixtures: z
      .array(
        z.strictObject({
          method: z.string().optional().describe('Any method when absent.'),
          url: z.string().describe('The whole address; `*` stands for any text.'),
          status: z.number().optional().describe('Default 200.'),
          headers: z.record(z.string(), z.string()).optional(),
          body: z.unknown().describe('Text is sent as it is, anything else as JSON.')
        })
      )
      .optional()
      .describe('Answers to calls of hooks.')
  })
  .describe('Network calls of hooks and actions.')

export const Line = z
  .strictObject({
    delayMs: z.number().min(0).optional().describe('Each request, and each message pushed to the page, takes so many ms.'),
    lose: z.enum(['requests', 'pushes', 'all']).optional().describe('What never arrives.'),
    order: z.enum(['sent', 'reversed']).optional().describe('`reversed`: what was sent within `windowMs` arrives last first.'),
    windowMs: z.number().min(0).optional().describe('How long messages are collected before they are reversed. Default 50.'),
    handshake: z
      .union([z.literal('never'), z.number().min(0)])
      .optional()
      .describe('When the chat gets its visitor id: after so many ms, or never.'),
    status: z.number().optional().describe('Every request is answered with this status.')
  } satisfies Record<keyof LineConditions, z.ZodType>)
  .describe('The line between the page’s chat and the server.')

export const Fault = z
  .strictObject({
    hook: z.string().describe('File name of the hook, or the end of its path.'),
    what: z.enum(['throw', 'hang', 'slow']).describe('`throw`: before its first line; `hang`: it never ends; `slow`: it begins later.'),
    ms: z.number().min(0).optional().describe('How much later.'),
    message: z.string().optional().describe('Of the error.')
  } satisfies Record<keyof HookFault, z.ZodType>)
  .describe('A hook that fails on purpose.')

export const Given = z
  .strictObject({
    folder: z.string().optional().describe('Folder with `data/` in it, relative to this file; the nearest one above when absent.'),
    bot: z.string().optional().describe('The bot that the visitor talks to; the one of the page, or the first, when absent.'),
    page: z
      .string()
      .optional()
      .describe(
        'Page that the visitor loads first, below the folder. `stub` (default): a page without scripts. `none`: no page is loaded.'
      ),
    botFramework: BotFramework.optional(),
    visitor: Visitor.optional(),
    visitors: z
      .record(z.string(), Visitor)
      .optional()
      .describe('Visitors by name; steps say `as: name`. The first one acts when no step says otherwise.'),
    clock: Moment.optional().describe('When the scenario begins, a date. Default 2025-03-03T09:00Z, a Monday.'),
    timezone: z
      .string()
      .optional()
      .describe('Time zone in which dates and times of day of this file are read: `Europe/Berlin`. Default UTC.'),
    network: Network.optional(),
    line: Line.optional(),
    faults: z.array(Fault).optional().describe('Hooks that fail on purpose.'),
    unmounted: z.array(z.string()).optional().describe('Bots that are not mounted.'),
    files: z
      .record(FilePath, z.union([z.string(), z.null(), z.unknown()]))
      .optional()
      .describe('Files of the folder that differ for this scenario: text, or JSON; `null` takes a file away.'),
    chat: Json.optional().describe('Options that the page without scripts gives to `init`.'),
    stuckAfter: z.number().optional().describe('After so many ms an event that has not ended counts as stuck. Default 5000.'),
    botpressVersion: z.string().optional().describe('Default 12.31.10.')
  })
  .describe('What is there before the first step.')
export type Given = z.infer<typeof Given>
export type Visitor = z.infer<typeof Visitor>
