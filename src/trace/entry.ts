import * as z from 'zod/mini'
import { botBodies } from './bot-entries.ts'
import { Place } from './place.ts'
import { stageBodies } from './stage-entries.ts'

/**
 * The one trace: everything that happens in the simulator, a scenario or a run is one of these entries, appended in order and never changed.
 * Panels draw it, scenarios assert on it, verdicts explain it. Nothing keeps a second account.
 */

export { Place }

/** An error as its author sees it: V8's words, the error's class, and the place in their file. */
export const Problem = z.object({ name: z.string(), message: z.string(), place: z.optional(Place), stack: z.optional(z.string()) })
export type Problem = z.infer<typeof Problem>

/** A change of a value below the event: `path` as an author would write it (`state.session.greeted`, `payload.text`). `before` is absent for a new value, `after` for a removed one. */
export const Change = z.object({ path: z.string(), before: z.optional(z.unknown()), after: z.optional(z.unknown()) })
export type Change = z.infer<typeof Change>

const Direction = z.enum(['incoming', 'outgoing', 'internal'])
export type Direction = z.infer<typeof Direction>

/** Who caused something: a hook (with its file), the dialog engine (flow and node), a suggestion, the page, the visitor, or the author through a command. */
export const Origin = z.object({
  by: z.enum(['hook', 'action', 'dialog', 'suggestion', 'page', 'visitor', 'author', 'server', 'channel', 'bot']),
  place: z.optional(Place),
  /** A short name: the hook's file name, `main.flow.json#entry`, the suggestion's source. */
  name: z.optional(z.string()),
  /** The load of a page that it came from: where a visitor has several tabs, which. */
  pageId: z.optional(z.string())
})
export type Origin = z.infer<typeof Origin>

/** Where a page's life stands when it sends something (R21.3, R21.4). */
export const PagePhase = z.enum(['before-init', 'loading', 'loaded', 'opening', 'ready'])
export type PagePhase = z.infer<typeof PagePhase>

/** A failure that the author staged: what the named hook does instead of, or before, its own work. */
export const HookFault = z.object({
  /** The hook's file name, or the end of its path: `greet.js`, `before_incoming_middleware/greet.js`. */
  hook: z.string(),
  /** `throw`: fails at once; `hang`: returns a promise that never settles; `slow`: begins only after `ms` of the clock. */
  what: z.enum(['throw', 'hang', 'slow']),
  /** How slow, in ms of the clock; 3000 when absent. */
  ms: z.optional(z.number()),
  /** The error's message. */
  message: z.optional(z.string())
})
export type HookFault = z.infer<typeof HookFault>

const hookRef = {
  eventId: z.optional(z.string()),
  hookType: z.string(),
  name: z.string(),
  scope: z.enum(['global', 'bot']),
  botId: z.optional(z.string()),
  place: Place
}
/** One run of a hook, by its hook and its event. */
export const RunOfHook = z.object(hookRef)
export type RunOfHook = z.infer<typeof RunOfHook>
const pageRef = { visitorId: z.string(), page: z.string() }

/** The body of each kind of entry. A new kind is a row here; `kind`, `seq` and `at` are the envelope and no names for a field. */
const bodies = {
  // The engine's own life.
  'engine-started': {
    botpressVersion: z.string(),
    root: z.string(),
    bots: z.array(z.string()),
    clock: z.enum(['real', 'virtual']),
    seed: z.optional(z.number())
  },
  'engine-stopped': {
    /** `hook-limit`: a hook ran longer than our limit without yielding; `exit`, `memory`, `crash`: the process ended by itself; `request`: someone asked. */
    reason: z.enum(['hook-limit', 'exit', 'memory', 'crash', 'request']),
    /** How the process ended, if by itself: the name of a signal, or an exit code. */
    end: z.optional(z.string()),
    hook: z.optional(z.string()),
    /** The line at which it was, where the process could still be asked. */
    place: z.optional(Place),
    /** The event on whose behalf the hook ran, or had left behind what ran. */
    during: z.optional(z.string()),
    ms: z.optional(z.number()),
    /** What the real server would have done (R3.9, R3.11). */
    real: z.string()
  },
  /** What hooks are made to do from now on; an empty list ends it. */
  'fault-staged': { faults: z.array(HookFault) },
  'bot-mounted': { botId: z.string() },
  /** Requests for the bot are refused from now on. */
  'bot-unmounted': { botId: z.string() },
  /** Somebody changed what is stored of a conversation, past all hooks. `state` holds the parts that were written, as they are now. */
  'state-edited': {
    sessionId: z.string(),
    botId: z.string(),
    channel: z.string(),
    target: z.string(),
    threadId: z.optional(z.string()),
    state: z.record(z.string(), z.unknown()),
    changes: z.array(Change)
  },
  'data-problem': { place: Place, problem: z.string() },

  // The page.
  'page-loaded': {
    ...pageRef,
    pageId: z.string(),
    /** The how-manieth tab of the visitor's browser, from 1. */
    tab: z.optional(z.number())
  },
  'page-posted': { ...pageRef, pageId: z.string(), name: z.optional(z.string()), data: z.unknown() },
  'page-sent': {
    ...pageRef,
    pageId: z.string(),
    via: z.enum(['sendEvent', 'sendPayload', 'widget']),
    type: z.optional(z.string()),
    payload: z.unknown(),
    phase: PagePhase,
    /** `dropped`: never leaves the browser; `handled`: the widget does it itself; `posted`: goes to the server. */
    fate: z.enum(['posted', 'handled', 'dropped']),
    place: z.optional(Place)
  },
  'page-refused': { ...pageRef, pageId: z.string(), type: z.optional(z.string()), status: z.number(), reason: z.string() },
  'page-console': {
    ...pageRef,
    pageId: z.string(),
    level: z.enum(['log', 'info', 'warn', 'error']),
    text: z.string(),
    place: z.optional(Place)
  },

  // An event's way through the engine.
  'event-received': {
    eventId: z.string(),
    direction: Direction,
    type: z.string(),
    channel: z.string(),
    botId: z.string(),
    target: z.string(),
    threadId: z.optional(z.string()),
    payload: z.unknown(),
    preview: z.optional(z.unknown()),
    from: Origin,
    /** The incoming event a reply names as its cause (R16.1). */
    incomingEventId: z.optional(z.string()),
    /** The incoming event being processed when this one was made, whether it is named or not. */
    during: z.optional(z.string())
  },
  'event-rejected': {
    type: z.optional(z.string()),
    botId: z.optional(z.string()),
    reason: z.string(),
    from: Origin,
    payload: z.optional(z.unknown())
  },
  'event-started': { eventId: z.string(), attempt: z.number() },
  /** Another event of the same visitor has to end first (R7.3). */
  'event-waiting': { eventId: z.string(), behind: z.string() },
  /** The event has not ended after our limit; on the real server it never does, and the visitor's queue stays locked (R3.10). */
  'event-stuck': { eventId: z.string(), hook: z.optional(z.string()), place: z.optional(Place), ms: z.number() },
  'state-loaded': { eventId: z.string(), sessionId: z.string(), state: z.unknown(), newSession: z.boolean() },
  'hook-started': { ...hookRef, /** The failure that it was made to show. */ staged: z.optional(HookFault.shape.what) },
  'hook-ended': {
    ...hookRef,
    outcome: z.enum(['completed', 'failed']),
    ms: z.number(),
    /** Whether the runner waited for what the script returned (R3.6). */
    awaited: z.boolean(),
    error: z.optional(Problem),
    changes: z.array(Change)
  },
  'flag-set': {
    eventId: z.string(),
    flag: z.string(),
    value: z.boolean(),
    /** false when the engine reads no such flag (R5.2). */ known: z.boolean(),
    from: Origin
  },
  /** A script set a timer that lies far ahead, or took it back. Timers live in the process: its end is theirs (S51). */
  'script-timer': {
    what: z.enum(['set', 'cleared']),
    /** Of the timer, within one life of the engine. */
    id: z.number(),
    /** When it comes; of an interval, when it comes first. */
    due: z.number(),
    every: z.optional(z.number()),
    hook: z.optional(z.string()),
    place: z.optional(Place),
    eventId: z.optional(z.string())
  },
  /** A script kept a value in the key-value store while an event was processed (R14): for later, or for other scripts. */
  'value-stored': {
    eventId: z.string(),
    /** Whose store; absent for the global one. */
    botId: z.optional(z.string()),
    key: z.string(),
    /** The value's beginning. */
    preview: z.string(),
    from: Origin
  },
  /** A session ended by itself while a flow still waited in it: there is nothing left that could time out (R6.8). */
  'session-expired': {
    sessionId: z.string(),
    botId: z.string(),
    channel: z.string(),
    target: z.string(),
    threadId: z.optional(z.string()),
    flow: z.optional(z.string()),
    node: z.optional(z.string()),
    /** How long context and session live without an event, ms. */
    contextMs: z.number(),
    sessionMs: z.number(),
    /** The time-out hooks that would have run. */
    hooks: z.array(z.object({ name: z.string(), place: Place }))
  },
  /** A flag was set, or a reply sent, after the hook that did it had ended (R3.7). */
  'too-late': { eventId: z.string(), what: z.string(), from: Origin },
  'middleware-ended': {
    eventId: z.string(),
    name: z.string(),
    outcome: z.enum(['completed', 'skipped', 'swallowed', 'timedOut', 'failed']),
    ms: z.number()
  },
  'event-paused': { eventId: z.string() },
  'decision-made': {
    eventId: z.string(),
    /** What happens to the event: the dialog engine runs, a suggestion is sent, both, or nothing. */
    outcome: z.enum(['dialog', 'suggestion', 'suggestion-and-dialog', 'skipped']),
    suggestions: z.array(z.unknown()),
    skippedBy: z.optional(Origin)
  },
  'dialog-entered': {
    eventId: z.string(),
    flow: z.string(),
    node: z.string(),
    place: z.optional(Place),
    /** It resumes a waiting node with this event as the answer. */ resumed: z.boolean()
  },
  'dialog-instruction': {
    eventId: z.string(),
    flow: z.string(),
    node: z.string(),
    what: z.enum(['say', 'action', 'transition', 'wait']),
    text: z.string(),
    error: z.optional(Problem)
  },
  'dialog-waits': { eventId: z.string(), flow: z.string(), node: z.string() },
  'dialog-ended': { eventId: z.string() },
  'dialog-failed': { eventId: z.string(), error: Problem },
  /** `sessionId`: what was given as the session's id, where it is none of this conversation: it is ignored (R10.12). */
  'dialog-jumped': { eventId: z.string(), flow: z.string(), node: z.optional(z.string()), sessionId: z.optional(z.string()), from: Origin },
  'state-saved': {
    eventId: z.string(),
    sessionId: z.string(),
    parts: z.array(z.enum(['user', 'session', 'context', 'temp'])),
    changes: z.array(Change)
  },
  /** Changes of the event's state that were not written; `leaks` are those that the next events see all the same until the server restarts (R6.3, R6.5). */
  'state-discarded': { eventId: z.string(), changes: z.array(Change), leaks: z.array(Change) },
  'event-ended': { eventId: z.string(), outcome: z.enum(['completed', 'failed', 'retried', 'paused']), error: z.optional(Problem) },

  // What reaches the chat.
  'chat-received': {
    visitorId: z.string(),
    botId: z.string(),
    conversationId: z.optional(z.string()),
    /** The outgoing event; absent for the visitor's own messages. */
    eventId: z.optional(z.string()),
    /** Under which a chat knows the message. */
    messageId: z.optional(z.string()),
    what: z.enum(['message', 'typing', 'data', 'clear']),
    by: z.enum(['bot', 'visitor']),
    payload: z.unknown(),
    /** False when no open page of the visitor was there to show it. */
    shown: z.boolean()
  },
  'reply-lost': { eventId: z.string(), reason: z.string() },

  // Words and accidents.
  log: {
    level: z.enum(['debug', 'info', 'warn', 'error', 'critical']),
    logger: z.string(),
    message: z.string(),
    botId: z.optional(z.string()),
    eventId: z.optional(z.string()),
    place: z.optional(Place),
    /** What `attachError` was given. */
    error: z.optional(Problem)
  },
  console: { level: z.enum(['log', 'info', 'warn', 'error', 'debug']), text: z.string(), place: z.optional(Place) },
  'unhandled-rejection': { error: Problem, hook: z.optional(z.string()) },
  'uncaught-exception': { error: Problem, hook: z.optional(z.string()), real: z.string() },
  network: {
    method: z.string(),
    url: z.string(),
    outcome: z.enum(['allowed', 'refused', 'answered', 'failed']),
    status: z.optional(z.number()),
    ms: z.optional(z.number()),
    /** Why it was refused and what to do, or how it failed. */
    reason: z.optional(z.string()),
    /** The line of the script that made the call. */
    place: z.optional(Place)
  },
  clock: { to: z.number(), why: z.string() },

  ...botBodies,
  // What visitors do, and trouble that is staged.
  ...stageBodies
} as const

export type EntryKind = keyof typeof bodies

type Body<K extends EntryKind> = z.infer<z.ZodMiniObject<(typeof bodies)[K]>>

/** An entry as the one who reports it knows it: without its number. */
export type Report = { [K in EntryKind]: { kind: K; at: number } & Body<K> }[EntryKind]
/** An entry of a kind. `seq` counts from 1 within a trace; `at` is the one clock's time in ms since 1970. */
export type EntryOf<K extends EntryKind> = { kind: K; seq: number; at: number } & Body<K>
export type TraceEntry = { [K in EntryKind]: EntryOf<K> }[EntryKind]

const shapes = Object.entries(bodies).map(([kind, body]) => z.object({ kind: z.literal(kind), seq: z.number(), at: z.number(), ...body }))

/** Parses an entry that crossed a process. Unknown keys are dropped. */
export const TraceEntry = z.discriminatedUnion('kind', shapes as never) as unknown as z.ZodMiniType<TraceEntry>
/** The same for a report, which has no number yet. */
export const Report = z.discriminatedUnion(
  'kind',
  Object.entries(bodies).map(([kind, body]) => z.object({ kind: z.literal(kind), at: z.number(), ...body })) as never
) as unknown as z.ZodMiniType<Report>

export const ENTRY_KINDS = Object.keys(bodies) as EntryKind[]
