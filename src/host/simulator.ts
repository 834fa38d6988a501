import { resolve } from 'node:path'
import { NEWEST } from '../botpress/versions.ts'
import type { CallParams, CallResult, EngineCall } from '../protocol/engine.ts'
import type { FromPanel, PanelState, ToPanel } from '../protocol/panel.ts'
import type { Report } from '../trace/entry.ts'
import { TraceLog } from '../trace/log.ts'
import { BotPages } from './bots/bot-pages.ts'
import { BotRoom } from './bots/bot-room.ts'
import { ClockControl } from './clock-control.ts'
import { ConditionControl } from './condition-control.ts'
import { ConversationControl } from './conversation-control.ts'
import { EngineControl } from './engine-control.ts'
import { FileControl } from './file-control.ts'
import { Gateway } from './gateway.ts'
import { GestureControl } from './gesture-control.ts'
import { visitorOf } from './guard.ts'
import { Line } from './line-conditions.ts'
import { addressOf, PageControl } from './page-control.ts'
import { panelCommands } from './panel-commands.ts'
import { PanelLines } from './panel-lines.ts'
import { Replay } from './replay.ts'
import { SharedState } from './shared-state.ts'
import { SightControl } from './sight-control.ts'
import type { PanelLine, SendToPanel, SimulatorApi, SimulatorOptions } from './simulator-options.ts'
import { VisitorControl } from './visitor-control.ts'
import { Visitors } from './visitors.ts'
import { BUILTIN, WorkspaceView } from './workspace-view.ts'

type Notice = ToPanel & { kind: 'notice' }
/** A report without its time, which is the clock's. */
type Said<R = Report> = R extends Report ? Omit<R, 'at'> : never

/** Page, visitors, clock, chat and engine played together: what the extension and the command line embed. See `SimulatorApi`. */
export class Simulator implements SimulatorApi {
  readonly trace = new TraceLog()
  #options: SimulatorOptions
  #workspace: WorkspaceView
  #visitors: Visitors
  #pages: PageControl
  #files: FileControl
  #clock: ClockControl
  #line: Line
  #replay: Replay
  #sight: SightControl
  #gateway!: Gateway
  #botRoom: BotRoom
  #botPages: BotPages
  #engine: EngineControl
  #lines: PanelLines
  #state: SharedState
  #do: ReturnType<typeof panelCommands>
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
      tabOf: part => this.#visitors.behind(part)?.tab.tab,
      onMarked: () => this.#botRoom.changed(),
      onPicking: picking => this.#state.update({ picking }),
      reveal: seq => this.#lines.say({ kind: 'reveal', seq, focus: true }),
      onNothing: text => this.#notice('info', text)
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
      onStatus: ({ status, message, debugging = this.state.debugging }) => this.#state.update({ status, message, debugging })
    })
    this.#clock = new ClockControl({
      startAt: options.clock === 'virtual' ? (options.startAt ?? Date.now()) : undefined,
      keepers: [this.#engine.keeper, this.#line],
      settle: () => this.#settle(),
      change: startAt => this.#changeClock(startAt),
      onState: clock => this.#state.clock(clock),
      onMoved: (to, why) => this.#report({ kind: 'clock', to, why }),
      onProblem: text => this.#notice('error', text)
    })
    const call = <C extends EngineCall>(name: C, params: CallParams<C>) => this.call(name, params)
    const conditions = new ConditionControl({
      line: this.#line,
      call,
      bots: () => this.state.bots,
      onLine: line => this.#report({ kind: 'condition-set', line })
    })
    const visitors = new VisitorControl({
      visitors: this.#visitors,
      call,
      botId: () => this.state.botId,
      onChanged: changed => this.#report({ kind: 'visitor-changed', ...changed })
    })
    this.#replay = new Replay({
      trace: this.trace,
      state: () => this.state,
      handle: message => this.handle(message),
      call,
      newVisitor: async page => this.#pages.replaceVisitor(page),
      report: entry => this.#report(entry),
      onChange: change => this.#state.update(change)
    })
    const gestures = new GestureControl({
      visitors: this.#visitors,
      clock: this.#clock,
      lines: () => this.#gateway.lines,
      load: page => this.#pages.choose(undefined, page)
    })
    this.#lines = new PanelLines({ trace: this.trace, state: () => this.state, handle: (message, answer) => this.handle(message, answer) })
    this.#state = new SharedState(
      {
        status: 'starting',
        bots: [],
        pages: [],
        visitorId: this.#visitors.shown.id,
        visitors: this.#visitors.snapshot(),
        clock: this.#clock.state,
        conditions: conditions.conditions,
        knownEvents: [],
        debugging: false,
        ...(options.botId !== undefined && { botId: options.botId })
      },
      { state: () => this.#lines.state(), tick: clock => this.#lines.say({ kind: 'clock', clock }) }
    )
    this.#pages = new PageControl({
      workspace: this.#workspace,
      visitors: this.#visitors,
      state: this.#state,
      chats: () => this.#botRoom.pages(),
      now: () => (this.#clock.isVirtual ? this.#clock.now() : undefined),
      onNewVisitor: (visitorId, page) => this.#report({ kind: 'visitor-changed', visitorId, what: 'new', page }),
      onLook: () => this.#files.watch()
    })
    this.#files = new FileControl({
      folder: this.#options.folder,
      isWatching: options.watch !== false,
      workspace: this.#workspace,
      engine: this.#engine,
      pages: this.#pages,
      replay: this.#replay,
      onSaved: files => this.#report({ kind: 'file-saved', files })
    })
    this.#do = panelCommands({
      given: this.#options,
      trace: this.trace,
      state: this.#state,
      lines: this.#lines,
      pages: this.#pages,
      visitors,
      clock: this.#clock,
      conditions,
      gestures,
      sight: this.#sight,
      conversation: new ConversationControl({ state: () => this.state, call }),
      replay: this.#replay,
      root: () => this.root,
      base: () => this.#workspace.base,
      start: () => this.start(),
      restartServer: async () => {
        await this.ready()
        await this.#engine.restartAt(this.#clock.now())
      },
      inform: text => this.#notice('info', text)
    })
    this.trace.subscribe(entries => {
      if (this.#workspace.see(entries)) this.#state.update({ knownEvents: this.#workspace.knownEvents() })
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
      botId: () => simulator.state.botId,
      stage: part => simulator.#pages.settingsAt(part),
      webchat: request => simulator.#line.request(request.visitorId, request.route, () => simulator.call('webchat', request)),
      media: async (botId, file) => {
        const { base64 } = await simulator.call('media', { botId, file })
        return base64 === undefined ? undefined : Buffer.from(base64, 'base64')
      },
      onVisitor: (visitorId, open) => void simulator.#engine.tell('socket', { visitorId, open }),
      onInspect: name => simulator.#sight.inspect(name),
      onPicked: (ref, selector, isCancelled) => simulator.#sight.picked(ref, selector, isCancelled),
      openLink: url => {
        simulator.#options.openLink?.(url)
        return simulator.#options.openLink !== undefined
      },
      handshake: () => simulator.#line.handshake(),
      now: () => (simulator.#clock.isVirtual ? simulator.#clock.now() : undefined),
      onTime: now => simulator.#clock.shows(now),
      onLine: line => {
        simulator.#sight.joined(line)
        return simulator.#clock.join(line)
      },
      onReports: reports => simulator.trace.append(...reports.map(report => ({ ...report, at: simulator.#clock.now() }))),
      connect: send => simulator.connect(send),
      onServed: file => simulator.#files.served(file),
      bot: (part, parts, request, response) =>
        simulator.#botPages.serve(simulator.#visitors.behind(part)?.tab.page, visitorOf(part)!, parts, request, response)
    })
    simulator.#pages.look()
    simulator.#engine.begin()
    return simulator
  }

  get state(): PanelState {
    return this.#state.value
  }

  get root(): string | undefined {
    return this.#workspace.root
  }

  onState(listener: (state: PanelState) => void): () => void {
    return this.#state.onChange(listener)
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
    await this.#do(message, answer)
  }

  async start(): Promise<void> {
    this.#engine.trust()
    this.#pages.look()
    await this.#engine.again(this.state.status === 'failed')
    await this.ready()
  }

  async ready(): Promise<void> {
    if (this.#engine.isThere || this.state.status !== 'ready') await this.#engine.ready()
    await this.#files.remembered
  }

  call<C extends EngineCall>(name: C, params: CallParams<C>): Promise<CallResult<C>> {
    return this.#engine.call(name, params)
  }

  filesChanged(files: string[]): void {
    if (!this.#disposed) this.#files.saved(files)
  }

  url(what: 'ui' | 'page'): string {
    return what === 'ui' ? this.#gateway.url('ui/') : (this.state.frameUrl ?? this.#gateway.url(BUILTIN.id))
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return
    this.#disposed = true
    this.#clock.stop()
    this.#replay.dispose()
    this.#files.close()
    this.#lines.close()
    this.#botPages.close()
    await Promise.allSettled([this.#botRoom.dispose(), this.#engine.dispose(), this.#gateway.close()])
    this.#state.close()
    this.#noticeListeners.clear()
  }

  async #changeClock(startAt: number | undefined): Promise<void> {
    this.#line.flush()
    await this.#engine.changeClock(startAt)
    this.#pages.reload()
  }

  /** Nothing that the clock started is under way any more. */
  async #settle(): Promise<void> {
    await this.#gateway.lines.settle(() => this.#engine.keeper.nextDue())
  }

  #report(said: Said): void {
    this.trace.append({ ...said, at: this.#clock.now() } as Report)
  }

  #notice(level: Notice['level'], text: string): void {
    const notice: Notice = { kind: 'notice', level, text }
    this.#lines.say(notice)
    for (const listener of this.#noticeListeners) listener(notice)
  }
}
