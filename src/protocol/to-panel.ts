import * as z from 'zod/mini'
import { TraceEntry } from '../trace/entry.ts'
import { Frequency } from '../trace/frequency.ts'
import { Conditions } from './conditions.ts'
import { StoredState } from './stored-state.ts'

/** What the simulator's page is told by whoever hosts it. The page bundles these shapes, and no others. */

export const PageChoice = z.object({
  /** Address path below the workspace, an address of this machine, or `builtin` for the page with buttons. */
  id: z.string(),
  title: z.string(),
  botIds: z.array(z.string()),
  /** Whose chat is on it; absent: Botpress's. `bot`: the chat of a bot of the Bot Framework family, which has no page round it. */
  plays: z.optional(z.enum(['botpress', 'voiceflow', 'bot']))
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

/** A script that lies among the hooks and never runs. */
export const LeftOut = z.object({ file: z.string(), botId: z.optional(z.string()), why: z.string() })
export type LeftOut = z.infer<typeof LeftOut>

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
  /**
   * `untrusted`: nothing runs until the workspace is trusted; `no-bots`: no Botpress folder was found; `played`: nothing runs, the trace is that of a
   * scenario.
   */
  status: z.enum(['starting', 'ready', 'stopped', 'untrusted', 'no-bots', 'failed', 'played']),
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
  leftOut: z.optional(z.array(LeftOut)),
  debugging: z.boolean(),
  /** What is played again when a file is saved; absent: nothing. */
  live: z.optional(z.enum(['off', 'event', 'run'])),
  /** The next press on the page chooses a part of it. */
  picking: z.optional(z.boolean()),
  /** Something is being played again. */
  replaying: z.optional(z.boolean()),
  /** How often the workspace lets a bot speak first. */
  frequency: z.optional(Frequency),
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
  /** Entries to append; `from` is the seq of the first. A `from` of 1 starts anew. With `more` the past goes on in the next of these messages. */
  z.object({ kind: z.literal('entries'), from: z.number(), entries: z.array(TraceEntry), more: z.optional(z.boolean()) }),
  /** The newest entries of a long past, to look at until all of it has come in the messages that follow. */
  z.object({ kind: z.literal('recent'), from: z.number(), entries: z.array(TraceEntry) }),
  /** Show an event's verdict and steps. `focus`: somebody asked for it in the page, and the keyboard goes there too. */
  z.object({ kind: z.literal('reveal'), seq: z.number(), focus: z.optional(z.boolean()) }),
  /** What is stored of the shown visitor's conversation with the bot: the answer to `readState`. */
  z.object({ kind: z.literal('stored'), visitorId: z.string(), botId: z.string(), stored: StoredState }),
  z.object({ kind: z.literal('notice'), level: z.enum(['info', 'warning', 'error']), text: z.string() })
])
export type ToPanel = z.infer<typeof ToPanel>
