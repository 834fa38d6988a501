import * as z from 'zod'
import { BOT_CHECKS } from '../bots/schema.ts'
import { Duration, Json, Moment, oneOrMore, Paths, Selector, Text, Value } from './values.ts'

/** What is to be seen. In a step: of what happened since the last `expect` step; at the end of a scenario: of all of it. */

const Said = z.union([
  Text,
  z.strictObject({
    text: Text.optional(),
    type: z.string().optional().describe('Content type of the payload: `text`, `image`, `single-choice` …'),
    payload: Value.optional(),
    count: z.number().int().min(0).optional().describe('So many messages like this, not more.'),
    from: z.string().optional().describe('File of the hook or action, or the node (`main.flow.json#entry`), that said it.'),
    at: Moment.optional().describe('When it was said.'),
    to: z.string().optional().describe('The visitor to whom it was said.'),
    shown: z.boolean().optional().describe('Whether an open page was there to show it.')
  })
])

const EventMatch = z.union([
  z.string(),
  z.strictObject({
    type: z.string().optional(),
    count: z.number().int().min(0).optional(),
    payload: Value.optional(),
    from: z.string().optional().describe('Who caused it: page, visitor, author, hook …'),
    fate: z.enum(['processed', 'rejected', 'waiting', 'stuck', 'failed']).optional()
  })
])

const Sent = z.union([
  z.string(),
  z.strictObject({
    type: z.string().optional(),
    fate: z
      .enum(['posted', 'handled', 'dropped', 'refused'])
      .optional()
      .describe('`dropped`: never left the page; `handled`: the chat did it itself.'),
    phase: z.enum(['before-init', 'loading', 'loaded', 'opening', 'ready']).optional(),
    count: z.number().int().min(0).optional(),
    payload: Value.optional(),
    line: z.number().optional().describe('Line of the page or its script.'),
    tab: z.union([z.string(), z.number()]).optional()
  })
])

const VerdictMatch = z.union([
  Text,
  z.strictObject({
    outcome: z.string().optional().describe('Id of the outcome, as `--reporter json` shows it.'),
    text: Text.optional(),
    rule: z.string().optional().describe('A rule that it names: `BPH006`, `R20.6`.'),
    event: z.string().optional().describe('Type of the event it is about.')
  })
])

const Milestone = z.strictObject({
  page: z.string().optional().describe('The page received this message.'),
  sent: z.string().optional().describe('The page sent this event.'),
  event: z.string().optional().describe('An event of this type reached the bot.'),
  hook: z.string().optional().describe('This hook began.'),
  hookEnded: z.string().optional(),
  node: z.string().optional().describe('The flow reached this node.'),
  says: Text.optional(),
  visitor: Text.optional().describe('The visitor said this.')
})

const DomMatch = z.union([
  z.null(),
  Text,
  z.strictObject({
    text: Text.optional(),
    count: z.number().int().min(0).optional(),
    value: Text.optional(),
    attribute: z.record(z.string(), Value).optional(),
    visible: z.boolean().optional()
  })
])

export const CHECKS = {
  // What the bot says.
  says: oneOrMore(Said).optional().describe('The bot says this; of a list, in this order. Other messages may come between.'),
  saysOnly: z.array(Said).optional().describe('The bot says this, in this order, and nothing else.'),
  saysNot: oneOrMore(Text).optional().describe('The bot does not say this.'),
  silence: z.boolean().optional().describe('The bot says nothing.'),
  response: z
    .strictObject({ contains: oneOrMore(z.string()).optional(), notContains: oneOrMore(z.string()).optional() })
    .optional()
    .describe('All that the bot says, as one text.'),
  atMost: z
    .strictObject({
      messages: z.number().int().min(0),
      per: Duration.optional().describe('In any stretch of so long; over all when absent.')
    })
    .optional()
    .describe('The bot speaks of its own accord at most so often.'),
  pendingPrompts: z.number().int().min(0).optional().describe('At most so many questions of hooks are open: said, and not answered yet.'),

  // What hooks do.
  ran: z.array(z.string()).optional().describe('These hooks ran, in this order. Others may have run between.'),
  notRan: oneOrMore(z.string()).optional().describe('These hooks did not run.'),
  hooks: z.literal('none').optional().describe('No hook of an author ran on an event.'),
  flags: z.record(z.string(), z.boolean()).optional().describe('Flags that were set (or not) on events.'),
  errors: z
    .union([
      z.literal('none'),
      oneOrMore(
        z.union([
          z.string(),
          z.strictObject({
            message: Text.optional(),
            hook: z.string().optional(),
            line: z.number().optional(),
            count: z.number().optional()
          })
        ])
      )
    ])
    .optional()
    .describe('Errors of hooks, actions and pages.'),
  log: oneOrMore(Text).optional().describe('Lines of the bot’s log.'),

  // Events and flow.
  event: oneOrMore(EventMatch).optional().describe('An event reached the bot.'),
  noEvent: oneOrMore(z.string()).optional().describe('No event of this type reached the bot.'),
  dialog: z
    .enum(['ran', 'skipped', 'untouched'])
    .optional()
    .describe('Whether the dialog engine ran; `untouched`: no event was decided upon.'),
  node: z.string().optional().describe('The flow reached this node: `main.flow.json#listen`.'),
  nodes: z.array(z.string()).optional().describe('The nodes that were reached, in this order; others may lie between.'),
  waitsAt: z.union([z.string(), z.null()]).optional().describe('The node at which the conversation waits now; null: at none.'),
  suggestion: Text.optional().describe('A suggestion (Q&A, skill) was elected.'),

  // State.
  state: Paths.optional().describe('What is stored of the visitor: `user.name`, `session.greeted`, `temp.x`, `context.currentNode`.'),
  kept: oneOrMore(z.string()).optional().describe('Paths that were changed and saved: `session.greeted`.'),
  discarded: oneOrMore(z.string()).optional().describe('Paths that were changed and thrown away.'),

  // The page.
  received: oneOrMore(z.string()).optional().describe('Messages that the page got from the chat, in this order: `webchatReady`.'),
  notReceived: oneOrMore(z.string()).optional().describe('Messages that the page did not get.'),
  sent: oneOrMore(Sent).optional().describe('What the page sent.'),
  dom: z.record(Selector, DomMatch).optional().describe('What is on the page; null: it is not there.'),
  focused: Selector.optional().describe('The element that has the focus.'),
  chat: z
    .strictObject({
      id: z.string().optional().describe('Which of several: its `chatId`.'),
      open: z.boolean().optional(),
      phase: z.enum(['loading', 'loaded', 'opening', 'ready']).optional(),
      typing: z.boolean().optional(),
      unread: z.number().optional(),
      composer: z.string().optional().describe('What the visitor has begun to write.'),
      shows: z.array(Text).optional().describe('The messages in the chat, of both sides, in this order and no others.'),
      conversation: z.enum(['same', 'new']).optional().describe('Compared with the last *expect* that looked at it.')
    })
    .optional()
    .describe('The visitor’s chat.'),
  bubbles: z.array(Text).optional().describe('The bubbles that are seen beside the launcher.'),
  bubbleQueue: z
    .array(z.strictObject({ text: Text.optional(), state: z.string().optional() }))
    .optional()
    .describe('What was pushed, and what became of it.'),
  console: oneOrMore(Text).optional().describe('Lines of the page’s console.'),

  // Network, time, order, judgement.
  requests: oneOrMore(
    z.union([
      z.string(),
      z.strictObject({ url: z.string(), method: z.string().optional(), outcome: z.string().optional(), count: z.number().optional() })
    ])
  )
    .optional()
    .describe('Network calls of hooks.'),
  order: z.array(Milestone).optional().describe('Things that happened one after the other, in this order.'),
  verdict: oneOrMore(VerdictMatch).optional().describe('What the simulator says of an event, or of the page.'),
  findings: z
    .union([z.literal('none'), oneOrMore(z.string())])
    .optional()
    .describe('Rules whose mistake was seen happening: `BPH006`.'),
  engine: z.enum(['ran', 'stopped']).optional().describe('Whether the engine had to be stopped.'),
  outcome: z.enum(['answer-captured']).optional().describe('`answer-captured`: a flow took the answer that another message had asked for.'),
  // Bots of the Bot Framework family.
  ...BOT_CHECKS,

  problems: oneOrMore(Text).optional().describe('What is reported of files of the workspace: hooks that are not run, and why.'),
  trace: z.string().optional().describe('File with the whole trace, relative to this one. `--update` writes it.'),
  contains: z.array(Json).optional().describe('Entries of the trace, by the parts that are named; for what the other words do not say.')
} as const

export type CheckWord = keyof typeof CHECKS

export const Expect = z.strictObject(CHECKS).describe('What is to be seen.')
export type Expect = z.infer<typeof Expect>
