import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type * as vscode from 'vscode'
import type { SimulatorApi } from '../host/simulator-options.ts'
import type { Place, TraceEntry } from '../trace/entry.ts'
import { BotOutput } from './bot-output.ts'
import { CONTEXT } from './contributions.ts'
import { botDebugger } from './debug-bot.ts'
import { Disposables, type Feature } from './feature.ts'
import { FileChanges } from './file-changes.ts'
import { openRule, saveText } from './kept-texts.ts'
import type { Lab } from './lab.ts'
import { networkOf } from './network.ts'
import { showPlace } from './places.ts'
import { publicOrigin } from './public-origin.ts'
import type { Root } from './roots.ts'
import { setting } from './settings.ts'

/** An open simulator with the Botpress folder it belongs to. */
export interface OpenSimulator {
  readonly root: Root
  readonly simulator: SimulatorApi
}

/** One simulator for each Botpress folder, opened when it is first wanted. The *current* one is what views and commands without a file mean. */
export class Simulators implements Feature {
  readonly commands = {
    restartSameVisitor: () => this.#restart('same'),
    restartNewVisitor: () => this.#restart('new'),
    restartEngine: () => this.#restartEngine(),
    stopEngine: () => this.#stopEngine()
  }
  readonly #lab: Lab
  readonly #mine = new Disposables()
  readonly #opening = new Map<string, Promise<OpenSimulator>>()
  readonly #open = new Map<string, OpenSimulator & { mine: Disposables }>()
  /** Ends under way: whoever opens the same folder meanwhile waits, since both use one storage. */
  readonly #closing = new Map<string, Promise<void>>()
  readonly #changed: vscode.EventEmitter<void>
  readonly #opened: vscode.EventEmitter<OpenSimulator>
  readonly #closed: vscode.EventEmitter<OpenSimulator>
  /** Another simulator became the current one, or it was closed. */
  readonly onDidChangeCurrent: vscode.Event<void>
  readonly #currentChanged: vscode.EventEmitter<void>
  /** Anything about any simulator: opened, closed, another state. */
  readonly onDidChange: vscode.Event<void>
  readonly onDidOpen: vscode.Event<OpenSimulator>
  #current: Root | undefined
  /** The user stopped the engine: no view starts it by itself, until a command asks for it. */
  stopped = false

  constructor(lab: Lab) {
    this.#lab = lab
    const { EventEmitter } = lab.vscode
    this.#changed = this.#mine.add(new EventEmitter<void>())
    this.#opened = this.#mine.add(new EventEmitter<OpenSimulator>())
    this.#closed = this.#mine.add(new EventEmitter<OpenSimulator>())
    this.#currentChanged = this.#mine.add(new EventEmitter<void>())
    this.onDidChange = this.#changed.event
    this.onDidOpen = this.#opened.event
    this.onDidChangeCurrent = this.#currentChanged.event
  }

  start(): void {
    const { vscode } = this.#lab
    this.#mine.add(
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        for (const { simulator } of this.#open.values()) simulator.start().catch(error => this.#lab.log.error(error))
      })
    )
    this.#mine.add(this.onDidChange(() => vscode.commands.executeCommand('setContext', CONTEXT.engineRuns, this.running)))
  }

  get current(): OpenSimulator | undefined {
    return this.#current && this.#open.get(this.#current.path)
  }

  /** The current one, also while it is still being opened. */
  get becoming(): Promise<OpenSimulator> | undefined {
    return this.#current && this.#opening.get(this.#current.path)
  }

  get all(): readonly OpenSimulator[] {
    return [...this.#open.values()]
  }

  get running(): boolean {
    return this.all.some(({ simulator }) => ['starting', 'ready'].includes(simulator.state.status))
  }

  /** The simulator of a Botpress folder, opened if need be; it becomes the current one. */
  async of(root: Root): Promise<OpenSimulator> {
    let opening = this.#opening.get(root.path)
    if (!opening) {
      this.stopped = false
      opening = this.#openOne(root)
      this.#opening.set(root.path, opening)
      opening.catch(() => this.#opening.delete(root.path))
    }
    if (this.#current?.path !== root.path) {
      this.#current = root
      this.#currentChanged.fire()
    }
    return opening
  }

  /** Reads what every simulator's trace gets, from its opening on until it is closed or the reader leaves. */
  readTraces(reader: (open: OpenSimulator) => (entries: readonly TraceEntry[]) => void): vscode.Disposable {
    const mine = new Disposables()
    const reading = new Map<SimulatorApi, () => void>()
    const leave = (simulator: SimulatorApi) => {
      reading.get(simulator)?.()
      reading.delete(simulator)
    }
    mine.add(this.onDidOpen(open => reading.set(open.simulator, open.simulator.trace.subscribe(reader(open)))))
    mine.add(this.#closed.event(({ simulator }) => leave(simulator)))
    mine.onDispose(() => {
      for (const simulator of [...reading.keys()]) leave(simulator)
    })
    return mine
  }

  /**
   * The Botpress folder meant: that of the file, of the active editor, the current one, the only one, or one that the user picks.
   *
   * @param ask false: undefined rather than a question
   */
  async rootFor(uri?: vscode.Uri, ask = true): Promise<Root | undefined> {
    const { vscode, roots } = this.#lab
    const all = await roots.all()
    const active = uri ?? vscode.window.activeTextEditor?.document.uri
    const known = (active && (await roots.of(active))) ?? all.find(root => root.path === this.#current?.path)
    if (known || all.length < 2) return known ?? all[0]
    if (!ask) return undefined
    const picked = await vscode.window.showQuickPick(
      all.map(root => ({ label: vscode.workspace.asRelativePath(root.uri), description: root.bots.join(', '), root })),
      { title: vscode.l10n.t('Which Botpress folder?') }
    )
    return picked?.root
  }

  /**
   * The simulator with its engine ready.
   *
   * @returns undefined when the user was told what is missing (trust, a Botpress folder) or chose none
   */
  async readyFor(uri?: vscode.Uri): Promise<OpenSimulator | undefined> {
    if (!this.isTrusted()) return undefined
    const root = await this.rootFor(uri)
    if (!root) return this.#needRoot()
    const open = await this.of(root)
    if (['failed', 'stopped', 'untrusted'].includes(open.simulator.state.status)) await open.simulator.start()
    await open.simulator.ready()
    return open
  }

  /** Whether hooks may run in this window; the user is told when they may not. */
  isTrusted(): boolean {
    const { vscode } = this.#lab
    if (!vscode.workspace.isTrusted) this.#needTrust()
    return vscode.workspace.isTrusted
  }

  /** Ends a simulator; its view says so. */
  async close({ path }: Pick<Root, 'path'>): Promise<void> {
    // At once where it can be: whoever asks for it next gets a new one.
    if (!this.#open.has(path)) await this.#opening.get(path)?.catch(() => undefined)
    const open = this.#open.get(path)
    // Closed by somebody else meanwhile.
    if (!open) return this.#closing.get(path)
    this.#opening.delete(path)
    this.#open.delete(path)
    open.mine.dispose()
    this.#closed.fire(open)
    const closing = open.simulator.dispose().finally(() => this.#closing.delete(path))
    this.#closing.set(path, closing)
    await closing
    this.#changed.fire()
    this.#currentChanged.fire()
  }

  /** Also those that are still being opened. */
  async #closeAll(): Promise<void> {
    await Promise.all([...this.#opening.keys()].map(path => this.close({ path })))
  }

  async #openOne(root: Root): Promise<OpenSimulator> {
    const { vscode, context, log, roots } = this.#lab
    const { Simulator } = await import('../host/simulator.ts')
    await this.#closing.get(root.path)
    const siblings = (await roots.all()).filter(other => other.folder?.uri.toString() === root.folder?.uri.toString())
    const folder = root.folder && siblings.length === 1 ? root.folder.uri.fsPath : root.path
    const storage = setting(vscode, 'engine.keepData', root.uri) && context.storageUri && join(context.storageUri.fsPath, keyOf(root))
    const trusted = vscode.workspace.isTrusted
    const simulator: SimulatorApi = await Simulator.open({
      folder,
      dist: join(context.extensionPath, 'dist'),
      ...(storage && { storage }),
      trusted,
      watch: false,
      debuggable: true,
      hookLimitMs: setting(vscode, 'engine.hookLimit', root.uri) * 1000,
      botpressVersion: setting(vscode, 'engine.botpressVersion', root.uri),
      network: () => networkOf(vscode, root.uri),
      publicOrigin: origin => publicOrigin(vscode, origin),
      open: place => void this.#show(place),
      saveText: (name, text) => void saveText(this.#lab.vscode, folder, name, text).catch(error => this.#lab.report(error)),
      openRule: rule => void openRule(vscode, context.extensionUri, rule).catch(error => this.#lab.report(error)),
      openLink: url => void vscode.env.openExternal(vscode.Uri.parse(url, true)),
      ...(context.storageUri && { addresses: join(context.storageUri.fsPath, keyOf(root)) }),
      attach: botDebugger(this.#lab, root.folder),
      trust: () => void vscode.commands.executeCommand('workbench.trust.manage')
    })
    const open = { root, simulator, mine: new Disposables() }
    log.info(`Simulator of ${root.path} opened`)
    this.#open.set(root.path, open)
    open.mine.onDispose(simulator.onState(() => this.#changed.fire()))
    open.mine.onDispose(simulator.onNotice(notice => log[notice.level === 'warning' ? 'warn' : notice.level](notice.text)))
    open.mine.add(new BotOutput(vscode, simulator.trace))
    open.mine.add(new FileChanges(vscode, folder, files => simulator.filesChanged(files)))
    this.#opened.fire(open)
    this.#changed.fire()
    // Trust that was granted meanwhile.
    if (!trusted && vscode.workspace.isTrusted) simulator.start().catch(error => log.error(error))
    return open
  }

  #show(place: Place): Promise<void> {
    return showPlace(this.#lab.vscode, place).catch(error => this.#lab.report(error))
  }

  async #restart(as: 'same' | 'new'): Promise<void> {
    await (await this.readyFor())?.simulator.handle({ kind: 'restart', as })
  }

  async #restartEngine(): Promise<void> {
    if (this.current) await this.close(this.current.root)
    await this.readyFor()
  }

  async #stopEngine(): Promise<void> {
    this.stopped = true
    await this.#closeAll()
  }

  #needTrust(): void {
    const { vscode } = this.#lab
    const manage = vscode.l10n.t('Manage Workspace Trust')
    void vscode.window
      .showWarningMessage(vscode.l10n.t('A hook is a program, so it runs only in a workspace that you trust.'), manage)
      .then(choice => choice === manage && vscode.commands.executeCommand('workbench.trust.manage'))
  }

  #needRoot(): undefined {
    const { vscode } = this.#lab
    const make = vscode.l10n.t('New Hook')
    void vscode.window
      .showWarningMessage(vscode.l10n.t('No Botpress v12 folder was found here: one that holds “data/global” or “data/bots”.'), make)
      .then(choice => choice === make && vscode.commands.executeCommand('proactiveHooks.newHook'))
  }

  async dispose(): Promise<void> {
    this.#mine.dispose()
    await this.#closeAll()
  }
}

/** A name for the folder's storage that is the same at every start. */
function keyOf(root: Root): string {
  return createHash('sha256').update(root.path).digest('hex').slice(0, 16)
}
