import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { isAtLeast, SINCE } from '../botpress/versions.ts'
import type { Origin } from '../trace/entry.ts'
import type { BotEvent, ReportInput } from './api.ts'
import { knexOf } from './bp/database.ts'
import type { HttpService } from './bp/http.ts'
import { createBp } from './bp/index.ts'
import { Actions } from './dialog/actions.ts'
import type { DialogEngine } from './dialog/engine.ts'
import { FlowStore } from './dialog/flows.ts'
import { Janitor } from './dialog/janitor.ts'
import { waitingAt } from './dialog/waiting.ts'
import { coreMiddlewares } from './events/core-middlewares.ts'
import { EventEngine } from './events/engine.ts'
import { idsOf } from './events/event.ts'
import { incoming, outgoing, type PipelineHost } from './events/pipelines.ts'
import { addLog } from './events/steps.ts'
import { stockMiddlewares } from './events/stock-middlewares.ts'
import { GhostFiles } from './files.ts'
import { HookRunner } from './hooks/run-hooks.ts'
import { stockHooks } from './hooks/stock.ts'
import { BotMonitor } from './monitor.ts'
import { Mounts } from './mounts.ts'
import type { NetworkGuard } from './network/guard.ts'
import { HookStore } from './scripts/discover.ts'
import type { ScriptLegacy } from './scripts/run.ts'
import { StateEditor } from './state/edit.ts'
import { type Sessions, sessionIdOf } from './state/sessions.ts'
import { StateManager } from './state/state.ts'
import type { Users } from './state/users.ts'
import { type Content, createContent } from './wiring/content.ts'
import { createDecisionHost } from './wiring/decision.ts'
import { createDialog } from './wiring/dialog.ts'
import { type Media, mediaOf } from './wiring/media.ts'
import { createNetwork } from './wiring/network.ts'
import type { ServerOptions } from './wiring/options.ts'
import { Problems } from './wiring/problems.ts'
import { createScriptHost } from './wiring/scripts.ts'
import { answerShortcut } from './wiring/shortcut.ts'
import { createStores, forgetIn, type Stores } from './wiring/stores.ts'
import { Voice } from './wiring/voice.ts'
import { Workspace } from './workspace.ts'

/** The engine's parts, put together: this file knows who needs whom, and nothing else. */
export class Server {
  readonly events: EventEngine
  readonly workspace: Workspace
  readonly hooks: HookRunner
  readonly janitor: Janitor
  readonly mounts: Mounts
  readonly media: Media
  readonly states: StateEditor
  readonly network: NetworkGuard
  readonly #options: ServerOptions
  readonly #voice: Voice
  readonly #scripts: ReturnType<typeof createScriptHost>
  readonly #hookStore: HookStore
  readonly #flows: FlowStore
  readonly #actions: Actions
  readonly #dialog: DialogEngine
  readonly #state: StateManager
  readonly #content: Content
  readonly #monitor: BotMonitor
  readonly #files: GhostFiles
  readonly #http: HttpService
  readonly #secret: string
  readonly #problems: Problems
  readonly #stores: Stores
  #knex: { destroy(): Promise<void> } | undefined
  #bp = new Map<string, Record<string, unknown>>()
  /** Who set the flag that keeps the dialog engine away from an event. */
  #skippedBy = new WeakMap<BotEvent, Origin>()
  /** What both pipelines work with. */
  readonly #pipelines: PipelineHost

  constructor(options: ServerOptions) {
    this.#options = options
    const { settings, clock, chance } = options
    const { root } = settings
    const since = (what: keyof typeof SINCE) => isAtLeast(settings.botpressVersion, SINCE[what])
    const report = (entry: ReportInput) => {
      options.report(entry)
      this.#monitor?.hear(entry)
    }
    const voice = new Voice(report)
    this.#voice = voice
    this.#problems = new Problems(report)
    const problem = this.#problems.tell
    this.#files = new GhostFiles(root, {
      storage: settings.storage,
      writeThrough: settings.writeThrough,
      onWritten: file => this.#refresh([file])
    })
    this.media = mediaOf(this.#files, chance.uuid)
    this.workspace = new Workspace(root, this.#files, problem)
    this.#scripts = createScriptHost(
      options,
      voice,
      this.#files,
      () => this.network,
      () => this.bp('Hooks')
    )
    const parse = (json: string) => this.#scripts.scripts.shared.parse(json)
    this.#hookStore = new HookStore(root, this.#files, options.stock ? stockHooks(settings.botpressVersion) : [], problem)
    this.#flows = new FlowStore(root, this.#files, problem, since('anyCaseFlows'))
    this.#stores = createStores(options, parse)
    const { users, sessions, kvs } = this.#stores
    this.#secret = createHash('sha256').update(`secret of ${root}`).digest('hex')
    const { http, network } = createNetwork({ options, secret: this.#secret, files: this.#files, voice, problem })
    this.#http = http
    this.network = network
    const serverConfig = () => this.workspace.serverConfig()
    this.#state = new StateManager({
      clock,
      users,
      sessions,
      kvs,
      parse,
      botConfig: botId => this.workspace.bots().get(botId),
      serverConfig,
      report
    })
    const { modules } = this.#scripts
    this.#content = createContent({
      workspace: this.workspace,
      clock,
      random: chance.random,
      modules,
      voice,
      files: this.#files,
      onePayload: since('onePayload'),
      problem,
      report
    })
    this.hooks = new HookRunner({
      ...this.#scripts,
      store: this.#hookStore,
      bp: () => this.bp('Hooks'),
      logError: (...args) => voice.say('error', ...args)
    })
    this.#actions = new Actions({ ...this.#scripts, files: this.#files, bp: () => this.bp('Actions') })
    this.mounts = new Mounts({ hooks: this.hooks, bots: () => [...this.workspace.bots().keys()], report })
    this.states = new StateEditor({
      users,
      sessions,
      state: this.#state,
      parse,
      report,
      waiting: (botId, context) => waitingAt(this.#flows, botId, context)
    })
    this.#dialog = createDialog({
      options,
      flows: this.#flows,
      actions: this.#actions,
      scripts: this.#scripts.scripts,
      content: this.#content,
      hooks: this.hooks,
      voice,
      events: () => this.events
    })
    this.events = new EventEngine({
      clock,
      log: this.#stores.log,
      nextId: idsOf(chance.seeded ? () => BigInt(clock.now()) * 1_000_000n : process.hrtime.bigint, chance.random),
      stuckAfterMs: settings.stuckAfterMs,
      production: options.production,
      report,
      incoming: event => incoming(event, this.#pipelines),
      outgoing: event => outgoing(event, this.#pipelines),
      activeScript: eventId => this.hooks.activeFor(eventId),
      flags: (event, { late, ...flag }) => {
        if (flag.name === 'SKIP_DIALOG_ENGINE') this.#skippedBy.set(event, flag.from)
        report({ kind: 'flag-set', eventId: event.id, flag: flag.name, value: flag.value, known: flag.known, from: flag.from })
        if (late !== undefined) report({ kind: 'too-late', eventId: event.id, what: `flag ${flag.name}`, from: flag.from })
      },
      given: event => options.observe('given', event),
      sent: event => options.observe('sent', event)
    })
    for (const one of coreMiddlewares({ externalUrl: settings.externalUrl, answers: event => this.#content.qna.suggest(event) }))
      this.events.middlewares.register(one)
    if (options.stock)
      for (const one of stockMiddlewares(event => this.#content.intents.understand(event))) this.events.middlewares.register(one)
    this.#monitor = new BotMonitor({
      clock,
      config: () => serverConfig().botMonitoring,
      run: (botId, events) => this.hooks.run('on_bot_error', { botId, events })
    })
    this.janitor = new Janitor({
      clock,
      sessions,
      state: this.#state,
      hooks: this.hooks,
      dialog: this.#dialog,
      direction: since('internalTimeouts') ? 'internal' : 'incoming',
      interval: () => serverConfig().dialog?.janitorInterval,
      createEvent: args => this.events.create(args as never),
      report,
      observe: options.observe,
      logError: (message, botId) => voice.say('error', 'DialogJanitor', message, botId)
    })
    this.#pipelines = this.#createPipelines()
  }

  get users(): Users {
    return this.#stores.users
  }

  get sessions(): Sessions {
    return this.#stores.sessions
  }

  sessionId(event: Parameters<typeof sessionIdOf>[0]): string {
    return sessionIdOf(event)
  }

  /** The one `bp` of a kind of consumer (R3.27). */
  bp(consumer: 'Hooks' | 'Actions'): Record<string, unknown> {
    let made = this.#bp.get(consumer)
    if (!made) {
      made = this.#createBp(consumer)
      this.#bp.set(consumer, made)
    }
    return made
  }

  /** Mounts the bots. @returns their ids */
  async start(): Promise<string[]> {
    const { settings, clock } = this.#options
    const { botpressVersion, root, seed } = settings
    const bots = [...this.workspace.bots().keys()]
    this.#voice.report({ kind: 'engine-started', botpressVersion, root, bots, clock: clock.kind, ...(seed !== undefined && { seed }) })
    await this.mounts.all()
    await this.hooks.run('after_server_start', {})
    this.janitor.start()
    this.#monitor.start()
    return bots
  }

  /** @param keeps whether what is stored is still needed */
  async stop(keeps: boolean): Promise<void> {
    this.janitor.stop()
    this.#monitor.stop()
    this.events.clear()
    this.#http.close()
    this.network.close()
    await this.#knex?.destroy()
    if (keeps) this.#stores.log.flush()
  }

  /** What scripts leave to the next life. */
  get scripts(): ScriptLegacy | undefined {
    return this.#scripts.scripts.handOn()
  }

  changed(files: readonly string[]): void {
    this.#files.changed(files)
    this.#refresh(files)
  }

  /** Drops what caches hold of these files. */
  #refresh(files: readonly string[]): void {
    this.#problems.forget()
    if (this.#hookStore.changed(files) || files.some(file => /shared_libs|libraries/i.test(file))) this.#scripts.modules.clear()
    for (const one of [this.workspace, this.#flows, this.#actions, this.#content]) one.changed(files)
  }

  /** Forgets targets, or everything. */
  forget(targets: string[] | undefined): void {
    forgetIn(this.#stores, targets)
    if (targets !== undefined) return
    this.events.clear()
    this.#files.forget()
  }

  /** Defaults, then the global file, then the bot's (R18.5). */
  moduleConfig<T extends object>(module: string, botId: string, defaults: T): T {
    const { root } = this.#options.settings
    const global = this.workspace.json(join(root, 'data', 'global', 'config', `${module}.json`))
    const bot = this.workspace.json(join(root, 'data', 'bots', botId, 'config', `${module}.json`))
    return { ...defaults, ...global, ...bot } as T
  }

  #createBp(consumer: 'Hooks' | 'Actions'): Record<string, unknown> {
    const { clock, env, settings, push, messaging, database } = this.#options
    const { cms, elements } = this.#content
    return createBp(
      {
        events: this.events,
        ...this.#stores,
        dialog: this.#dialog,
        cms,
        elements,
        media: this.media.bp,
        clock,
        workspace: this.workspace,
        files: this.#files,
        http: this.#http,
        secret: this.#secret,
        env,
        version: settings.botpressVersion,
        push,
        messaging,
        knex: () => {
          this.#knex ??= knexOf(database)
          return this.#knex
        },
        report: entry => this.#voice.report(entry),
        attachLog: (eventId, line) => {
          const event = this.events.active.find(one => one.id === eventId)
          if (event) addLog(event, line)
        }
      },
      consumer
    )
  }

  #createPipelines(): PipelineHost {
    const { clock, env, observe, settings } = this.#options
    const { events, hooks, workspace } = this
    const report = this.#voice.report
    const state = this.#state
    const skippedBy = (event: BotEvent) => this.#skippedBy.get(event)
    return {
      clock,
      hooks,
      state,
      middlewares: events.middlewares,
      log: this.#stores.log,
      decision: createDecisionHost({
        clock,
        env,
        workspace,
        hooks,
        events,
        dialog: this.#dialog,
        state,
        voice: this.#voice,
        report,
        skippedBy
      }),
      shortcut: event => {
        this.janitor.heard(sessionIdOf(event))
        return answerShortcut(event, events, settings.botpressVersion)
      },
      report,
      observe
    }
  }
}
