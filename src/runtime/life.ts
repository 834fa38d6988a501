import type { EngineSettings, Push } from '../protocol/engine.ts'
import type { Origin, Report, RunOfHook } from '../trace/entry.ts'
import type { BotEvent, EngineApi, ReportInput, WebchatChannel } from './api.ts'
import { createChance } from './chance.ts'
import { type Clock, RealClock, VirtualClock } from './clock.ts'
import { eventIdOf } from './current.ts'
import { MEMORY, type SqliteDatabase } from './database.ts'
import { tellChance, tellTime } from './database-clock.ts'
import { lived } from './lived.ts'
import { openDatabase } from './open-database.ts'
import { safeString } from './problem.ts'
import type { ScriptLegacy } from './scripts/run.ts'
import { Server } from './server.ts'
import type { ServerOptions } from './wiring/options.ts'

export interface LifeHost {
  readonly settings: ServerOptions['settings']
  readonly env: Record<string, string | undefined>
  readonly production: boolean
  readonly stock: boolean
  report(entry: Report): void
  secure(): void
  waits(hook: RunOfHook): void
  push(push: Push): void
  observe(point: 'given' | 'sent' | 'loaded' | 'deciding' | 'ended', event: BotEvent): void
  uncaught(error: unknown): void
  onJump(flow: string, node: string | undefined, error?: Error): void
}

const NAMES = ['eventId', 'botId', 'incomingEventId', 'during', 'behind'] as const

/** What a life leaves to the one after it, where that can be done. */
export interface Legacy {
  /** Emptied. */
  readonly database?: SqliteDatabase | undefined
  readonly scripts?: ScriptLegacy | undefined
}

/** An engine's life, from an empty memory to its end; renewing an engine begins another. What belongs to a life that is over has no effect any more. */
export class Life {
  readonly clock: Clock
  readonly server: Server
  /** What channels may use. */
  readonly api: EngineApi
  webchat: WebchatChannel | undefined
  readonly #database: SqliteDatabase
  readonly #host: LifeHost
  #forgetters: ((visitorId: string | undefined) => void)[] = []
  #over = false

  constructor(host: LifeHost, { database, scripts }: Legacy = {}) {
    this.#host = host
    const { settings } = host
    this.clock = settings.clock === 'virtual' ? new VirtualClock(settings.startAt) : new RealClock()
    this.#database = database ?? openDatabase(settings, (file, problem) => this.report({ kind: 'data-problem', place: { file }, problem }))
    this.#database.onTrouble = message =>
      this.report({
        kind: 'data-problem',
        place: { file: this.#database.file },
        problem: `The database cannot be used at the moment: ${message}.`
      })
    const chance = createChance(settings.seed, this.#database.opened)
    if (this.clock.kind === 'virtual') tellTime(this.#database.handle, () => this.clock.now())
    if (chance.seeded) tellChance(this.#database.handle, chance)
    this.server = this.within(
      () =>
        new Server({
          ...host,
          clock: this.clock,
          database: this.#database,
          scripts,
          chance,
          messaging: botId => this.api.messaging?.(botId),
          report: entry => this.report(entry),
          waits: hook => this.#over || host.waits(hook),
          push: push => this.#push(push),
          observe: (point, event) => host.observe(point, event),
          uncaught: error => this.isOver || host.uncaught(error)
        })
    )
    if (this.clock instanceof VirtualClock) this.clock.isIdle = () => this.server.events.idle
    this.api = this.#createApi(settings, chance.uuid)
  }

  /** The life to which what runs now belongs. */
  static get now(): Life | undefined {
    return lived.getStore()
  }

  get isOver(): boolean {
    return this.#over
  }

  /** Runs something as a part of this life; what it starts is a part of it, too. */
  within<T>(work: () => T): T {
    return lived.run(this, work)
  }

  /** Appends to the trace. */
  report(entry: ReportInput): void {
    if (this.#over) return
    nameWell(entry)
    entry.at ??= this.clock.now()
    this.#host.report(entry as Report)
  }

  forget(visitorId: string | undefined): void {
    this.server.forget(visitorId === undefined ? undefined : [visitorId, ...this.api.targetsOf(visitorId)])
    for (const forget of this.#forgetters) forget(visitorId)
  }

  /** Nothing is processed, reported or sent any more, no timer fires, the database is closed. */
  async end(): Promise<void> {
    if (this.#over) return
    await this.#stop(true)
    this.#database.close()
  }

  /** Ends. @returns what the life after it need not make anew */
  async handOn(): Promise<Legacy> {
    if (this.#over) return {}
    await this.#stop(false)
    const { scripts } = this.server
    // What works in memory for want of its file is to try that again.
    const isKept = (this.#database.file === MEMORY) === (this.#host.settings.storage === undefined)
    if (isKept) return { database: this.#database.handOn(), scripts }
    this.#database.close()
    return { scripts }
  }

  async #stop(keeps: boolean): Promise<void> {
    await this.server.stop(keeps)
    this.#over = true
    this.clock.stop()
  }

  #push(push: Push): void {
    if (!this.#over) this.#host.push(push)
  }

  #createApi(settings: EngineSettings, uuid: () => string): EngineApi {
    const { server } = this
    const { events } = server
    return {
      settings,
      clock: this.clock,
      database: this.#database,
      uuid,
      report: entry => this.report(entry),
      push: push => this.#push(push),
      events: {
        create: args => events.create(args),
        sendEvent: (event, from?: Origin) => events.sendEvent(event, from),
        registerMiddleware: middleware => events.middlewares.register(middleware)
      },
      dialog: { createId: event => server.sessionId(event), deleteSession: async id => server.sessions.delete(id) },
      bots: {
        ids: () => [...server.workspace.bots().keys()],
        config: botId => server.workspace.bots().get(botId),
        whyNone: botId => server.workspace.whyNoBot(botId),
        isUnmounted: botId => server.mounts.isUnmounted(botId)
      },
      users: {
        getOrCreate: (channel, userId, botId) => server.users.getOrCreate(channel, userId, botId),
        updateAttributes: (channel, userId, attributes) => server.users.updateAttributes(channel, userId, attributes)
      },
      moduleConfig: (module, botId, defaults) => server.moduleConfig(module, botId, defaults),
      onForget: handler => void this.#forgetters.push(handler),
      targetsOf: () => [],
      messaging: undefined
    }
  }
}

/** Authors may write anything into `event.id` and `event.botId`; an entry's names are strings all the same, or the entry could not be read. */
function nameWell(entry: Record<string, unknown>): void {
  for (const key of NAMES) {
    const given = entry[key]
    if (given === undefined || typeof given === 'string') continue
    entry[key] = key === 'eventId' ? eventIdOf({ id: given }) : safeString(given)
  }
}
