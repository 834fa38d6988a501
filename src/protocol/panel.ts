import * as z from 'zod/mini'
import { Place, TraceEntry } from '../trace/entry.ts'
import { Gesture } from '../trace/stage-entries.ts'
import { Conditions } from './conditions.ts'
import { StoredState } from './engine.ts'

/** Messages between the simulator's page and whoever hosts it: the extension, or the command line's server for a plain browser. The page holds no truth of its own. */

export const PageChoice = z.object({
  /** Address path below the workspace, an address of this machine, or `builtin` for the page with buttons. */
  id: z.string(),
  title: z.string(),
  botIds: z.array(z.string())
})
export type PageChoice = z.infer<typeof PageChoice>

/** A tab of a visitor's browser. */
export const Tab = z.object({
  /** Counts from 1 for each visitor and is never used again. */
  tab: z.number(),
  page: z.string(),
  /** Address of its frame; changes when it must load anew. Absent: the visitor left the page. */
  url: z.optional(z.string())
})
export type Tab = z.infer<typeof Tab>

/** Someone with a browser of their own: storage, cookies and language are shared with nobody. */
export const Visitor = z.object({
  id: z.string(),
  /** `Visitor 2`. */
  name: z.string(),
  /** Their browser's language; absent: that of the browser in which the simulator runs. */
  language: z.optional(z.string()),
  /** What they were signed in with. */
  attributes: z.optional(z.record(z.string(), z.unknown())),
  tabs: z.array(Tab),
  /** The tab they look at. */
  tab: z.number()
})
export type Visitor = z.infer<typeof Visitor>

/** The one clock of engine, line and pages. */
export const ClockState = z.object({
  kind: z.enum(['real', 'virtual']),
  /** ms since 1970; on a real clock when the state was made. */
  now: z.number(),
  /** The virtual clock moves by itself, `speed` times as fast as the real one. */
  playing: z.boolean(),
  speed: z.number(),
  /** A move is under way. */
  moving: z.boolean(),
  /** When the next timer falls due, whoever keeps it (virtual only). */
  nextDue: z.optional(z.number())
})
export type ClockState = z.infer<typeof ClockState>

/** Everything the panel needs after it was (re)created. */
export const PanelState = z.object({
  /** `untrusted`: nothing runs until the workspace is trusted; `no-bots`: no Botpress folder was found. */
  status: z.enum(['starting', 'ready', 'stopped', 'untrusted', 'no-bots', 'failed']),
  /** A sentence for the user where status is not `ready`. */
  message: z.optional(z.string()),
  bots: z.array(z.string()),
  botId: z.optional(z.string()),
  pages: z.array(PageChoice),
  /** Page of the tab that is shown. */
  page: z.optional(z.string()),
  /** Address of the frame that is shown; changes when it must load anew. */
  frameUrl: z.optional(z.string()),
  /** The visitor who is shown. */
  visitorId: z.string(),
  /** All of them. Frames of the others and of other tabs stay alive unseen, so that what happens in them happens. */
  visitors: z.array(Visitor),
  clock: ClockState,
  conditions: Conditions,
  /** Event types worth offering under *Send event*, with the payload last seen for each. */
  knownEvents: z.array(z.object({ type: z.string(), payload: z.unknown(), from: z.string() })),
  debugging: z.boolean(),
  theme: z.optional(z.enum(['light', 'dark']))
})
export type PanelState = z.infer<typeof PanelState>

/** A state in which nothing is there yet, but for what is given. */
export function panelState(given: Partial<PanelState> & Pick<PanelState, 'status'>): PanelState {
  return {
    bots: [],
    pages: [],
    visitorId: '',
    visitors: [],
    clock: { kind: 'real', now: Date.now(), playing: false, speed: 1, moving: false },
    conditions: { line: {}, hooks: [], unmounted: [] },
    knownEvents: [],
    debugging: false,
    ...given
  }
}

export const ToPanel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('state'), state: PanelState }),
  /** The clock alone, many times a second while it plays. */
  z.object({ kind: z.literal('clock'), clock: ClockState }),
  /** Entries to append; `from` is the seq of the first. A `from` of 1 starts anew. */
  z.object({ kind: z.literal('entries'), from: z.number(), entries: z.array(TraceEntry) }),
  /** Show an event's verdict and steps. */
  z.object({ kind: z.literal('reveal'), seq: z.number() }),
  /** What is stored of the shown visitor's conversation with the bot: the answer to `readState`. */
  z.object({ kind: z.literal('stored'), visitorId: z.string(), botId: z.string(), stored: StoredState }),
  z.object({ kind: z.literal('notice'), level: z.enum(['info', 'warning', 'error']), text: z.string() })
])
export type ToPanel = z.infer<typeof ToPanel>

const Attributes = z.record(z.string(), z.unknown())
const StatePart = z.optional(z.record(z.string(), z.unknown()))
/** Whose; the shown visitor when absent. */
const whose = { visitorId: z.optional(z.string()) }

/** What can be done with visitors. */
export const VisitorCommand = z.discriminatedUnion('do', [
  /** Somebody who was never here comes along and is shown; the others stay as they are. */
  z.object({ do: z.literal('add'), language: z.optional(z.string()), attributes: z.optional(Attributes) }),
  z.object({ do: z.literal('show'), visitorId: z.string() }),
  z.object({ do: z.literal('remove'), visitorId: z.string() }),
  /** Loads the page anew: in the same conversation and session. */
  z.object({ do: z.literal('return'), ...whose }),
  /** The same after the session has expired: context and session are gone, user and conversation stay. */
  z.object({ do: z.literal('expire'), ...whose }),
  /** The same in another conversation: another thread, an empty session, the same user. */
  z.object({ do: z.literal('newConversation'), ...whose }),
  /** Lays the attributes over those of the user, as an account would bring them. */
  z.object({ do: z.literal('signIn'), ...whose, attributes: Attributes }),
  /** The language of their browser (`fr`, `ja-JP`); absent: as it really is. Loads the page anew. */
  z.object({ do: z.literal('language'), ...whose, language: z.optional(z.string()) }),
  z.object({ do: z.literal('openTab'), ...whose, page: z.optional(z.string()) }),
  z.object({ do: z.literal('closeTab'), ...whose, tab: z.number() }),
  z.object({ do: z.literal('showTab'), ...whose, tab: z.number() })
])
export type VisitorCommand = z.infer<typeof VisitorCommand>

/** What can be done with the clock. `play` to `goTo` need the virtual one. */
export const ClockCommand = z.discriminatedUnion('do', [
  /** Switches to the virtual clock, which stands still at `startAt` (default: now), or back. The engine starts anew over its storage, pages load anew. */
  z.object({ do: z.literal('virtual'), startAt: z.optional(z.number()) }),
  z.object({ do: z.literal('real') }),
  z.object({ do: z.literal('play'), speed: z.optional(z.number()) }),
  z.object({ do: z.literal('pause') }),
  /** To the next timer, whoever keeps it. */
  z.object({ do: z.literal('step') }),
  z.object({ do: z.literal('advance'), ms: z.number() }),
  /** ms since 1970; a moment that has passed is refused. */
  z.object({ do: z.literal('goTo'), at: z.number() })
])
export type ClockCommand = z.infer<typeof ClockCommand>

export const FromPanel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  /** Of the shown visitor's shown tab. */
  z.object({ kind: z.literal('choose'), botId: z.optional(z.string()), page: z.optional(z.string()) }),
  /** `same`: the page loads anew, the visitor returns; `new`: somebody who was never here takes the shown visitor's place. */
  z.object({ kind: z.literal('restart'), as: z.enum(['same', 'new']) }),
  z.object({ kind: z.literal('visitor'), command: VisitorCommand }),
  z.object({ kind: z.literal('clock'), command: ClockCommand }),
  /** Takes the place of all that was staged before. */
  z.object({ kind: z.literal('conditions'), conditions: Conditions }),
  /** Asks the page of the shown tab to do as its visitor would; ends when it is done. */
  z.object({ kind: z.literal('gesture'), gesture: Gesture }),
  z.object({ kind: z.literal('readState') }),
  /** Parts of what is stored of the shown visitor's conversation; a flow position is a context of `currentFlow` and `currentNode`. Answered as `readState` is. */
  z.object({
    kind: z.literal('writeState'),
    user: StatePart,
    session: StatePart,
    context: StatePart,
    temp: StatePart,
    /** Keep what the given parts do not name. */
    merge: z.optional(z.boolean()),
    /** The node has spoken and waits: the next event is taken as the answer. */
    waiting: z.optional(z.boolean())
  }),
  z.object({ kind: z.literal('send'), type: z.string(), payload: z.unknown() }),
  z.object({ kind: z.literal('open'), place: Place }),
  z.object({ kind: z.literal('clear') }),
  z.object({ kind: z.literal('trust') }),
  z.object({ kind: z.literal('startEngine') })
])
export type FromPanel = z.infer<typeof FromPanel>
