import { resolve } from 'node:path'
import type { CallParams, CallResult, EngineCall } from '../protocol/engine.ts'
import type { FromPanel, PanelState, ToPanel } from '../protocol/panel.ts'
import type { Report } from '../trace/entry.ts'
import { TraceLog } from '../trace/log.ts'
import { EngineError } from './engine-error.ts'
import { EngineHost, type EngineStatus } from './engine-host.ts'
import { FileWatch } from './file-watch.ts'
import { Gateway } from './gateway.ts'
import { KnownEvents } from './known-events.ts'
import { findPages, type Page } from './pages.ts'
import { PanelLines } from './panel-lines.ts'
import type { PanelLine, SimulatorApi, SimulatorOptions } from './simulator-options.ts'
import { newVisitorId } from './visitor-id.ts'
import { type BotpressFolder, botIds, findBotpress } from './workspace.ts'

const BUILTIN = { id: 'builtin', title: 'Built-in page', botIds: [] }
const UNTRUSTED = 'Hooks are code: nothing runs until this workspace is trusted.'
const NO_BOTS = 'No Botpress folder was found: a folder with data/global or data/bots in it.'

type Notice = ToPanel & { kind: 'notice' }

/** Page, visitor, chat and engine played together: what the extension and the command line embed. See `SimulatorApi`. */
export class Simulator implements SimulatorApi {
  readonly trace = new TraceLog()
  #options: SimulatorOptions
  #folder: BotpressFolder | undefined
  #pages: Page[] = []
  #known = new KnownEvents()
  #gateway!: Gateway
  #host: EngineHost | undefined
  #watch: FileWatch | undefined
  #lines: PanelLines
  #state: PanelState
  #loads = 1
  #served = new Set<string>()
  #toldProblems = new Set<string>()
  #stateListeners = new Set<(state: PanelState) => void>()
  #noticeListeners = new Set<(notice: Notice) => void>()
  #isTrusted: boolean
  #disposed = false

  private constructor(options: SimulatorOptions) {
    this.#options = { ...options, folder: resolve(options.folder) }
    this.#isTrusted = options.trusted !== false
    this.#state = {
      status: 'starting',
      bots: [],
      pages: [],
      visitorId: newVisitorId(),
      knownEvents: [],
      debugging: false,
      ...(options.botId !== undefined && { botId: options.botId }),
      ...(options.page !== undefined && { page: options.page })
    }
    this.#lines = new PanelLines({ trace: this.trace, state: () => this.#state, handle: message => this.handle(message) })
    this.trace.subscribe(entries => {
      if (this.#known.see(entries)) this.#update({ knownEvents: this.#knownEvents() })
    })
  }

  /** @throws Error when the port is taken */
  static async open(options: SimulatorOptions): Promise<Simulator> {
    const simulator = new Simulator(options)
    simulator.#gateway = await Gateway.listen({
      webview: resolve(options.dist, 'webview'),
      base: () => simulator.#base,
      root: () => simulator.root,
      port: options.port,
      publicOrigin: options.publicOrigin,
      botId: () => simulator.#state.botId,
      webchat: request => simulator.call('webchat', request),
      onVisitor: (visitorId, open) => simulator.#visitor(visitorId, open),
      onReports: reports => simulator.trace.append(...reports.map(report => ({ ...report, at: simulator.#now() }))),
      connect: send => simulator.connect(send),
      onServed: file => simulator.#serve(file)
    })
    simulator.#look()
    if (simulator.#isTrusted) simulator.#startEngine()
    else simulator.#update({ status: 'untrusted', message: UNTRUSTED })
    return simulator
  }

  get state(): PanelState {
    return this.#state
  }

  get root(): string | undefined {
    return this.#folder?.root
  }

  onState(listener: (state: PanelState) => void): () => void {
    this.#stateListeners.add(listener)
    return () => void this.#stateListeners.delete(listener)
  }

  onNotice(listener: (notice: Notice) => void): () => void {
    this.#noticeListeners.add(listener)
    return () => void this.#noticeListeners.delete(listener)
  }

  connect(send: (message: ToPanel) => void): PanelLine {
    return this.#lines.connect(send)
  }

  reveal(seq: number): void {
    this.#lines.say({ kind: 'reveal', seq })
  }

  async handle(message: FromPanel): Promise<void> {
    switch (message.kind) {
      case 'ready':
        break
      case 'choose':
        this.#choose(message.botId, message.page)
        break
      case 'restart':
        if (message.as === 'new') this.#update({ visitorId: newVisitorId() })
        this.#load()
        break
      case 'send':
        await this.#send(message.type, message.payload)
        break
      case 'clear':
        this.trace.clear()
        this.#lines.cleared()
        break
      case 'open':
        if (this.#options.open) this.#options.open(message.place)
        else this.#notice('info', `${message.place.file}:${message.place.line ?? 1} opens in an editor, which a plain browser is not.`)
        break
      case 'trust':
        if (this.#options.trust) this.#options.trust()
        else await this.start()
        break
      case 'startEngine':
        await this.start()
    }
  }

  async start(): Promise<void> {
    this.#isTrusted = true
    this.#look()
    if (this.#host && this.#state.status === 'failed') await this.#host.restart()
    else if (!this.#host) this.#startEngine()
    await this.ready()
  }

  async ready(): Promise<void> {
    if (!this.#host) throw this.#notStarted()
    await this.#host.ready()
  }

  async call<C extends EngineCall>(name: C, params: CallParams<C>): Promise<CallResult<C>> {
    if (!this.#host) throw this.#notStarted()
    return this.#host.call(name, params)
  }

  filesChanged(files: string[]): void {
    if (this.#disposed) return
    if (this.#isTrusted && !this.#host) {
      this.#look()
      this.#startEngine()
    }
    this.#host?.call('changed', { files }).catch(() => {})
    const isPagePart = (file: string) => /\.(html?|m?js)$/i.test(file) && !/[\\/]data[\\/](global|bots)[\\/]/.test(file)
    if (files.some(file => isPagePart(file) || /bot\.config\.json$/.test(file))) this.#look()
    if (files.some(file => this.#served.has(file))) this.#load()
  }

  url(what: 'ui' | 'page'): string {
    return what === 'ui' ? this.#gateway.url('ui/') : (this.#state.frameUrl ?? this.#gateway.url(BUILTIN.id))
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return
    this.#disposed = true
    this.#watch?.close()
    this.#lines.close()
    await Promise.allSettled([this.#host?.dispose(), this.#gateway.close()])
    this.#stateListeners.clear()
    this.#noticeListeners.clear()
  }

  get #base(): string {
    return this.#folder?.base ?? this.#options.folder
  }

  #now(): number {
    return this.#host?.now() ?? Date.now()
  }

  /** Looks again what is there: Botpress folder, bots, pages. */
  #look(): void {
    this.#folder ??= findBotpress(this.#options.folder)
    const bots = this.root ? botIds(this.root) : []
    this.#pages = findPages(this.#base)
    for (const problem of this.#pages.flatMap(page => page.problems)) this.#tellOnce(problem)
    const pages = [...this.#pages.map(({ id, title, botIds }) => ({ id, title, botIds })), BUILTIN]
    const page = pages.find(({ id }) => id === this.#state.page) ?? pages[0]!
    const isNew = page.id !== this.#state.page || !this.#state.frameUrl
    this.#update({ bots, pages, page: page.id, botId: this.#botFor(page, bots), knownEvents: this.#knownEvents() })
    if (isNew) this.#load()
    this.#watchFiles()
  }

  #botFor(page: { botIds: string[] }, bots: string[]): string | undefined {
    const { botId } = this.#state
    if (botId !== undefined && bots.includes(botId)) return botId
    return page.botIds.find(id => bots.includes(id)) ?? bots[0]
  }

  #choose(botId: string | undefined, pageId: string | undefined): void {
    const { bots, pages } = this.#state
    const page = pageId === undefined ? undefined : pages.find(({ id }) => id === pageId)
    if (pageId !== undefined && !page) throw new Error(`There is no page “${pageId}”.`)
    if (botId !== undefined && !bots.includes(botId)) throw new Error(`There is no bot “${botId}” in data/bots.`)
    const ofPage = page?.botIds.find(id => bots.includes(id))
    this.#update({ botId: botId ?? ofPage ?? this.#state.botId, page: page?.id ?? this.#state.page })
    this.#load()
  }

  /** The page loads anew, for the visitor of now. */
  #load(): void {
    // A page is code too.
    if (!this.#isTrusted) return
    this.#served.clear()
    const { page = BUILTIN.id, visitorId } = this.#state
    const path = page === BUILTIN.id ? BUILTIN.id : `site/${page.split('/').map(encodeURIComponent).join('/')}`
    this.#update({ frameUrl: this.#gateway.url(`v/${visitorId}~${this.#loads++}/${path}`) })
  }

  /** The author sends an event as if the page's visitor had caused it: what is given is what the hook finds in `event.payload` (R19.2). */
  async #send(type: string, payload: unknown): Promise<void> {
    const { botId, visitorId } = this.#state
    if (botId === undefined) throw new Error('There is no bot to send an event to.')
    const isObject = typeof payload === 'object' && payload !== null && !Array.isArray(payload)
    const full = isObject ? { ...payload, type } : { type, payload }
    const headers = { 'x-proactive-hooks-author': '1' }
    const answer = await this.call('webchat', { botId, visitorId, route: 'events', body: { payload: full }, headers })
    if (answer.status !== 200) throw new Error((answer.body as { message?: string } | null)?.message ?? `Status ${answer.status}`)
  }

  #startEngine(): void {
    if (!this.root) {
      this.#update({ status: 'no-bots', message: NO_BOTS })
      return
    }
    const { dist, engine, execPath, storage, hookLimitMs, stuckAfterMs, botpressVersion, clock, startAt, network } = this.#options
    this.#host = EngineHost.open({
      entry: engine ?? resolve(dist, 'engine.js'),
      execPath,
      hookLimitMs,
      trace: this.trace,
      settings: {
        root: this.root,
        storage,
        stuckAfterMs,
        botpressVersion,
        clock,
        startAt,
        network: network?.(),
        externalUrl: this.#gateway.url('').replace(/\/$/, '')
      },
      onPush: push => this.#gateway.push(push),
      onStatus: status => this.#engineStatus(status)
    })
    this.#engineStatus(this.#host.status)
  }

  #engineStatus({ status, message, debugging }: EngineStatus): void {
    this.#update({ status, message, debugging })
  }

  #visitor(visitorId: string, open: boolean): void {
    this.#host?.call('socket', { visitorId, open }).catch(() => {})
  }

  #serve(file: string): void {
    this.#served.add(file)
    if (this.#options.watch !== false) this.#watch?.addFile(file)
  }

  #watchFiles(): void {
    if (this.#options.watch === false) return
    this.#watch ??= new FileWatch(files => this.filesChanged(files))
    if (this.root) this.#watch.addTree(resolve(this.root, 'data'))
    else this.#watch.addTree(this.#options.folder)
    for (const page of this.#pages) this.#watch.addFile(page.file)
  }

  #knownEvents(): PanelState['knownEvents'] {
    return this.#known.list(this.#base, this.#pages)
  }

  #tellOnce(report: Report & { kind: 'data-problem' }): void {
    const key = `${report.place.file}:${report.problem}`
    if (this.#toldProblems.has(key)) return
    this.#toldProblems.add(key)
    this.trace.append(report)
  }

  #notStarted(): EngineError {
    if (!this.#isTrusted) return new EngineError('NOT_TRUSTED', UNTRUSTED)
    return new EngineError('NO_BOTS', NO_BOTS)
  }

  #notice(level: Notice['level'], text: string): void {
    const notice: Notice = { kind: 'notice', level, text }
    this.#lines.say(notice)
    for (const listener of this.#noticeListeners) listener(notice)
  }

  #update(change: Partial<PanelState>): void {
    const next = { ...this.#state, ...change }
    if (JSON.stringify(next) === JSON.stringify(this.#state)) return
    this.#state = next
    this.#lines.state()
    for (const listener of this.#stateListeners) listener(next)
  }
}
