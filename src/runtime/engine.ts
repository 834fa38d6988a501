import { flagSymbol } from '../botpress/flags.ts'
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
import type { Origin, Report } from '../trace/entry.ts'
import type { BotEvent, EngineApi, ReportInput, WebchatChannel } from './api.ts'
import { type Clock, RealClock, sleep, turn, VirtualClock } from './clock.ts'
import { running } from './current.ts'
import type { SqliteDatabase } from './database.ts'
import { MESSAGING_CHANNELS } from './events/core-middlewares.ts'
import { openDatabase } from './open-database.ts'
import { problemOf, safeString } from './problem.ts'
import { Server } from './server.ts'
import { isAtLeast, SINCE } from './version.ts'

export type { EngineApi } from './api.ts'

export interface EngineOptions {
  settings: EngineSettings
  /** Called before the step that an entry announces. */
  report(entry: Report): void
  push?(push: Push): void
  /** Called before an author's code runs: whatever was reported has to be out. */
  flush?(): void
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

/**
 * Botpress 12.31's engine, embedded: hooks, pipelines, dialog, content, state. It draws nothing and serves no HTTP;
 * what happens is reported, what the browser gets is pushed.
 */
export class RuntimeEngine implements Engine {
  readonly clock: Clock
  readonly #options: EngineOptions
  readonly #server: Server
  readonly #settings: ReturnType<typeof EngineSettings.parse>
  #webchat: WebchatChannel | undefined
  #forgetters: ((visitorId: string | undefined) => void)[] = []
  #closed = false
  /** What channels may use. */
  readonly api: EngineApi

  constructor(options: EngineOptions) {
    this.#options = options
    this.#settings = EngineSettings.parse(options.settings)
    const settings = this.#settings
    this.clock = settings.clock === 'virtual' ? new VirtualClock(settings.startAt) : new RealClock()
    const database: SqliteDatabase = openDatabase(settings.storage, (file, problem) =>
      this.report({ kind: 'data-problem', place: { file }, problem })
    )
    this.#server = new Server({
      settings,
      clock: this.clock,
      database,
      env: options.env ?? process.env,
      production: options.production ?? false,
      stock: options.stock ?? true,
      report: entry => this.report(entry),
      flush: () => options.flush?.(),
      push: push => options.push?.(push),
      observe: (point, event) => options.observe?.(point, event),
      uncaught: error => this.uncaught(error),
      onJump: (...args) => options.onJump?.(...args)
    })
    this.api = this.#createApi(database)
  }

  /** Puts the server part of the web chat next to the engine. */
  attach(webchat: WebchatChannel): void {
    this.#webchat = webchat
  }

  /** Appends to the trace. */
  report(entry: ReportInput): void {
    this.#options.report({ at: this.clock.now(), ...entry, ...namesOf(entry) } as Report)
  }

  /** An error that nobody caught: the real server prints it and ends (R3.9); this one goes on. */
  uncaught(error: unknown): void {
    const now = running()
    const failsafe = /^(1|y|yes|true|on)$/i.test((this.#options.env ?? process.env).BP_FAILSAFE ?? '')
    this.report({
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
    const now = running()
    const error = problemOf(reason, now?.file, this.#settings.root)
    this.report({ kind: 'unhandled-rejection', error, ...(now?.name !== undefined && { hook: now.name }) })
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
    return (await handler(EngineCalls[name].params.parse(params))) as CallResult<C>
  }

  readonly #calls: { [C in EngineCall]?: (params: never) => Promise<unknown> } = {
    start: async () => ({ bots: await this.#server.start() }),
    send: (params: EventInput) => this.#send(params),
    hooks: async ({ hookType, botId, args }: { hookType: string; botId?: string; args: Record<string, unknown> }) => {
      const given = { ...args, ...(botId !== undefined && { botId }) }
      await this.#server.hooks.run(hookType, given)
      return { args: given }
    },
    timeOut: (params: CallParams<'timeOut'>) => this.#timeOut(params),
    webchat: async (params: Parameters<WebchatChannel['handle']>[0]) => {
      if (!this.#webchat) throw new EngineError('no-webchat', 'The engine runs without a web chat.')
      return this.#webchat.handle(params)
    },
    socket: async ({ visitorId, open }: { visitorId: string; open: boolean }) => this.#webchat?.socket(visitorId, open),
    settle: ({ ms }: { ms: number }) => this.#settle(ms),
    changed: async ({ files }: { files: string[] }) => this.#server.changed(files),
    inspect: () => openInspector(),
    inspectEnd: async () => (await import('node:inspector')).close(),
    advance: async ({ ms }: { ms: number }) => {
      if (!(this.clock instanceof VirtualClock))
        throw new EngineError('real-clock', 'Only a virtual clock can be moved; start the engine with `clock: "virtual"`.')
      const now = await this.clock.advance(ms)
      this.report({ kind: 'clock', to: now, why: `advanced by ${ms} ms` })
      return { now }
    },
    network: async (settings: NetworkSettings) => {
      this.#server.network.settings = settings
    },
    forget: async ({ visitorId }: { visitorId?: string }) => {
      const targets = visitorId === undefined ? undefined : [visitorId, ...this.api.targetsOf(visitorId)]
      this.#server.forget(targets)
      for (const forget of this.#forgetters) forget(visitorId)
    },
    stop: async () => this.close()
  }

  /** Ends the engine: nothing is processed any more, the database is closed. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#server.stop()
  }

  async #timeOut({ botId, visitorId, channel = 'web', target, threadId }: CallParams<'timeOut'>): Promise<{ eventId: string }> {
    if (!this.#server.workspace.bots().has(botId)) throw new EngineError('no-bot', `There is no bot "${botId}".`)
    const visitor = visitorId !== undefined && channel === 'web' ? this.#webchat?.address(botId, visitorId) : undefined
    const who = { target: target ?? visitor?.target ?? visitorId, threadId: threadId ?? visitor?.threadId }
    if (who.target === undefined) throw new EngineError('no-target', 'Whose conversation? Name a visitor or a target.')
    const sessionId = this.#server.sessionId({ botId, channel, target: who.target, threadId: who.threadId?.toString() })
    return { eventId: await this.timeOut(sessionId) }
  }

  async #send(params: EventInput): Promise<{ eventId: string }> {
    const { payload = {}, channel = 'web', visitorId, ...given } = params
    const visitor = visitorId !== undefined && channel === 'web' ? this.#webchat?.address(given.botId, visitorId) : undefined
    const event = this.#server.events.create({ target: 'visitor', ...visitor, ...given, payload, channel, direction: 'incoming' })
    // What the messaging server starts a conversation with carries the flag from the beginning (R24.2).
    const preSkipped = params.type === 'proactive-trigger' && MESSAGING_CHANNELS.has(channel)
    if (preSkipped && isAtLeast(this.#settings.botpressVersion, SINCE.preSkippedTrigger))
      event.setFlag(flagSymbol('SKIP_DIALOG_ENGINE'), true)
    await this.#server.events.sendEvent(event, { by: 'author' })
    return { eventId: event.id }
  }

  /** Waits for silence. On the virtual clock time passes as needed, up to `ms` of it. */
  async #settle(ms: number): Promise<{ stuck: string[] }> {
    const { clock } = this
    const end = clock.now() + ms
    let quiet = 0
    while (clock.now() < end || quiet > 0) {
      if (this.#server.events.idle) {
        if (++quiet > 3) break
      } else quiet = 0
      if (clock instanceof VirtualClock) {
        await turn()
        if (this.#server.events.idle || (await this.#progress())) continue
        const due = clock.nextDue()
        if (due === undefined || due > end) {
          await clock.advance(Math.max(0, end - clock.now()))
          break
        }
        await clock.advance(due - clock.now())
      } else if (quiet > 0) await turn()
      else await sleep(clock, 2)
    }
    return { stuck: this.#server.events.active.map(event => event.id) }
  }

  /** Gives real input and output (files, network) time to finish before a virtual clock is moved. @returns whether everything came to rest */
  async #progress(): Promise<boolean> {
    for (let round = 0; round < 200; round++) {
      for (let turns = 0; turns < 5; turns++) await turn()
      if (this.#server.events.idle) return true
      if (!process.getActiveResourcesInfo().some(kind => /^(FS|GetAddrInfo|TCP|TLS|HTTP|Zlib|PBKDF2|RandomBytes)/i.test(kind))) return false
      await new Promise(resolve => void new RealClock().setTimeout(() => resolve(undefined), 2))
    }
    return false
  }

  #createApi(database: SqliteDatabase): EngineApi {
    const server = this.#server
    const { events } = server
    return {
      settings: this.#settings,
      clock: this.clock,
      database,
      report: entry => this.report(entry),
      push: push => this.#options.push?.(push),
      events: {
        create: args => events.create(args),
        sendEvent: (event, from?: Origin) => events.sendEvent(event, from),
        registerMiddleware: middleware => events.middlewares.register(middleware)
      },
      dialog: { createId: event => server.sessionId(event), deleteSession: async id => server.sessions.delete(id) },
      bots: { ids: () => [...server.workspace.bots().keys()], config: botId => server.workspace.bots().get(botId) },
      users: {
        getOrCreate: (channel, userId, botId) => server.users.getOrCreate(channel, userId, botId),
        updateAttributes: (channel, userId, attributes) => server.users.updateAttributes(channel, userId, attributes)
      },
      moduleConfig: (module, botId, defaults) => server.moduleConfig(module, botId, defaults),
      onForget: handler => void this.#forgetters.push(handler),
      targetsOf: () => []
    }
  }
}

/** Authors may write anything into `event.id` and `event.botId`; an entry's names are strings all the same, or the entry could not be read. */
function namesOf(entry: object): Record<string, string> {
  const names: Record<string, string> = {}
  for (const key of ['eventId', 'botId', 'incomingEventId', 'during', 'behind']) {
    const given: unknown = (entry as Record<string, unknown>)[key]
    if (given === undefined || typeof given === 'string') continue
    const event: unknown = running()?.eventId
    names[key] = key === 'eventId' && typeof event === 'string' ? event : safeString(given)
  }
  return names
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
  if (inspector.url() === undefined) inspector.open(0, '127.0.0.1')
  return { url: inspector.url() ?? '', pid: process.pid }
}
