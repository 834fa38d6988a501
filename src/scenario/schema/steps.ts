import * as z from 'zod'
import { BOT_ACTIONS } from '../bots/schema.ts'
import { Expect } from './expect.ts'
import { Fault, Line, Network, Visitor } from './given.ts'
import { Duration, FilePath, Json, Moment, oneOrMore, Selector } from './values.ts'

/** What may happen, in the order of the file. Each step is one of these words, with what it needs. */

const none = z.union([z.null(), z.literal(true), z.strictObject({})])

const PageEvent = z.union([
  z.string(),
  z.strictObject({
    type: z.string().optional().describe('The event’s type.'),
    payload: z.unknown().optional().describe('Becomes `event.payload.payload.payload` in the hook.'),
    with: Json.optional().describe('More properties of the object that is given to sendEvent.'),
    via: z.enum(['sendEvent', 'sendPayload']).optional().describe('Default `sendEvent`.'),
    chatId: z.string().optional(),
    times: z.number().int().min(1).max(10_000).optional().describe('So many times at once.')
  })
])

const Outside = z.union([
  z.string(),
  z.strictObject({
    type: z.string(),
    payload: z.unknown().optional().describe('What the hook finds in `event.payload`.'),
    channel: z.string().optional().describe('Default `web`.'),
    target: z.string().optional().describe('Default: the visitor.'),
    bot: z.string().optional(),
    preview: z.string().optional()
  })
])

/** Words that need nothing, and may stand alone: `- open`. */
export const BARE = [
  'load',
  'reload',
  'leave',
  'open',
  'close',
  'escape',
  'reset',
  'restart',
  'timeOut',
  'expectSilence',
  'newVisitor',
  'newConversation',
  'stop'
] as const

const step = <T extends z.ZodType>(schema: T, text: string) => schema.optional().describe(text)

export const ACTIONS = {
  // The page.
  load: step(z.union([z.string(), none]), 'The visitor loads a page (the one of *given* when none is named), in this tab.'),
  reload: step(none, 'The page loads anew, the visitor stays.'),
  leave: step(none, 'The tab is closed.'),
  click: step(Selector, 'The visitor clicks.'),
  type: step(z.strictObject({ into: Selector, text: z.string() }), 'The visitor types into a field.'),
  focus: step(Selector, 'A field gets the focus.'),
  blur: step(Selector, 'A field loses the focus.'),
  submit: step(Selector, 'A form is submitted.'),
  key: step(z.string(), 'A key is pressed in the page: `Escape`, `Tab`, `a`.'),
  scroll: step(z.union([z.number(), z.string()]), 'The page is scrolled to a height in pixels, or `50%`.'),
  move: step(z.union([none, z.strictObject({ x: z.number(), y: z.number() })]), 'The pointer moves.'),
  pointerLeaves: step(z.enum(['top', 'left', 'right', 'bottom']), 'The pointer leaves the window through an edge: exit intent.'),
  navigate: step(z.string(), 'The address changes without a new page, as by the back button or a router: `/pricing`, `#b`.'),
  hide: step(none, 'The tab is no longer seen (visibilitychange).'),
  show: step(none, 'The tab is seen again.'),
  script: step(z.string(), 'JavaScript in the page, as in the browser’s console.'),

  // What a page does by its scripts; without scripts the scenario does it.
  event: step(PageEvent, 'The page calls `botpressWebChat.sendEvent`.'),
  merge: step(Json, 'The page calls `mergeConfig`.'),
  configure: step(Json, 'The page calls `configure`.'),
  post: step(Json, 'The page posts a message to the chat’s frame: `{action: new-session}`.'),
  bubble: step(oneOrMore(z.union([z.string(), Json])), 'The page calls `voiceflow.chat.proactive.push`.'),
  clearBubbles: step(none, 'The page calls `voiceflow.chat.proactive.clear`.'),

  // The chat.
  open: step(none, 'The visitor opens the chat.'),
  close: step(none, 'The visitor closes the chat.'),
  escape: step(none, 'The visitor presses Escape in the chat.'),
  say: step(z.string(), 'The visitor writes.'),
  compose: step(z.string(), 'The visitor begins to write and does not send it.'),
  choose: step(z.string(), 'The visitor presses a button of the bot’s last message, by its text.'),
  reset: step(none, 'The visitor starts the conversation over.'),
  newVisitor: step(none, 'From here on the page is visited by somebody new.'),
  newConversation: step(none, 'The visitor begins another conversation; the pages load anew.'),
  language: step(z.string(), 'The visitor’s browser speaks another language from now on; the pages load anew.'),

  // Time.
  advance: step(Duration, 'Time passes.'),
  at: step(Moment, 'Time passes until then.'),
  until: step(Moment, 'Time passes until then, as far as it has not passed by itself: how recordings tell of time.'),

  // The world.
  outside: step(Outside, 'An event comes from outside: a job, a web hook, another system.'),
  restart: step(none, 'The server restarts: timers and module memory are lost, what was stored stays.'),
  timeOut: step(none, 'The visitor’s conversation times out now.'),
  mount: step(z.string(), 'A bot is mounted.'),
  unmount: step(z.string(), 'A bot is unmounted.'),
  hook: step(
    z.strictObject({ type: z.string(), bot: z.string().optional(), args: Json.optional() }),
    'Hooks of a type that no event leads to are run.'
  ),
  line: step(Line, 'The line between page and server changes.'),
  faults: step(z.array(Fault), 'These hooks fail from now on, and no others.'),
  network: step(Network, 'What hooks may call changes.'),
  state: step(
    z.strictObject({ user: Json.optional(), session: Json.optional(), temp: Json.optional(), flow: z.string().optional() }),
    'What the bot remembers of the visitor changes.'
  ),
  save: step(
    z.strictObject({
      file: FilePath.describe('Below the folder.'),
      text: z.union([z.string(), z.null()]).optional().describe('The whole new text; `null`: the file is deleted.'),
      replace: z.record(z.string(), z.string()).optional().describe('Parts and what takes their place.')
    }),
    'The author saves a file. Pages that have it load anew; the workspace itself is not written.'
  ),
  visitor: step(Visitor.extend({ name: z.string() }), 'Somebody else comes; later steps say `as: name`.'),

  // Bots of the Bot Framework family.
  ...BOT_ACTIONS,

  // Looking.
  expect: step(Expect, 'What happened since the last *expect* step.'),
  expectSilence: step(z.union([none, Duration]), 'The bot says nothing (for so long).')
} as const

const full = <T extends z.ZodRawShape>(actions: T) =>
  z
    .strictObject({
      ...actions,
      as: z.string().optional().describe('The visitor who does it.'),
      tab: z.union([z.string(), z.number()]).optional().describe('The tab in which it is done; a new name is a new tab.'),
      name: z.string().optional().describe('What the step is for.')
    })
    .superRefine((value, context) => {
      const words = Object.keys(value).filter(key => Object.hasOwn(actions, key))
      if (words.length === 1) return
      const message =
        words.length === 0
          ? 'A step needs a word such as event, say, advance or expect'
          : `A step is one thing, but this has ${words.join(' and ')}`
      context.addIssue({ code: 'custom', message })
    })

const Single = z.union([z.enum(BARE), full(ACTIONS)])

const Together = z
  .strictObject({
    steps: z.array(Single).min(2).max(4),
    order: z.enum(['both', 'any', 'given']).optional().describe('`both` (default): also the other way round; `any`: in every order.'),
    apart: Duration.optional().describe('So long between them. Default 0.'),
    same: z.boolean().optional().describe('Whether the outcome has to be the same in every order. Default true.')
  })
  .optional()
  .describe('Steps whose order chance decides: the scenario is played in each order.')

export const STEPS = { ...ACTIONS, together: Together } as const
export const Step = z.union([z.enum(BARE), full(STEPS)])

export type StepWord = keyof typeof STEPS
/** What the word of a step is given. */
export type StepValue<W extends StepWord> = NonNullable<z.output<(typeof STEPS)[W]>> | null
export type StepInput = z.input<typeof Step>
export type FullStep = Exclude<z.output<typeof Step>, string>
