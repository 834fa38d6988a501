import * as z from 'zod/mini'
import { Place } from './place.ts'
import { SavedFile } from './saved-files.ts'

/** What happens on the stage besides the page's own doing: what visitors do, which trouble is staged. All entries of the one trace (entry.ts). */

/** Something that a visitor does on a page, in the words of scenario steps. Selectors are CSS, looked up in the page. */
export const Gesture = z.discriminatedUnion('do', [
  /** Goes to another page of the workspace, or to an address of this machine. */
  z.object({ do: z.literal('load'), page: z.string() }),
  /** Loads the page anew in place. */
  z.object({ do: z.literal('reload') }),
  /** Goes away: the page is gone, its chat too. */
  z.object({ do: z.literal('leave') }),
  /** Another address without a new page, as by a router: `/pricing`, `#b`. */
  z.object({ do: z.literal('navigate'), to: z.string() }),
  /** Does nothing for so long. */
  z.object({ do: z.literal('idle'), ms: z.number() }),
  /** Scrolls to so many percent of the way. */
  z.object({ do: z.literal('scroll'), to: z.number() }),
  z.object({ do: z.literal('move') }),
  /** The pointer leaves the page through an edge: exit intent through the upper one. */
  z.object({ do: z.literal('pointerLeaves'), edge: z.enum(['top', 'left', 'right', 'bottom']) }),
  z.object({ do: z.literal('focus'), selector: z.string() }),
  z.object({ do: z.literal('blur'), selector: z.string() }),
  z.object({ do: z.literal('type'), into: z.string(), text: z.string() }),
  /** Submits a form, after its fields (by name) were filled. */
  z.object({ do: z.literal('submit'), selector: z.string(), values: z.optional(z.record(z.string(), z.string())) }),
  z.object({ do: z.literal('click'), selector: z.string() }),
  z.object({ do: z.literal('key'), key: z.string() }),
  /** The tab is no longer seen, or seen again. */
  z.object({ do: z.literal('hide') }),
  z.object({ do: z.literal('show') }),
  /** In the chat: opens and closes it as by its bubble, presses Escape, writes, presses a button of the bot's last message, starts the conversation over. */
  z.object({ do: z.literal('open') }),
  z.object({ do: z.literal('close') }),
  z.object({ do: z.literal('escape') }),
  z.object({ do: z.literal('say'), text: z.string() }),
  z.object({ do: z.literal('choose'), title: z.string() }),
  z.object({ do: z.literal('reset') })
])
export type Gesture = z.infer<typeof Gesture>

/** The line between the page's chat and the server. What is absent is as it should be. Times in ms of the one clock. */
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

/** What a visitor is made to be. */
export const VisitorChange = z.enum([
  'new',
  'shown',
  'removed',
  'returned',
  'expired',
  'new-conversation',
  'signed-in',
  'language',
  'tab-opened',
  'tab-closed',
  'tab-shown'
])
export type VisitorChange = z.infer<typeof VisitorChange>

const pageRef = { visitorId: z.string(), page: z.string(), pageId: z.string() }

/** Bodies of the entries, by kind. */
export const stageBodies = {
  'page-gesture': {
    ...pageRef,
    gesture: Gesture,
    /** `author`: asked for by a control of the simulator or a scenario; `visitor`: done by hand in the page. */
    by: z.enum(['author', 'visitor']),
    chatId: z.optional(z.string())
  },
  'page-left': pageRef,
  /** The page called `voiceflow.chat`. `lost`: before `load` had resolved (W1); `no-effect`: the chat is embedded (W2). */
  'voiceflow-called': {
    ...pageRef,
    name: z.string(),
    fate: z.enum(['done', 'lost', 'no-effect']),
    /** What was pushed, as it was given. */
    traces: z.optional(z.array(z.unknown())),
    place: z.optional(Place)
  },
  /** The queue of proactive bubbles as it is now, in order, each with why it is seen or not (W4, W8, W10). */
  'bubbles-changed': {
    ...pageRef,
    bubbles: z.array(
      z.object({
        /** Counts from 1 within a load of the page. */
        id: z.number(),
        type: z.string(),
        text: z.string(),
        state: z.enum(['drawn', 'ignored', 'chat-open', 'widget-hidden', 'dismissed'])
      })
    )
  },
  'visitor-changed': {
    visitorId: z.string(),
    what: VisitorChange,
    /** The how-manieth tab of that visitor's browser, from 1. */
    tab: z.optional(z.number()),
    page: z.optional(z.string()),
    language: z.optional(z.string()),
    attributes: z.optional(z.record(z.string(), z.unknown()))
  },
  /** From now on the line between page and server is like this; empty: as it should be. */
  'condition-set': { line: LineConditions },
  /** Files of bots and pages were saved or deleted; what comes before ran without, what comes after runs with it (S48). */
  'file-saved': { files: z.array(SavedFile) },
  /** Something is played again: what the entries `from` to `to` tell of, or what was read from a file. */
  'replay-started': {
    what: z.enum(['event', 'run', 'transcript']),
    why: z.enum(['asked', 'saved']),
    /** The files that were saved. */
    files: z.array(z.string()),
    from: z.number(),
    to: z.number(),
    /** What is sent close together is turned round on the line. */
    reversed: z.optional(z.boolean())
  },
  'replay-ended': { outcome: z.enum(['completed', 'failed']), reason: z.optional(z.string()) },
  /** The line lost something, as staged. `name`: the route, or the socket's message. */
  'line-lost': { visitorId: z.string(), what: z.enum(['request', 'push']), name: z.string() }
} as const
