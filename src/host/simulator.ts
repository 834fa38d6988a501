import { resolve } from 'node:path'
import { NEWEST } from '../botpress/versions.ts'
import type { CallParams, CallResult, EngineCall } from '../protocol/engine.ts'
import type { FromPanel, PanelState, ToPanel } from '../protocol/panel.ts'
import type { Report } from '../trace/entry.ts'
import { TraceLog } from '../trace/log.ts'
import { nameOf, scenarioOf } from '../trace/recording/scenario.ts'
import { BotPages } from './bots/bot-pages.ts'
import { BotRoom } from './bots/bot-room.ts'
import { ClockControl } from './clock-control.ts'
import { ConditionControl } from './condition-control.ts'
import { devAddress } from './dev-servers.ts'
import { EngineControl, NO_BOTS } from './engine-control.ts'
import { FileWatch } from './file-watch.ts'
import { Gateway } from './gateway.ts'
import { GestureControl } from './gesture-control.ts'
import { visitorOf } from './guard.ts'
import { Line } from './line-conditions.ts'
import type { StageSettings } from './page-server.ts'
import { PanelLines } from './panel-lines.ts'
import { Replay } from './replay.ts'
import { SavedFiles } from './saved-files.ts'
import { writeScenario } from './scenario-file.ts'
import { SightControl } from './sight-control.ts'
import type { PanelLine, SendToPanel, SimulatorApi, SimulatorOptions } from './simulator-options.ts'
import { VisitorControl } from './visitor-control.ts'
import { Visitors } from './visitors.ts'
import { BUILTIN, WorkspaceView } from './workspace-view.ts'

type Notice = ToPanel & { kind: 'notice' }
type Handlers = { [K in FromPanel['kind']]: (message: FromPanel & { kind: K }) => void | Promise<void> }
/** A report without its time, which is the clock's. */
type Said<R = Report> = R extends Report ? Omit<R, 'at'> : never

/** Page, visitors, clock, chat and engine played together: what the extension and the command line embed. See `SimulatorApi`. */
export class Simulator implements SimulatorApi {
  readonly trace = new TraceLog()
  #options: SimulatorOptions
  #workspace: WorkspaceView
  #visitors: Visitors
  #visitorControl: VisitorControl
  #clock: ClockControl
  #line: Line
  #conditions: ConditionControl
  #replay: Replay
  #gestures: GestureControl
  #sight: SightControl
  #gateway!: Gateway
  #botRoom: BotRoom
  #botPages: BotPages
  #engine: EngineControl
  #watch: FileWatch | undefined
  #lines: PanelLines
  #state: PanelState
  #served = new Set<string>()
  #saved = new SavedFiles()
  #stateListeners = new Set<(state: PanelState) => void>()
  #noticeListeners = new Set<(notice: Notice) => void>()
  #disposed = false

  private constructor(options: SimulatorOptions) {
    this.#options = { ...options, folder: resolve(options.folder) }
    this.#workspace = new WorkspaceView(this.#options.folder, problem => this.trace.append(problem))
    this.#visitors = new Visitors(
      { address: (part, page) => this.#gateway.url(`v/${part}/${addressOf(page)}`), mayLoad: () => this.#engine.isTrusted },
      options.page ?? ''
    )
    this.#sight = new SightControl({
      trace: this.trace,
      lines: () => this.#gateway.lines,
      onMarked: () => this.#botRoom.changed(),
      reveal: seq => this.#lines.say({ kind: 'reveal', seq, focus: true })
    })
    this.#botRoom = new BotRoom({
      folder: this.#options.folder,
      trace: this.trace,
      probe: resolve(options.dist, 'probe.cjs'),
      storage: options.addresses ?? options.storage,
      attach: options.attach,
      endpoint: options.botEndpoint,
      noticeMs: options.botNoticeMs,
      sight: this.#sight,
      now: () => this.#clock.now()
    })
    this.#botPages = new BotPages(resolve(options.dist, 'webview'), this.#botRoom)
    this.#line = new Line({
      now: () => this.#clock.now(),
      isVirtual: () => this.#clock.isVirtual,
      onLost: lost => this.#report({ kind: 'line-lost', ...lost })
    })
    this.#engine = new EngineControl({
      given: this.#options,
      trace: this.trace,
      root: () => this.root,
      hasOthers: () => this.#botRoom.pages().length > 0,
      now: () => (this.#clock.isVirtual ? this.#clock.now() : undefined),
      externalUrl: () => this.#gateway.url('').replace(/\/$/, ''),
      onPush: push => {
        // The engine may have run ahead of the pages.
        if (push.at !== undefined) this.#clock.shows(push.at)
        this.#line.push(push.visitorId, push.name, () => this.#gateway.push(push))
      },
      onStatus: ({ status, message, debugging = this.#state.debugging }) => this.#update({ status, message, debugging })
    })
    this.#clock = new ClockControl({
      startAt: options.clock === 'virtual' ? (options.startAt ?? Date.now()) : undefined,
      keepers: [this.#engine.keeper, this.#line],
      settle: () => this.#settle(),
      change: startAt => this.#changeClock(startAt),
      onState: clock => this.#clockMoved(clock),
      onMoved: (to, why) => this.#report({ kind: 'clock', to, why }),
      onProblem: text => this.#notice('error', text)
    })
    const call = <C extends EngineCall>(name: C, params: CallParams<C>) => this.call(name, params)
    this.#conditions = new ConditionControl({
      line: this.#line,
      call,
      bots: () => this.#state.bots,
      onLine: line => this.#report({ kind: 'condition-set', line })
    })
    this.#visitorControl = new VisitorControl({
      visitors: this.#visitors,
      call,
      botId: () => this.#state.botId,
      onChanged: changed => this.#report({ kind: 'visitor-changed', ...changed })
    })
    this.#replay = new Replay({
      trace: this.trace,
      state: () => this.#state,
      handle: message => this.handle(message),
      call,
      newVisitor: page => this.#restart('new', page),
      report: entry => this.#report(entry),
      onChange: change => this.#update(change)
    })
    this.#gestures = new GestureControl({
      visitors: this.#visitors,
      clock: this.#clock,
      lines: () => this.#gateway.lines,
      load: page => this.#choose(undefined, page)
    })
    this.#state = {
      status: 'starting',
      bots: [],
      pages: [],
      visitorId: this.#visitors.shown.id,
      visitors: this.#visitors.snapshot(),
      clock: this.#clock.state,
      conditions: this.#conditions.conditions,
      knownEvents: [],
      debugging: false,
      ...(options.botId !== undefined && { botId: options.botId })
    }
    this.#lines = new PanelLines({ trace: this.trace, state: () => this.#state, handle: (message, answer) => this.handle(message, answer) })
    this.trace.subscribe(entries => {
      if (this.#workspace.see(entries)) this.#update({ knownEvents: this.#workspace.knownEvents() })
      this.#clock.look()
    })
  }

  /** @throws Error when the port is taken */
  static async open(options: SimulatorOptions): Promise<Simulator> {
    const simulator = new Simulator(options)
    simulator.#gateway = await Gateway.listen({
      webview: resolve(options.dist, 'webview'),
      base: () => simulator.#workspace.base,
      root: () => simulator.root,
      port: options.port,
      publicOrigin: options.publicOrigin,
      botpressVersion: () => simulator.#options.botpressVersion ?? NEWEST,
      botId: () => simulator.#state.botId,
      stage: part => simulator.#stageSettings(part),
      webchat: request => simulator.#line.request(request.visitorId, request.route, () => simulator.call('webchat', request)),
      media: async (botId, file) => {
        const { base64 } = await simulator.call('media', { botId, file })
        return base64 === undefined ? undefined : Buffer.from(base64, 'base64')
      },
      onVisitor: (visitorId, open) => simulator.#socket(visitorId, open),
      onInspect: name => simulator.#sight.inspect(name),
      openLink: url => {
        simulator.#options.openLink?.(url)
        return simulator.#options.openLink !== undefined
      },
      handshake: () => simulator.#line.handshake(),
      now: () => (simulator.#clock.isVirtual ? simulator.#clock.now() : undefined),
      onTime: now => simulator.#clock.shows(now),
      onLine: line => simulator.#clock.join(line),
      onReports: reports => simulator.trace.append(...reports.map(report => ({ ...report, at: simulator.#clock.now() }))),
      connect: send => simulator.connect(send),
      onServed: file => simulator.#serve(file),
      bot: (part, parts, request, response) =>
        simulator.#botPages.serve(simulator.#visitors.behind(part)?.tab.page, visitorOf(part)!, parts, request, response)
    })
    simulator.#look()
    simulator.#engine.begin()
    return simulator
  }

  get state(): PanelState {
    return this.#state
  }

  get root(): string | undefined {
    return this.#workspace.root
  }

  onState(listener: (state: PanelState) => void): () => void {
    this.#stateListeners.add(listener)
    return () => void this.#stateListeners.delete(listener)
  }

  onNotice(listener: (notice: Notice) => void): () => void {
    this.#noticeListeners.add(listener)
    return () => void this.#noticeListeners.delete(listener)
  }

  connect(send: SendToPanel): PanelLine {
    return this.#lines.connect(send)
  }

  reveal(seq: number): void {
    this.#lines.say({ kind: 'reveal', seq })
  }

  async handle(message: FromPanel, answer: (message: ToPanel) => void = () => {}): Promise<void> {
    const handlers: Handlers = {
      ready: () => {},
      choose: ({ botId, page }) => this.#choose(botId, page),
      restart: ({ as }) => this.#restart(as),
      visitor: async ({ command }) => {
        await this.#visitorControl.do(command)
        this.#stageChanged()
      },
      clock: ({ command }) => this.#clock.do(command),
      conditions: async ({ conditions }) => {
        await this.#conditions.set(conditions)
        this.#update({ conditions })
      },
      gesture: async ({ gesture }) => {
        await this.#gestures.do(gesture)
        this.#stageChanged()
      },
      mark: sight => this.#sight.mark(sight),
      readState: async () => this.#tellStored(await this.call('readState', this.#conversation()), answer),
      writeState: async ({ kind: _, ...parts }) =>
        this.#tellStored(await this.call('writeState', { ...this.#conversation(), ...parts }), answer),
      replay: ({ what, reversed }) => this.#replay.play(what, reversed),
      playTranscript: ({ transcript }) => this.#replay.transcript(transcript),
      live: ({ mode }) => {
        this.#replay.mode = mode
      },
      saveScenario: () => this.#saveScenario(),
      saveText: ({ name, text }) => this.#options.saveText?.(name, text),
      openRule: ({ rule }) => {
        if (this.#options.openRule) this.#options.openRule(rule)
        else this.#notice('info', `${rule} is explained in docs/rules/${rule}.md; a plain browser does not open it.`)
      },
      send: ({ type, payload }) => this.#send(type, payload),
      clear: () => {
        this.trace.clear()
        this.#lines.cleared()
      },
      open: ({ place }) => {
        if (this.#options.open) this.#options.open(place)
        else this.#notice('info', `${place.file}:${place.line ?? 1} opens in an editor, which a plain browser is not.`)
      },
      trust: () => (this.#options.trust ? this.#options.trust() : this.start()),
      startEngine: () => this.start(),
      restartServer: async () => {
        await this.ready()
        await this.#engine.restartAt(this.#clock.now())
      }
    }
    await (handlers[message.kind] as (message: FromPanel) => void | Promise<void>)(message)
  }

  async start(): Promise<void> {
    this.#engine.trust()
    this.#look()
    await this.#engine.again(this.#state.status === 'failed')
    await this.ready()
  }

  async ready(): Promise<void> {
    if (this.#engine.isThere || this.#state.status !== 'ready') await this.#engine.ready()
  }

  call<C extends EngineCall>(name: C, params: CallParams<C>): Promise<CallResult<C>> {
    return this.#engine.call(name, params)
  }

  filesChanged(files: string[]): void {
    if (this.#disposed) return
    if (this.#engine.isTrusted && !this.#engine.isThere) {
      this.#look()
      this.#engine.begin()
    }
    const saved = this.#saved.see(files, file => this.#served.has(file) || this.#workspace.pageFiles.includes(file))
    // Without an engine nobody else tells of it.
    void this.#engine.call('changed', { files, saved }).catch(() => saved.length > 0 && this.#report({ kind: 'file-saved', files: saved }))
    const isPagePart = (file: string) => /\.(html?|m?js)$/i.test(file) && !/[\\/]data[\\/](global|bots)[\\/]/.test(file)
    if (files.some(file => isPagePart(file) || /bot\.config\.json$/.test(file))) this.#look()
    if (files.some(file => this.#served.has(file))) this.#reload()
    this.#replay.filesSaved(files.filter(file => isPagePart(file) || /[\\/]data[\\/]/.test(file) || this.#served.has(file)))
  }

  url(what: 'ui' | 'page'): string {
    return what === 'ui' ? this.#gateway.url('ui/') : (this.#state.frameUrl ?? this.#gateway.url(BUILTIN.id))
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return
    this.#disposed = true
    this.#clock.stop()
    this.#replay.dispose()
    this.#watch?.close()
    this.#lines.close()
    this.#botPages.close()
    await Promise.allSettled([this.#botRoom.dispose(), this.#engine.dispose(), this.#gateway.close()])
    this.#stateListeners.clear()
    this.#noticeListeners.clear()
  }

  /** What the script of a page is told, at the visitor's part of its address. */
  #stageSettings(part: string): StageSettings {
    const found = this.#visitors.behind(part)
    const visitorId = visitorOf(part)!
    const visitors = this.#visitors.all.map(({ id }) => id)
    return {
      visitorId,
      tab: found?.tab.tab ?? 1,
      visitors: visitors.includes(visitorId) ? visitors : [...visitors, visitorId],
      ...(found?.visitor.language !== undefined && { language: found.visitor.language }),
      ...(this.#clock.isVirtual && { now: this.#clock.now() })
    }
  }

  /** Looks again what is there: Botpress folder, bots, pages. */
  #look(): void {
    const { bots, pages: own } = this.#workspace.look()
    const ofBots = this.#botRoom.pages()
    // Without a Botpress folder there is nothing else to show.
    const pages = this.root === undefined ? [...ofBots, ...own] : [...own, ...ofBots]
    const tab = this.#visitors.shownTab
    const page = pages.find(({ id }) => id === tab.page) ?? pages[0]!
    const isNew = page.id !== tab.page || !tab.url
    const { frequency } = this.#workspace
    this.#update({ bots, pages, botId: this.#botFor(page, bots), knownEvents: this.#workspace.knownEvents(), frequency })
    tab.page = page.id
    if (isNew) this.#visitors.load(this.#visitors.shown)
    this.#stageChanged()
    this.#watchFiles()
  }

  #botFor(page: { botIds: string[] }, bots: string[]): string | undefined {
    const { botId } = this.#state
    if (botId !== undefined && bots.includes(botId)) return botId
    return page.botIds.find(id => bots.includes(id)) ?? bots[0]
  }

  #choose(botId: string | undefined, pageId: string | undefined): void {
    if (pageId !== undefined && this.#workspace.addAddress(pageId)) this.#update({ pages: this.#workspace.look().pages })
    const { bots, pages } = this.#state
    const page = pageId === undefined ? undefined : pages.find(({ id }) => id === pageId)
    if (pageId !== undefined && !page) throw new Error(`There is no page “${pageId}”.`)
    if (botId !== undefined && !bots.includes(botId)) throw new Error(`There is no bot “${botId}” in data/bots.`)
    const ofPage = page?.botIds.find(id => bots.includes(id))
    this.#update({ botId: botId ?? ofPage ?? this.#state.botId })
    this.#visitors.load(this.#visitors.shown, this.#visitors.shownTab, page?.id)
    this.#stageChanged()
  }

  async #restart(as: 'same' | 'new', page?: string): Promise<void> {
    if (as === 'same') {
      await this.handle({ kind: 'visitor', command: { do: 'return' } })
      return
    }
    const visitor = this.#visitors.replaceShown()
    if (page !== undefined) this.#visitors.shownTab.page = page
    this.#report({ kind: 'visitor-changed', visitorId: visitor.id, what: 'new', page: this.#visitors.shownTab.page })
    this.#visitors.load(visitor)
    this.#stageChanged()
  }

  /** All pages load anew, for the visitors of now. */
  #reload(): void {
    this.#served.clear()
    this.#visitors.reload()
    this.#stageChanged()
  }

  /** Visitors, tabs or their pages are others than before. */
  #stageChanged(): void {
    const { url, page } = this.#visitors.shownTab
    this.#update({ visitorId: this.#visitors.shown.id, visitors: this.#visitors.snapshot(), page, frameUrl: url })
  }

  /** The run as a file that plays it, shown in an editor. */
  #saveScenario(): void {
    if (this.root === undefined) throw new Error(NO_BOTS)
    const draft = scenarioOf(this.trace.entries, { name: nameOf(this.trace.entries), botId: this.#state.botId })
    if (draft.steps.length === 0) throw new Error('Nothing was done yet that a scenario could play.')
    const file = writeScenario(this.root, draft)
    if (this.#options.open) this.#options.open({ file })
    else this.#notice('info', `Saved as ${file}`)
  }

  /** The author sends an event as if the page's visitor had caused it: what is given is what the hook finds in `event.payload` (R19.2). */
  async #send(type: string, payload: unknown): Promise<void> {
    const isObject = typeof payload === 'object' && payload !== null && !Array.isArray(payload)
    const full = isObject ? { ...payload, type } : { type, payload }
    const headers = { 'x-proactive-hooks-author': '1' }
    const answer = await this.call('webchat', { ...this.#conversation(), route: 'events', body: { payload: full }, headers })
    if (answer.status !== 200) throw new Error((answer.body as { message?: string } | null)?.message ?? `Status ${answer.status}`)
  }

  /** The shown visitor's, with the bot of now. @throws Error when there is no bot */
  #conversation(): { botId: string; visitorId: string } {
    const { botId, visitorId } = this.#state
    if (botId === undefined) throw new Error('There is no bot to talk to.')
    return { botId, visitorId }
  }

  #tellStored(stored: CallResult<'readState'>, answer: (message: ToPanel) => void): void {
    answer({ kind: 'stored', ...this.#conversation(), stored })
  }

  async #changeClock(startAt: number | undefined): Promise<void> {
    this.#line.flush()
    await this.#engine.changeClock(startAt)
    this.#reload()
  }

  #clockMoved(clock: PanelState['clock']): void {
    const { kind, playing, speed, moving } = this.#state.clock
    const isTick = kind === clock.kind && playing === clock.playing && speed === clock.speed && moving === clock.moving
    this.#state = { ...this.#state, clock }
    if (isTick) this.#lines.say({ kind: 'clock', clock })
    else this.#tellState()
  }

  /** Nothing that the clock started is under way any more. */
  async #settle(): Promise<void> {
    await this.#gateway.lines.settle(() => this.#engine.keeper.nextDue())
  }

  #socket(visitorId: string, open: boolean): void {
    void this.#engine.tell('socket', { visitorId, open })
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
    for (const file of this.#workspace.pageFiles) this.#watch.addFile(file)
  }

  #report(said: Said): void {
    this.trace.append({ ...said, at: this.#clock.now() } as Report)
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
    this.#tellState()
  }

  #tellState(): void {
    this.#lines.state()
    for (const listener of this.#stateListeners) listener(this.#state)
  }
}

/** Where a page lies below a visitor's address. */
function addressOf(page: string): string {
  if (page.startsWith('bot:')) return 'bot/'
  if (devAddress(page)) return `far?page=${encodeURIComponent(page)}`
  return page === BUILTIN.id ? page : `site/${page.split('/').map(encodeURIComponent).join('/')}`
}
