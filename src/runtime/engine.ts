import { isDeepStrictEqual } from 'node:util'
import { flagSymbol } from '../botpress/flags.ts'
import { isAtLeast, SINCE } from '../botpress/versions.ts'
import {
  type CallParams,
  type CallResult,
  type Engine,
  type EngineCall,
  EngineCalls,
  EngineSettings,
  type EventInput,
  type NetworkSettings,
  type Push
} from '../protocol/engine.ts'
import type { Origin, Report, RunOfHook } from '../trace/entry.ts'
import type { BotEvent, EngineApi, EventArgs, WebchatChannel } from './api.ts'
import { type Clock, VirtualClock } from './clock.ts'
import { running } from './current.ts'
import { MESSAGING_CHANNELS } from './events/core-middlewares.ts'
import { type Legacy, Life } from './life.ts'
import { emptyStorage } from './open-database.ts'
import { problemOf } from './problem.ts'
import { comesToRest, nextDue, settle } from './rest.ts'
import type { Server } from './server.ts'
import type { Address } from './state/edit.ts'
import { sessionIdOf } from './state/sessions.ts'

export type { EngineApi } from './api.ts'

export interface EngineOptions {
  settings: EngineSettings
  /** Called before the step that an entry announces. */
  report(entry: Report): void
  push?(push: Push): void
  /** Called before an author's code runs: what was reported has to outlive the process from then on. */
  secure?(): void
  /** Called when a hook has handed back a promise: from now on others have their turn as well. */
  waits?(hook: RunOfHook): void
  /** Environment variables; those of the process when absent. */
  env?: Record<string, string | undefined>
  /** Looks at events where the conformance cases do. */
  observe?(point: 'given' | 'sent' | 'loaded' | 'deciding' | 'ended', event: BotEvent): void
  /** Told of every jump that is asked for, with the names as they were given. */
  onJump?(flow: string, node: string | undefined, error?: Error): void
  production?: boolean
  /** Whether the stock modules' hooks and middlewares run next to the author's (R1.14); they do unless told otherwise. */
  stock?: boolean
}

/** Moments that are run in one go at most: whoever waits for the end wants to hear that it gets on. */
const FAR_AHEAD = 500

/**
 * Botpress 12.31's engine, embedded: hooks, pipelines, dialog, content, state. It draws nothing and serves no HTTP;
 * what happens is reported, what the browser gets is pushed.
 */
export class RuntimeEngine implements Engine {
  readonly #options: EngineOptions
  #settings: ReturnType<typeof EngineSettings.parse>
  #life: Life
  #createWebchat: ((api: EngineApi) => WebchatChannel) | undefined
  /** Calls that have not been answered. */
  #open = 0
  /** What chats were told so far. */
  #pushes = 0

  constructor(options: EngineOptions) {
    this.#options = options
    this.#settings = EngineSettings.parse(options.settings)
    this.#life = this.#begin()
  }

  get clock(): Clock {
    return this.#life.clock
  }

  /** What channels may use; another one after `renew`. */
  get api(): EngineApi {
    return this.#life.api
  }

  get #server(): Server {
    return this.#life.server
  }

  /** Puts the server part of the web chat next to the engine, and to those that it is renewed to. */
  attach(createWebchat: (api: EngineApi) => WebchatChannel): void {
    this.#createWebchat = createWebchat
    this.#life.webchat = createWebchat(this.#life.api)
  }

  #begin(legacy?: Legacy): Life {
    const { env = process.env, production = false, stock = true, report, observe, onJump, secure, waits, push } = this.#options
    const life: Life = new Life(
      {
        settings: this.#settings,
        env,
        production,
        stock,
        report: entry => report(entry),
        secure: () => secure?.(),
        waits: hook => waits?.(hook),
        push: one => {
          this.#pushes++
          push?.({ ...one, at: this.clock.now() })
        },
        observe: (point, event) => observe?.(point, event),
        uncaught: error => this.uncaught(error),
        onJump: (...args) => onJump?.(...args)
      },
      legacy
    )
    if (this.#createWebchat) life.webchat = this.#createWebchat(life.api)
    return life
  }

  /** An error that nobody caught: the real server prints it and ends (R3.9); this one goes on. */
  uncaught(error: unknown): void {
    if (Life.now?.isOver) return
    const now = running()
    const failsafe = /^(1|y|yes|true|on)$/i.test((this.#options.env ?? process.env).BP_FAILSAFE ?? '')
    this.#life.report({
      kind: 'uncaught-exception',
      error: problemOf(error, now?.file, this.#settings.root),
      ...(now?.name !== undefined && { hook: now.name }),
      real: failsafe
        ? 'With BP_FAILSAFE the real server prints this and goes on.'
        : 'The real server prints this and ends with code 1, for all bots and visitors (R3.9).'
    })
  }

  /** A rejection that nobody handles: the real server prints it and attributes it to nothing (R3.8). */
  unhandled(reason: unknown): void {
    if (Life.now?.isOver) return
    const now = running()
    const error = problemOf(reason, now?.file, this.#settings.root)
    this.#life.report({ kind: 'unhandled-rejection', error, ...(now?.name !== undefined && { hook: now.name }) })
  }

  /** The `bp` that hooks or actions see. */
  bp(consumer: 'Hooks' | 'Actions'): Record<string, unknown> {
    return this.#server.bp(consumer)
  }

  /** Runs the hooks of a type with these arguments, which they may change. @throws for types that fail their caller (R3.13) */
  runHooks(hookType: string, args: Record<string, unknown>): Promise<void> {
    return this.#server.hooks.run(hookType, args)
  }

  /** Handles a session as stale, as the janitor does when its time has come (R12). */
  timeOut(sessionId: string): Promise<string> {
    return this.#server.janitor.timeOut(sessionId)
  }

  async call<C extends EngineCall>(name: C, params: CallParams<C>): Promise<CallResult<C>> {
    const handler = this.#calls[name] as ((params: unknown) => Promise<unknown>) | undefined
    if (!handler) throw new EngineError('unknown-call', `The engine has no call "${name}".`)
    this.#open++
    try {
      return (await this.#life.within(() => handler(EngineCalls[name].params.parse(params)))) as CallResult<C>
    } finally {
      this.#open--
    }
  }

  readonly #calls: { [C in EngineCall]?: (params: never) => Promise<unknown> } = {
    start: async () => ({ bots: await this.#server.start() }),
    send: (params: EventInput) => this.#send(params),
    requeue: ({ from, ...given }: CallParams<'requeue'>) => this.#queue(given, from),
    hooks: async ({ hookType, botId, args }: { hookType: string; botId?: string; args: Record<string, unknown> }) => {
      const given = { ...args, ...(botId !== undefined && { botId }) }
      await this.#server.hooks.run(hookType, given)
      return { args: given }
    },
    timeOut: (params: CallParams<'timeOut'>) => this.#timeOut(params),
    webchat: async (params: Parameters<WebchatChannel['handle']>[0]) => {
      if (!this.#life.webchat) throw new EngineError('no-webchat', 'The engine runs without a web chat.')
      return this.#life.webchat.handle(params)
    },
    socket: async ({ visitorId, open }: { visitorId: string; open: boolean }) => this.#life.webchat?.socket(visitorId, open),
    settle: async ({ ms }: { ms: number }) => {
      await settle(this.#server, this.clock, ms)
      return { stuck: this.#server.events.active.map(event => event.id) }
    },
    media: async ({ botId, file }: CallParams<'media'>) => ({ base64: this.#server.media.stored(botId, file)?.toString('base64') }),
    changed: async ({ files, saved = [] }: CallParams<'changed'>) => {
      this.#server.changed(files)
      if (saved.length > 0) this.#life.report({ kind: 'file-saved', files: saved })
    },
    inspect: () => openInspector(),
    inspectEnd: async () => (await import('node:inspector')).close(),
    advance: async ({ ms, quiet = false }: CallParams<'advance'>) => {
      if (!(this.clock instanceof VirtualClock))
        throw new EngineError('real-clock', 'Only a virtual clock can be moved; start the engine with `clock: "virtual"`.')
      const now = await this.clock.advance(ms)
      if (!quiet) this.#life.report({ kind: 'clock', to: now, why: `advanced by ${ms} ms` })
      return { now }
    },
    run: async ({ to }: CallParams<'run'>) => {
      const clock = this.#virtual()
      if (to > clock.now()) await clock.advance(to - clock.now())
      await comesToRest(this.#server)
      return this.#atRest(clock)
    },
    pass: async ({ to }: CallParams<'pass'>) => {
      const clock = this.#virtual()
      if (!clock.passTo(to)) await clock.advance(to - clock.now())
    },
    runAhead: async ({ to }: CallParams<'runAhead'>) => {
      const clock = this.#virtual()
      const pushes = this.#pushes
      let ran = 0
      let due = clock.nextDue()
      // Somebody who waits for an answer has to get it at its moment, as chats what they are told.
      while (due !== undefined && due <= to && ran < FAR_AHEAD && this.#pushes === pushes && (ran === 0 || this.#open === 1)) {
        await clock.advance(Math.max(0, due - clock.now()))
        await comesToRest(this.#server)
        ran++
        due = clock.nextDue()
      }
      return { ...this.#atRest(clock), ran }
    },
    network: async (settings: NetworkSettings) => {
      this.#settings = EngineSettings.parse({ ...this.#settings, network: settings })
      this.#server.network.settings = settings
    },
    forget: async ({ visitorId }: { visitorId?: string }) => this.#life.forget(visitorId),
    endSession: async (params: CallParams<'endSession'>) => this.#server.sessions.delete(sessionIdOf(this.#conversation(params))),
    faults: async ({ faults }: CallParams<'faults'>) => {
      this.#server.hooks.faults.stage(faults)
      this.#life.report({ kind: 'fault-staged', faults })
    },
    mount: async ({ botId }: { botId: string }) => this.#server.mounts.mount(this.#bot(botId)),
    unmount: async ({ botId }: { botId: string }) => this.#server.mounts.unmount(this.#bot(botId)),
    readState: async (params: CallParams<'readState'>) => this.#server.states.read(this.#conversation(params)),
    writeState: async (params: CallParams<'writeState'>) => this.#server.states.write(this.#conversation(params), params, params),
    nextDue: async () => ({ at: await nextDue(this.#server, this.clock) }),
    renew: (params: CallParams<'renew'>) => this.#renew(params),
    stop: async () => this.close()
  }

  /** Ends the engine: nothing is processed any more, the database is closed. */
  async close(): Promise<void> {
    await this.#life.end()
  }

  /** Another life over an empty storage. */
  async #renew({ startAt, seed }: CallParams<'renew'>): Promise<{ bots: string[] }> {
    const legacy = await this.#life.handOn()
    if (this.#settings.storage !== undefined) emptyStorage(this.#settings.storage, legacy.database === undefined)
    this.#settings = { ...this.#settings, ...(startAt !== undefined && { startAt }), ...(seed !== undefined && { seed }) }
    this.#life = this.#begin(legacy)
    return { bots: await this.#life.within(() => this.#server.start()) }
  }

  /** @throws EngineError `no-bot` */
  #bot(botId: string): string {
    if (!this.#server.workspace.bots().has(botId)) throw new EngineError('no-bot', `There is no bot "${botId}".`)
    return botId
  }

  /** @throws EngineError when it does not say whose conversation */
  #conversation({ botId, visitorId, channel = 'web', target, threadId }: CallParams<'readState'>): Address {
    this.#bot(botId)
    const visitor = visitorId !== undefined && channel === 'web' ? this.#life.webchat?.address(botId, visitorId) : undefined
    const who = target ?? visitor?.target ?? visitorId
    if (who === undefined) throw new EngineError('no-target', 'Whose conversation? Name a visitor or a target.')
    return { botId, channel, target: who, threadId: (threadId ?? visitor?.threadId)?.toString() }
  }

  /** @throws EngineError `real-clock` */
  #virtual(): VirtualClock {
    if (this.clock instanceof VirtualClock) return this.clock
    throw new EngineError('real-clock', 'Only a virtual clock can be moved; start the engine with `clock: "virtual"`.')
  }

  #atRest(clock: VirtualClock): CallResult<'run'> {
    const [at, anyAt] = [clock.nextDue(), clock.nextOfAll()]
    return {
      now: clock.now(),
      ...(at !== undefined && { at }),
      ...(anyAt !== undefined && { anyAt }),
      active: this.#server.events.active.map(event => event.id)
    }
  }

  async #timeOut(params: CallParams<'timeOut'>): Promise<{ eventId: string }> {
    return { eventId: await this.timeOut(sessionIdOf(this.#conversation(params))) }
  }

  async #send(params: EventInput): Promise<{ eventId: string }> {
    const { payload = {}, channel = 'web', visitorId, ...given } = params
    if (this.#server.mounts.isUnmounted(given.botId)) throw this.#refused(params)
    const visitor = visitorId !== undefined && channel === 'web' ? this.#life.webchat?.address(given.botId, visitorId) : undefined
    return this.#queue({ target: 'visitor', ...visitor, ...given, payload, channel, direction: 'incoming' }, { by: 'author' })
  }

  async #queue(given: EventArgs, from: Origin): Promise<{ eventId: string }> {
    const event = this.#server.events.create(given)
    // What the messaging server starts a conversation with carries the flag from the beginning (R24.2).
    const preSkipped = from.by === 'author' && given.type === 'proactive-trigger' && MESSAGING_CHANNELS.has(given.channel)
    if (preSkipped && isAtLeast(this.#settings.botpressVersion, SINCE.preSkippedTrigger))
      event.setFlag(flagSymbol('SKIP_DIALOG_ENGINE'), true)
    await this.#server.events.sendEvent(event, from)
    return { eventId: event.id }
  }

  #refused({ type, botId, payload }: EventInput): EngineError {
    const reason = `The bot "${botId}" is not mounted.`
    this.#life.report({ kind: 'event-rejected', type, botId, reason, from: { by: 'author' }, payload })
    return new EngineError('not-mounted', reason)
  }
}

/** A call that could not be answered; `code` is for programs, the message for people. */
export class EngineError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

async function openInspector(): Promise<{ url: string; pid: number }> {
  const inspector = await import('node:inspector')
  // Node loads it when it is first used; a debugger that steps would stop in there.
  isDeepStrictEqual([], [])
  if (inspector.url() === undefined) inspector.open(0, '127.0.0.1')
  return { url: inspector.url() ?? '', pid: process.pid }
}
