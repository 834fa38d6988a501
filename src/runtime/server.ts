import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { flagSymbol } from '../botpress/flags.ts'
import type { EngineSettings, Push } from '../protocol/engine.ts'
import type { Origin } from '../trace/entry.ts'
import type { BotEvent, ReportInput } from './api.ts'
import { knexOf } from './bp/database.ts'
import { HttpService } from './bp/http.ts'
import { createBp } from './bp/index.ts'
import { copy } from './changes.ts'
import type { Clock } from './clock.ts'
import { Cms } from './cms/cms.ts'
import { ElementStore } from './cms/elements.ts'
import { WorkspaceTypes } from './cms/workspace-types.ts'
import { originNow, running } from './current.ts'
import type { SqliteDatabase } from './database.ts'
import { Actions } from './dialog/actions.ts'
import { Conditions } from './dialog/conditions.ts'
import { DialogEngine } from './dialog/engine.ts'
import { FlowStore } from './dialog/flows.ts'
import { Instructions } from './dialog/instructions.ts'
import { Janitor } from './dialog/janitor.ts'
import { coreMiddlewares } from './events/core-middlewares.ts'
import type { DecisionHost } from './events/decision-host.ts'
import { EventEngine } from './events/engine.ts'
import { EventLog } from './events/log.ts'
import { incoming, outgoing, type PipelineHost } from './events/pipelines.ts'
import { addLog } from './events/steps.ts'
import { stockMiddlewares } from './events/stock-middlewares.ts'
import { GhostFiles } from './files.ts'
import { HookRunner } from './hooks/run-hooks.ts'
import { STOCK_HOOKS } from './hooks/stock.ts'
import { ModuleLoader } from './modules/require.ts'
import { BotMonitor } from './monitor.ts'
import type { RuntimeParts } from './parts.ts'
import { placeInStack, problemOf } from './problem.ts'
import { HookStore } from './scripts/discover.ts'
import { exposedProcess, PROCESS_CACHE_MS } from './scripts/process.ts'
import { ScriptRunner } from './scripts/run.ts'
import { KeyValues } from './state/kvs.ts'
import { Sessions, sessionIdOf } from './state/sessions.ts'
import { StateManager } from './state/state.ts'
import { Users } from './state/users.ts'
import { Intents } from './understanding/intents.ts'
import { languageOf, Qna } from './understanding/qna.ts'
import { isAtLeast, SINCE } from './version.ts'
import { Workspace } from './workspace.ts'

export interface ServerOptions {
  readonly settings: Required<Pick<EngineSettings, 'root' | 'botpressVersion' | 'stuckAfterMs' | 'externalUrl'>> & EngineSettings
  readonly clock: Clock
  readonly database: SqliteDatabase
  readonly env: Record<string, string | undefined>
  readonly production: boolean
  /** Whether the hooks and middlewares of the stock modules run next to the author's (R1.14). */
  readonly stock: boolean
  report(entry: ReportInput): void
  flush(): void
  push(push: Push): void
  observe(point: 'given' | 'sent' | 'loaded' | 'deciding' | 'ended', event: BotEvent): void
  uncaught(error: unknown): void
  onJump(flow: string, node: string | undefined, error?: Error): void
}

/** The engine's parts, put together: this file knows who needs whom, and nothing else. */
export class Server {
  readonly events: EventEngine
  readonly sessions: Sessions
  readonly users: Users
  readonly workspace: Workspace
  readonly hooks: HookRunner
  readonly janitor: Janitor
  readonly #options: ServerOptions
  readonly #scripts: ScriptRunner
  readonly #modules: ModuleLoader
  readonly #hookStore: HookStore
  readonly #flows: FlowStore
  readonly #elements: ElementStore
  readonly #actions: Actions
  readonly #dialog: DialogEngine
  readonly #state: StateManager
  readonly #kvs: KeyValues
  readonly #log: EventLog
  readonly #cms: Cms
  readonly #qna: Qna
  readonly #intents: Intents
  readonly #types: WorkspaceTypes
  readonly #monitor: BotMonitor
  readonly #files: GhostFiles
  readonly #http: HttpService
  readonly #secret: string
  #knex: { destroy(): Promise<void> } | undefined
  #bp = new Map<string, Record<string, unknown>>()
  /** Who set the flag that keeps the dialog engine away from an event. */
  #skippedBy = new WeakMap<BotEvent, Origin>()
  #process: { value: object; until: number } | undefined

  constructor(options: ServerOptions) {
    this.#options = options
    const { settings, clock, database } = options
    const report = (entry: ReportInput) => this.#report(entry)
    const since = (what: keyof typeof SINCE) => isAtLeast(settings.botpressVersion, SINCE[what])
    const { root } = settings
    const problem = (file: string, text: string) => report({ kind: 'data-problem', place: { file }, problem: text })
    this.workspace = new Workspace(root, problem)
    this.#scripts = new ScriptRunner({ clock, uncaught: options.uncaught, console: (level, text) => this.#console(level, text) }, root)
    const parse = (json: string) => this.#scripts.shared.parse(json)
    this.#modules = new ModuleLoader(root, this.#scripts, name => (name === 'botpress/sdk' ? { exports: this.bp('Hooks') } : undefined))
    this.#hookStore = new HookStore(root, options.stock ? STOCK_HOOKS : [], problem)
    this.#flows = new FlowStore(root, problem, since('anyCaseFlows'))
    this.#elements = new ElementStore(root, problem)
    this.#log = new EventLog(database, clock, parse)
    this.users = new Users(database, clock, parse)
    this.sessions = new Sessions(database, clock, parse)
    this.#kvs = new KeyValues(database, clock, parse)
    this.#files = new GhostFiles(root)
    this.#secret = createHash('sha256').update(`secret of ${root}`).digest('hex')
    this.#http = new HttpService({
      secret: this.#secret,
      externalUrl: settings.externalUrl,
      now: () => clock.now(),
      log: message => this.#say('info', 'HTTP', message)
    })
    const botConfig = (botId: string) => this.workspace.bots().get(botId)
    const serverConfig = () => this.workspace.serverConfig()
    this.#state = new StateManager({
      clock,
      users: this.users,
      sessions: this.sessions,
      kvs: this.#kvs,
      parse,
      botConfig,
      serverConfig,
      report
    })
    this.#qna = new Qna({
      root,
      problem,
      language: event => languageOf(event, botConfig(event.botId)),
      render: (event, text) => this.#cms.render('builtin_text', { text, event }, event)
    })
    this.#intents = new Intents({
      root,
      problem,
      language: event => languageOf(event, botConfig(event.botId)),
      say: (message, event) => this.#say('info', 'NLU', message, event.botId, event.id)
    })
    this.#types = new WorkspaceTypes({
      root,
      load: file => this.#modules.load(file),
      read: file => readFileSync(file, 'utf8'),
      problem: (file, text, error) => report({ kind: 'data-problem', place: problemOf(error, file).place ?? { file }, problem: text })
    })
    this.#cms = new Cms({
      elements: this.#elements,
      workspaceTypes: botId => this.#types.of(botId),
      typingPayload: !since('onePayload'),
      botConfig,
      random: Math.random,
      now: () => new Date(clock.now())
    })
    const scriptHost = {
      root,
      clock,
      report,
      scripts: this.#scripts,
      modules: this.#modules,
      process: () => this.#exposedProcess(),
      printObject: (value: unknown) => inspect(value, { depth: 2, colors: true }),
      isSandboxed: (scope: 'global' | 'bot') => !isYes(options.env[scope === 'global' ? 'DISABLE_GLOBAL_SANDBOX' : 'DISABLE_BOT_SANDBOX']),
      flush: options.flush
    }
    this.hooks = new HookRunner({
      ...scriptHost,
      store: this.#hookStore,
      bp: () => this.bp('Hooks'),
      logError: (...args) => this.#say('error', ...args)
    })
    this.#actions = new Actions({ ...scriptHost, bp: () => this.bp('Actions') })
    this.#dialog = this.#createDialog()
    this.events = new EventEngine({
      clock,
      log: this.#log,
      stuckAfterMs: settings.stuckAfterMs,
      production: options.production,
      report,
      incoming: event => incoming(event, this.#pipeline()),
      outgoing: event => outgoing(event, this.#pipeline()),
      activeScript: eventId => this.hooks.activeFor(eventId),
      flags: (event, { late, ...flag }) => {
        if (flag.name === 'SKIP_DIALOG_ENGINE') this.#skippedBy.set(event, flag.from)
        report({ kind: 'flag-set', eventId: event.id, flag: flag.name, value: flag.value, known: flag.known, from: flag.from })
        if (late !== undefined) report({ kind: 'too-late', eventId: event.id, what: `flag ${flag.name}`, from: flag.from })
      },
      given: event => options.observe('given', event),
      sent: event => options.observe('sent', event)
    })
    for (const one of coreMiddlewares({ externalUrl: settings.externalUrl, answers: event => this.#qna.suggest(event) }))
      this.events.middlewares.register(one)
    if (options.stock) for (const one of stockMiddlewares(event => this.#intents.understand(event))) this.events.middlewares.register(one)
    this.#monitor = new BotMonitor({
      clock,
      config: () => serverConfig().botMonitoring,
      run: (botId, events) => this.hooks.run('on_bot_error', { botId, events })
    })
    this.janitor = new Janitor({
      clock,
      sessions: this.sessions,
      state: this.#state,
      hooks: this.hooks,
      dialog: this.#dialog,
      direction: since('internalTimeouts') ? 'internal' : 'incoming',
      interval: () => serverConfig().dialog?.janitorInterval,
      createEvent: args => this.events.create(args as never),
      report,
      observe: options.observe,
      logError: (message, botId) => this.#say('error', 'DialogJanitor', message, botId)
    })
  }

  sessionId(event: Parameters<typeof sessionIdOf>[0]): string {
    return sessionIdOf(event)
  }

  /** The one `bp` of a kind of consumer (R3.27). */
  bp(consumer: 'Hooks' | 'Actions'): Record<string, unknown> {
    let made = this.#bp.get(consumer)
    if (!made) {
      made = createBp(
        {
          events: this.events,
          log: this.#log,
          dialog: this.#dialog,
          sessions: this.sessions,
          users: this.users,
          kvs: this.#kvs,
          cms: this.#cms,
          elements: this.#elements,
          media: this.#media(),
          clock: this.#options.clock,
          workspace: this.workspace,
          files: this.#files,
          http: this.#http,
          secret: this.#secret,
          env: this.#options.env,
          version: this.#options.settings.botpressVersion,
          push: this.#options.push,
          knex: () => {
            this.#knex = knexOf(this.#options.database)
            return this.#knex
          },
          report: entry => this.#report(entry),
          attachLog: (eventId, line) => {
            const event = this.events.active.find(one => one.id === eventId)
            if (event) addLog(event, line)
          }
        },
        consumer
      )
      this.#bp.set(consumer, made)
    }
    return made
  }

  /** Files that hooks store with a bot. */
  #media(): RuntimeParts['media'] {
    const at = (botId: string, name: string) => `bots/${botId}/media/${name}`
    return {
      save: async (botId, name, content) => {
        const stored = `${randomUUID()}-${name}`
        this.#files.write(at(botId, stored), Buffer.from(content))
        return stored
      },
      read: async (botId, name) => this.#files.read(at(botId, name)),
      path: (botId, name) => `/api/v1/bots/${botId}/media/${encodeURIComponent(name)}`
    }
  }

  /** Mounts the bots. @returns their ids */
  async start(): Promise<string[]> {
    const { settings, clock } = this.#options
    const report = (entry: ReportInput) => this.#report(entry)
    const bots = [...this.workspace.bots().keys()]
    report({ kind: 'engine-started', botpressVersion: settings.botpressVersion, root: settings.root, bots, clock: clock.kind })
    for (const botId of bots) await this.hooks.run('after_bot_mount', { botId })
    await this.hooks.run('after_server_start', {})
    this.janitor.start()
    this.#monitor.start()
    return bots
  }

  async stop(): Promise<void> {
    this.janitor.stop()
    this.#monitor.stop()
    this.events.clear()
    this.#http.close()
    await this.#knex?.destroy()
    this.#log.flush()
    this.#options.database.close()
  }

  changed(files: readonly string[]): void {
    if (this.#hookStore.changed(files) || files.some(file => /shared_libs|libraries/i.test(file))) this.#modules.clear()
    this.workspace.changed(files)
    this.#flows.changed(files)
    this.#elements.changed(files)
    this.#actions.changed(files)
    this.#qna.changed(files)
    this.#intents.changed(files)
    this.#types.changed(files)
    this.#files.changed(files)
  }

  /** Forgets targets, or everything. */
  forget(targets: string[] | undefined): void {
    if (targets === undefined) {
      this.events.clear()
      this.users.forget()
      this.sessions.forget()
      this.#kvs.forget()
      this.#log.forget()
    } else {
      for (const target of targets) {
        this.users.forget(target)
        this.sessions.forget(target)
      }
    }
  }

  /** Defaults, then the global file, then the bot's (R18.5). */
  moduleConfig<T extends object>(module: string, botId: string, defaults: T): T {
    const { root } = this.#options.settings
    const global = this.workspace.json(join(root, 'data', 'global', 'config', `${module}.json`))
    const bot = this.workspace.json(join(root, 'data', 'bots', botId, 'config', `${module}.json`))
    return { ...defaults, ...global, ...bot } as T
  }

  #createDialog(): DialogEngine {
    const { clock } = this.#options
    const report = (entry: ReportInput) => this.#report(entry)
    const reply = (event: BotEvent, payloads: unknown[]) => this.events.reply(event, payloads, event.id, originNow({ by: 'dialog' }))
    return new DialogEngine({
      flows: this.#flows,
      conditions: new Conditions(() => this.#scripts.shared),
      instructions: new Instructions({
        actions: this.#actions,
        now: () => clock.now(),
        render: (id, args, event) => this.#cms.render(id, args, event),
        reply,
        logError: (message, event) => this.#say('error', 'DialogEngine', message, event.botId, event.id)
      }),
      hooks: (type, args) => this.hooks.run(type, args),
      hasConversationEnd: isAtLeast(this.#options.settings.botpressVersion, SINCE.conversationEnd),
      report,
      onJump: (...args) => this.#options.onJump(...args),
      logWarning: (message, event) => this.#say('warn', 'DialogEngine', message, event.botId, event.id)
    })
  }

  #pipeline(): PipelineHost {
    const { clock, observe } = this.#options
    const report = (entry: ReportInput) => this.#report(entry)
    return {
      clock,
      hooks: this.hooks,
      state: this.#state,
      middlewares: this.events.middlewares,
      log: this.#log,
      decision: this.#decision(),
      shortcut: event => this.#shortcut(event),
      report,
      observe
    }
  }

  /** Two texts that the server answers itself (R7.6). */
  async #shortcut(event: BotEvent): Promise<void> {
    this.janitor.heard(sessionIdOf(event))
    const answer =
      event.preview === 'BP_VERSION'
        ? `Version: ${this.#options.settings.botpressVersion}`
        : event.preview === 'BP_LICENSE'
          ? 'License: community'
          : undefined
    if (answer === undefined) return
    await this.events.reply(event, [{ type: 'text', text: answer, markdown: true }], event.id, { by: 'server' })
    event.setFlag(flagSymbol('SKIP_DIALOG_ENGINE'), true)
  }

  #decision(): DecisionHost {
    const { clock } = this.#options
    const report = (entry: ReportInput) => this.#report(entry)
    return {
      now: () => clock.now(),
      noRepeat: () => Boolean(this.workspace.serverConfig().noRepeatPolicy),
      hooks: (type, args) => this.hooks.run(type, args),
      reply: (event, payloads, suggestion) => this.events.reply(event, payloads, event.id, { by: 'suggestion', name: suggestion.source }),
      jump: async (event, _sessionId, flow, node) => this.#dialog.jump(event, flow, node),
      dialog: async event => void (await this.#dialog.process(event)),
      errorFlow: event => this.#dialog.errorFlow(event),
      dialogFailed: (event, error, message) => {
        this.#say('error', 'DialogEngine', message, event.botId, event.id)
        report({ kind: 'dialog-failed', eventId: event.id, error: problemOf(error) })
      },
      save: (event, options) => this.#state.save(event, options),
      processed: event => this.hooks.run('after_event_processed', { event }),
      reportDecision: (event, outcome) => {
        const skippedBy = outcome === 'skipped' ? this.#skippedBy.get(event) : undefined
        const suggestions = copy(event.suggestions ?? []) as unknown[]
        report({ kind: 'decision-made', eventId: event.id, outcome, suggestions, ...(skippedBy && { skippedBy }) })
      }
    }
  }

  /** The object that scripts see as `process`: made anew every two minutes, shared until then (R3.18). */
  #exposedProcess(): object {
    const { clock, env, settings } = this.#options
    if (!this.#process || this.#process.until <= clock.now()) {
      this.#process = { value: exposedProcess(env, settings), until: clock.now() + PROCESS_CACHE_MS }
    }
    return this.#process.value
  }

  #report(entry: ReportInput): void {
    this.#options.report(entry)
    this.#monitor?.hear(entry)
  }

  #console(level: 'log' | 'info' | 'warn' | 'error' | 'debug', text: string): void {
    const now = running()
    const place = now?.file === undefined ? undefined : (placeInStack(new Error().stack ?? '', now.file) ?? { file: now.file })
    this.#report({ kind: 'console', level, text, ...(place && { place }) })
  }

  #say(level: 'info' | 'warn' | 'error', logger: string, message: string, botId?: string, eventId?: string): void {
    this.#report({
      kind: 'log',
      level,
      logger,
      message,
      ...(botId !== undefined && { botId }),
      ...(eventId !== undefined && { eventId })
    })
  }
}

const isYes = (text: string | undefined) => text !== undefined && /^(1|y|yes|true|on)$/i.test(text.trim())
