import * as z from 'zod/mini'
import { Place } from '../trace/entry.ts'
import { Gesture } from '../trace/stage-entries.ts'
import { Transcript } from '../trace/transcript/transcript.ts'
import { Conditions } from './conditions.ts'
import { MOST_AT_ONCE } from './limits.ts'

export * from './to-panel.ts'

/** Messages between the simulator's page and whoever hosts it: the extension, or the command line's server for a plain browser. The page holds no truth of its own. */

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
  /**
   * Plays something once more: the last event, from the state that it had found; or all that was done since the trace began, by a new visitor.
   * `reversed`: with what is sent close together turned round on the line.
   */
  z.object({ kind: z.literal('replay'), what: z.enum(['event', 'run']), reversed: z.optional(z.boolean()) }),
  z.object({ kind: z.literal('playTranscript'), transcript: Transcript }),
  /** What is to be played again whenever a hook, page or flow was saved. */
  z.object({ kind: z.literal('live'), mode: z.enum(['off', 'event', 'run']) }),
  /** Writes the run into a file that plays it, and shows it. */
  z.object({ kind: z.literal('saveScenario') }),
  /** Keeps a text where the author wants it. */
  z.object({ kind: z.literal('saveText'), name: z.string(), text: z.string() }),
  /** Shows the page that explains a rule of the editor: `BPH006`. */
  z.object({ kind: z.literal('openRule'), rule: z.string() }),
  /** `times`: so many at once, as by a double click or a page that does not know when to stop. */
  z.object({
    kind: z.literal('send'),
    type: z.string(),
    payload: z.unknown(),
    times: z.optional(z.number().check(z.int(), z.minimum(1), z.maximum(MOST_AT_ONCE)))
  }),
  z.object({ kind: z.literal('open'), place: Place }),
  /** What is looked at in the trace is marked where the visitor sees it; nothing else is any more. */
  z.object({
    kind: z.literal('mark'),
    messages: z.array(z.string()),
    element: z.optional(z.object({ pageId: z.string(), selector: z.string() }))
  }),
  /** The next press on the page chooses a part of it and leads to what was done with it, unless this is taken back. */
  z.object({ kind: z.literal('pick'), on: z.boolean() }),
  z.object({ kind: z.literal('clear') }),
  z.object({ kind: z.literal('trust') }),
  z.object({ kind: z.literal('startEngine') }),
  /** The server ends and starts again over what it has stored: timers and what modules hold in memory are gone. */
  z.object({ kind: z.literal('restartServer') })
])
export type FromPanel = z.infer<typeof FromPanel>
