import * as z from 'zod/mini'
import { NEWEST } from '../botpress/versions.ts'
import { HookFault, Origin, RunOfHook } from '../trace/entry.ts'
import { SavedFile } from '../trace/saved-files.ts'
import { ScriptCounts } from './coverage.ts'
import { StatePart, StoredState } from './stored-state.ts'

export { StoredState }

/** Messages between the host, which starts and watches, and an engine process, in which hooks run. */

/** The answer to network calls that match: nothing leaves the computer. */
export const NetworkFixture = z.object({
  method: z.optional(z.string().check(z.describe('Of the call, in any letter case; any method when absent.'))),
  url: z.string().check(z.describe('The whole address of the call; `*` stands for any text.')),
  status: z._default(z.number().check(z.describe('Of the answer.')), 200),
  headers: z.optional(z.record(z.string(), z.string()).check(z.describe('Of the answer.'))),
  body: z.optional(z.unknown().check(z.describe('Of the answer: text is sent as it is, anything else as JSON.')))
})
export type NetworkFixture = z.input<typeof NetworkFixture>

/** In the Botpress folder: answers to network calls that everybody who works there shares. */
export const NETWORK_FIXTURES = 'network-fixtures.json'

/** What happens to network calls of hooks, actions and what they require. The bot's own routers can always be reached. */
export const NetworkSettings = z.object({
  /** `loopback`: only to this computer and to `allow`; `refuse`: only to `allow`; `allow`: anywhere. */
  mode: z._default(z.enum(['loopback', 'allow', 'refuse']), 'loopback'),
  /** Host names; `*.example.com` for everything below one. */
  allow: z.optional(z.array(z.string())),
  fixtures: z.optional(z.array(NetworkFixture)),
  /** Absolute path of a JSON file with more of them, a list; its changes count from the next call on, and it need not be there. */
  fixturesFile: z.optional(z.string())
})
export type NetworkSettings = z.input<typeof NetworkSettings>

/** How an engine behaves; set once when it starts. */
export const EngineSettings = z.object({
  /** The folder that holds `data/`. */
  root: z.string(),
  /** Folder for the SQLite file; absent: in memory, nothing is kept. */
  storage: z.optional(z.string()),
  /** The storage goes with the engine: it has to outlive the process, but not a power cut. */
  passing: z._default(z.boolean(), false),
  botpressVersion: z._default(z.string(), NEWEST),
  clock: z._default(z.enum(['real', 'virtual']), 'real'),
  /** Start of the virtual clock, ms since 1970. */
  startAt: z.optional(z.number()),
  /** What chance there is (ids, `Math.random` of scripts, variations of texts) follows from it: on the virtual clock the same events give the same trace. */
  seed: z.optional(z.number()),
  /** After so many ms without an end, an event is reported as stuck. */
  stuckAfterMs: z._default(z.number(), 5000),
  /** Base of the pages' addresses, for `EXTERNAL_URL` and media links. */
  externalUrl: z._default(z.string(), 'http://localhost:3000'),
  network: z.optional(NetworkSettings),
  /** Files that hooks write below `data/` (`bp.ghost`, content elements, bot configuration) change the workspace; else they are kept in `storage`. */
  writeThrough: z._default(z.boolean(), false),
  /**
   * Count what hooks, actions and what they require execute. What was counted is told (`coverage`) before each of them runs and before each answer,
   * so that little is lost with a process that has to be killed.
   */
  coverage: z._default(z.boolean(), false)
})
export type EngineSettings = z.input<typeof EngineSettings>

/** What makes an event; missing parts get those of the simulator's visitor. */
export const EventInput = z.object({
  type: z.string(),
  payload: z._default(z.unknown(), {}),
  botId: z.string(),
  channel: z._default(z.string(), 'web'),
  target: z.optional(z.string()),
  /** A visitor of the web channel: decides `target` and `threadId` unless they are given, as the widget's requests do (R19.2). */
  visitorId: z.optional(z.string()),
  threadId: z.optional(z.union([z.string(), z.number()])),
  preview: z.optional(z.unknown()),
  messageId: z.optional(z.string()),
  debugger: z.optional(z.boolean()),
  credentials: z.optional(z.unknown()),
  nlu: z.optional(z.unknown())
})
export type EventInput = z.input<typeof EventInput>

/** A request of the widget to the server part of channel-web, as HTTP would carry it (R19.1). */
export const WebchatRequest = z.object({
  botId: z.string(),
  visitorId: z.string(),
  route: z.string(),
  body: z.unknown(),
  headers: z._default(z.record(z.string(), z.string()), {})
})
export type WebchatRequest = z.input<typeof WebchatRequest>
/** Headers by which the host tells more of a request than a browser would: that the author sends it in the page's place, and which load of a page does. */
export const WEBCHAT_HEADERS = { author: 'x-proactive-hooks-author', page: 'x-proactive-hooks-page' } as const

/** Whose conversation: that of a visitor of the web channel, who is made known to the bot if need be, or of `target` in a thread. */
const Conversation = {
  botId: z.string(),
  visitorId: z.optional(z.string()),
  channel: z._default(z.string(), 'web'),
  target: z.optional(z.string()),
  threadId: z.optional(z.union([z.string(), z.number()]))
}

/** What the host may ask, with the answer to each. Errors come back as `{ code, message }`. */
/** Time stands still: how late it is, when the next timer falls due (ms since 1970), and the next with the engine's own, which events have not ended. */
const AtRest = z.object({ now: z.number(), at: z.optional(z.number()), anyAt: z.optional(z.number()), active: z.array(z.string()) })

export const EngineCalls = {
  /** Answers once every bot is mounted. */
  start: { params: EngineSettings, result: z.object({ bots: z.array(z.string()) }) },
  /** Answers when the event is queued, as `bp.events.sendEvent` does. */
  send: { params: EventInput, result: z.object({ eventId: z.string() }) },
  /** Queues an event once more that an engine before this one had queued and not begun, as the trace has it. */
  requeue: {
    params: z.object({
      direction: z.enum(['incoming', 'outgoing', 'internal']),
      type: z.string(),
      payload: z.unknown(),
      botId: z.string(),
      channel: z.string(),
      target: z.string(),
      threadId: z.optional(z.string()),
      preview: z.optional(z.unknown()),
      incomingEventId: z.optional(z.string()),
      from: Origin
    }),
    result: z.object({ eventId: z.string() })
  },
  /** Runs the hooks of a type that no event leads to (`after_server_start`, mount hooks, stage hooks …). */
  hooks: {
    params: z.object({ hookType: z.string(), botId: z.optional(z.string()), args: z.record(z.string(), z.unknown()) }),
    result: z.object({ args: z.record(z.string(), z.unknown()) })
  },
  /** Handles a conversation as stale at once, as the janitor does when its time has come (R12): that of a visitor, or of `target` in a thread. */
  timeOut: {
    params: z.object(Conversation),
    result: z.object({ eventId: z.string() })
  },
  /** As if the session of the conversation had expired: context, session and temp are gone; its user stays. The next event finds a new session (R6.8). */
  endSession: { params: z.object(Conversation), result: z.unknown() },
  /** Makes hooks fail, from their next run on; takes the place of what was staged before. An empty list ends it. */
  faults: { params: z.object({ faults: z.array(HookFault) }), result: z.unknown() },
  /** Mounts a bot that was unmounted and runs its hooks (R2.7); nothing happens when it is mounted. */
  mount: { params: z.object({ botId: z.string() }), result: z.unknown() },
  /** Unmounts a bot and runs its hooks: requests for it are refused as for a bot that does not exist, until it is mounted again. */
  unmount: { params: z.object({ botId: z.string() }), result: z.unknown() },
  readState: { params: z.object(Conversation), result: StoredState },
  /**
   * Writes parts of what is stored of a conversation; parts that are not given stay. A position in the flow is a context of `currentFlow` and
   * `currentNode`: the next event runs that node from its beginning; with `waiting` it is taken as the answer to it.
   */
  writeState: {
    params: z.object({
      ...Conversation,
      user: z.optional(StatePart),
      session: z.optional(StatePart),
      context: z.optional(StatePart),
      temp: z.optional(StatePart),
      /** Keep what the given parts do not name; else they replace what is stored. */
      merge: z._default(z.boolean(), false),
      waiting: z._default(z.boolean(), false)
    }),
    result: StoredState
  },
  webchat: { params: WebchatRequest, result: z.object({ status: z.number(), body: z.unknown() }) },
  /** A page of the visitor is there (or has gone): decides what counts as shown. */
  socket: { params: z.object({ visitorId: z.string(), open: z.boolean() }), result: z.unknown() },
  /** Answers when both queues are empty and nothing is being processed, or after `ms`; `stuck` lists events that did not end. */
  settle: { params: z.object({ ms: z.number() }), result: z.object({ stuck: z.array(z.string()) }) },
  /** A bot's media file that a script stored (`bp.cms.saveFile`) and that does not lie in the workspace; nothing when there is none. */
  media: { params: z.object({ botId: z.string(), file: z.string() }), result: z.object({ base64: z.optional(z.string()) }) },
  /** Files changed: caches that hold them are dropped (R1.8). Absolute paths. `saved` is reported then, between what ran without and what runs with it. */
  changed: { params: z.object({ files: z.array(z.string()), saved: z.optional(z.array(SavedFile)) }), result: z.unknown() },
  /** Opens the inspector on 127.0.0.1; answers with its WebSocket address and process id. While it is open the host's watchdog rests. */
  inspect: { params: z.object({}), result: z.object({ url: z.string(), pid: z.number() }) },
  inspectEnd: { params: z.object({}), result: z.unknown() },
  /** Moves the virtual clock, running what falls due in order; `quiet` without an entry of the trace, for who moves it as a part of a longer way. */
  advance: { params: z.object({ ms: z.number(), quiet: z.optional(z.boolean()) }), result: z.object({ now: z.number() }) },
  /**
   * Moves the virtual clock to a moment without an entry of the trace, and answers once everything that this started has come to rest: with the time,
   * what falls due next, and the events that have not ended. A moment that has passed moves nothing.
   */
  run: {
    params: z.object({ to: z.number() }),
    result: AtRest
  },
  /**
   * As `run` for one moment after the other at which something falls due, up to `to`; ends after a moment at which a chat was told something, and after
   * many. `ran` is the number of moments; the time stays that of the last.
   */
  runAhead: { params: z.object({ to: z.number() }), result: z.extend(AtRest, { ran: z.number() }) },
  /** It is a later moment on the virtual clock, and nothing falls due before: from then on for what is asked next, even at once. */
  pass: { params: z.object({ to: z.number() }), result: z.unknown() },
  /** When something falls due on the virtual clock, ms since 1970; nothing on a real one, or when no timer is set. The engine's own periodic work does not count. */
  nextDue: { params: z.object({}), result: z.object({ at: z.optional(z.number()) }) },
  /** As a new engine over an empty storage, without the price of a process: nothing is left of state, timers, modules, written files and staged faults. */
  renew: {
    params: z.object({ startAt: z.optional(z.number()), seed: z.optional(z.number()) }),
    result: z.object({ bots: z.array(z.string()) })
  },
  /** Changes what may leave the computer, from the next call on. */
  network: { params: NetworkSettings, result: z.unknown() },
  /** Forgets a visitor, or everything. */
  forget: { params: z.object({ visitorId: z.optional(z.string()) }), result: z.unknown() },
  /** Answered at once, before anything else: shows the host's watchdog that the process still takes turns. */
  ping: { params: z.object({}), result: z.unknown() },
  stop: { params: z.object({}), result: z.unknown() }
} as const

export type EngineCall = keyof typeof EngineCalls
export type CallParams<C extends EngineCall> = z.input<(typeof EngineCalls)[C]['params']>
export type CallResult<C extends EngineCall> = z.output<(typeof EngineCalls)[C]['result']>

/** The engine as seen by whoever drives it: in its own process through the host, or in this one in tests. */
export interface Engine {
  call<C extends EngineCall>(name: C, params: CallParams<C>): Promise<CallResult<C>>
}

/** What is asked in one turn, in its order. */
export const ToEngine = z.array(
  z.object({
    id: z.number(),
    call: z.enum(Object.keys(EngineCalls) as [EngineCall, ...EngineCall[]]),
    params: z.unknown()
  })
)
export type ToEngine = z.infer<typeof ToEngine>

/** A socket message to the browser of a visitor, as R19.6 shapes it; for the chats of one bot when it says which. */
export const Push = z.object({
  visitorId: z.string(),
  botId: z.optional(z.string()),
  name: z.string(),
  payload: z.unknown(),
  /** The engine's time, ms since 1970. */
  at: z.optional(z.number())
})
export type Push = z.infer<typeof Push>

/** What an engine says besides its reports, which are lines of their own (src/protocol/wire.ts). */
export const FromEngine = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), pid: z.number(), node: z.string() }),
  z.object({
    kind: z.literal('answer'),
    id: z.number(),
    result: z.optional(z.unknown()),
    error: z.optional(z.object({ code: z.string(), message: z.string() }))
  }),
  z.object({ kind: z.literal('push'), push: Push }),
  /** This run of a hook has handed back a promise, and others have their turn as well; it has not ended. */
  z.extend(RunOfHook, { kind: z.literal('hook-waits') }),
  z.object({ kind: z.literal('coverage'), scripts: z.array(ScriptCounts) })
])
export type FromEngine = z.infer<typeof FromEngine>
