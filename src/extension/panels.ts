import type * as vscode from 'vscode'
import type { PanelLine, SimulatorApi } from '../host/simulator-options.ts'
import { FromPanel, type PanelState, panelState, type ToPanel } from '../protocol/panel.ts'
import { PANEL_TYPE, VIEWS } from './contributions.ts'
import { Disposables, type Feature } from './feature.ts'
import type { Lab } from './lab.ts'
import { pageIn, webviewOptions } from './panel-webview.ts'
import { sentenceOf } from './sentence.ts'
import type { OpenSimulator } from './simulators.ts'

type Holder = vscode.WebviewView | vscode.WebviewPanel

/** The simulator's page, in its view and in editor tabs. Pages hold no truth: each is set up anew when it is shown, or when another simulator becomes current. */
export class Panels implements Feature {
  readonly commands = {
    openSimulator: () => this.#focus(),
    openSimulatorInEditor: () => this.#openInEditor(),
    showTrace: () => this.#showTrace()
  }
  readonly #lab: Lab
  readonly #mine = new Disposables()
  readonly #pages = new Set<Page>()

  constructor(lab: Lab) {
    this.#lab = lab
  }

  start(): void {
    const { simulators, roots } = this.#lab
    const renew = () => {
      for (const page of this.#pages) if (page.outdated) void page.setUp()
    }
    for (const event of [simulators.onDidChangeCurrent, simulators.onDidOpen, roots.onDidChange]) this.#mine.add(event(renew))
  }

  /** Fills a view or an editor tab with the simulator. */
  async show(holder: Holder): Promise<void> {
    const page = new Page(this.#lab, holder)
    this.#pages.add(page)
    holder.onDidDispose(() => {
      this.#pages.delete(page)
      page.dispose()
    })
    await page.setUp()
  }

  /** Shows the simulator without taking the focus from the editor, unless a tab of it is open already. */
  async reveal(): Promise<void> {
    const { vscode } = this.#lab
    if ([...this.#pages].some(page => page.holder.visible)) return
    await vscode.commands.executeCommand(`${VIEWS.simulator}.focus`, { preserveFocus: true })
  }

  async #focus(): Promise<void> {
    const { vscode, roots } = this.#lab
    const found = (await roots.all()).length > 0
    await vscode.commands.executeCommand(`${found ? VIEWS.simulator : VIEWS.start}.focus`)
  }

  async #openInEditor(): Promise<void> {
    const { vscode, context } = this.#lab
    const open = [...this.#pages].find(page => 'reveal' in page.holder)
    if (open) return (open.holder as vscode.WebviewPanel).reveal()
    const column = vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active
    const panel = vscode.window.createWebviewPanel(PANEL_TYPE, vscode.l10n.t('Simulator'), column)
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.png')
    await this.show(panel)
  }

  async #showTrace(): Promise<void> {
    const { simulators } = this.#lab
    await this.#focus()
    const open = await simulators.readyFor()
    const last = open?.simulator.trace.entries.findLast(entry => entry.kind === 'event-received' && entry.direction === 'incoming')
    if (open && last) open.simulator.reveal(last.seq)
  }

  dispose(): void {
    this.#mine.dispose()
    for (const page of this.#pages) page.dispose()
  }
}

/** One webview and its line to the simulator. */
class Page {
  readonly holder: Holder
  readonly #lab: Lab
  readonly #mine = new Disposables()
  #line: PanelLine | undefined
  #turn = 0
  #shown: SimulatorApi | undefined
  #problem: string | undefined
  /** Who has not chosen among several folders is not asked again whenever a file comes or goes. */
  #asked = false

  constructor(lab: Lab, holder: Holder) {
    this.#lab = lab
    this.holder = holder
    holder.webview.options = webviewOptions(lab)
    this.#mine.add(holder.webview.onDidReceiveMessage(message => this.#receive(message)))
  }

  /** Connects the page to the current simulator and loads it anew. A later call wins over one under way. */
  async setUp(): Promise<void> {
    this.#turn += 1
    const turn = this.#turn
    let open: OpenSimulator | undefined
    let problem: string | undefined
    try {
      open = await this.#simulator()
    } catch (error) {
      this.#lab.log.error(error instanceof Error ? error : String(error))
      problem = sentenceOf(error)
    }
    if (turn !== this.#turn || this.#mine.disposed) return
    this.#line?.dispose()
    this.#line = open?.simulator.connect(message => this.#post(message))
    this.#shown = open?.simulator
    this.#problem = problem
    this.holder.webview.html = this.#html(open)
  }

  /** It shows no simulator, or one that is not the current one any more. */
  get outdated(): boolean {
    return !this.#shown || this.#shown !== this.#lab.simulators.current?.simulator
  }

  async #simulator(): Promise<OpenSimulator | undefined> {
    const { simulators, roots } = this.#lab
    if (simulators.becoming) return simulators.becoming
    if (simulators.stopped || (await roots.all()).length === 0) return undefined
    const ask = !this.#asked
    this.#asked = true
    const root = await simulators.rootFor(undefined, ask)
    // Another one was opened while this was asked.
    return simulators.becoming ?? (root && simulators.of(root))
  }

  async #receive(message: unknown): Promise<void> {
    if (this.#line) return this.#line.receive(message)
    const { simulators } = this.#lab
    const parsed = FromPanel.safeParse(message)
    if (!parsed.success) return
    if (parsed.data.kind === 'ready') void this.#post({ kind: 'state', state: this.#withoutSimulator() })
    if (parsed.data.kind === 'startEngine') await simulators.readyFor().catch(error => this.#lab.report(error))
  }

  #post(message: ToPanel): PromiseLike<unknown> | undefined {
    return this.#mine.disposed ? undefined : this.holder.webview.postMessage(message)
  }

  #withoutSimulator(): PanelState {
    const { vscode, simulators } = this.#lab
    if (this.#problem) return panelState({ status: 'failed', message: this.#problem })
    if (simulators.stopped) return panelState({ status: 'stopped', message: vscode.l10n.t('The engine was stopped.') })
    const message = vscode.l10n.t('No Botpress v12 folder was found here: one that holds “data/global” or “data/bots”.')
    return panelState({ status: 'no-bots', message })
  }

  #html(open: OpenSimulator | undefined): string {
    const { vscode } = this.#lab
    const addresses = open ? [open.simulator.url('page'), ...(open.simulator.state.frameUrl ? [open.simulator.state.frameUrl] : [])] : []
    return pageIn(this.#lab, this.holder.webview, vscode.l10n.t('Simulator'), addresses)
  }

  dispose(): void {
    this.#line?.dispose()
    this.#mine.dispose()
  }
}
