import type * as vscode from 'vscode'
import { panelState } from '../../protocol/panel.ts'
import { TraceLog } from '../../trace/log.ts'
import { Disposables, type Feature } from '../feature.ts'
import type { Lab } from '../lab.ts'
import { pageIn, webviewOptions } from '../panel-webview.ts'
import { showPlace } from '../places.ts'
import type { ScenarioKey } from './last-results.ts'
import type { PlayedTrace } from './played-traces.ts'

/** Type of the webview panel; it is not restored with the window, since traces are not kept that long. */
const PLAYED_TYPE = 'proactiveHooks.playedScenario'

/** Shows what happened in a scenario as the simulator would: with verdicts, steps and state. One tab, used again. */
export class PlayedView implements Feature {
  readonly commands = { showScenarioTrace: (given?: unknown) => this.#show(given) }
  readonly #lab: Lab
  #panel: vscode.WebviewPanel | undefined
  #mine = new Disposables()

  constructor(lab: Lab) {
    this.#lab = lab
  }

  /** @param given a key, or what the Test view hands to commands of its menus */
  async #show(given: unknown): Promise<void> {
    const { vscode, tests } = this.#lab
    const key = this.#keyOf(given)
    if (!key) return
    // It was played in another window: the same seed gives the same trace.
    if (!tests.traces.get(key)) await tests.run([key])
    const played = tests.traces.get(key)
    if (!played) throw new Error(vscode.l10n.t('This scenario was not played yet.'))
    await this.#fill(played)
  }

  #keyOf(given: unknown): ScenarioKey | undefined {
    const { tests } = this.#lab
    const { file, id, test } = (given ?? {}) as Partial<ScenarioKey> & { test?: vscode.TestItem }
    if (file !== undefined && id !== undefined) return { file, id }
    const item = test ?? (given as vscode.TestItem | undefined)
    return item && 'children' in item ? tests.items.scenarios([item])[0] : undefined
  }

  async #fill({ result, entries }: PlayedTrace): Promise<void> {
    const { vscode, context } = this.#lab
    const { PanelLines } = await import('../../host/panel-lines.ts')
    this.#mine.dispose()
    this.#mine = new Disposables()
    const title = vscode.l10n.t('Trace: {0}', result.name)
    const column = vscode.ViewColumn.Beside
    this.#panel ??= vscode.window.createWebviewPanel(
      PLAYED_TYPE,
      title,
      { viewColumn: column, preserveFocus: true },
      webviewOptions(this.#lab)
    )
    const panel = this.#panel
    panel.title = title
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.png')
    this.#mine.add(
      panel.onDidDispose(() => {
        this.#panel = undefined
        this.#mine.dispose()
      })
    )
    const trace = new TraceLog()
    trace.append(...entries)
    const message = vscode.l10n.t('This is what happened in the scenario “{0}”.', result.name)
    const lines = new PanelLines({
      trace,
      state: () => panelState({ status: 'played', message }),
      handle: async asked => {
        if (asked.kind === 'open') await showPlace(vscode, asked.place)
        else throw new Error(vscode.l10n.t('The scenario has been played. Run it again, or use the simulator.'))
      }
    })
    const line = lines.connect(said => panel.webview.postMessage(said))
    this.#mine.onDispose(() => lines.close())
    this.#mine.add(panel.webview.onDidReceiveMessage(said => line.receive(said)))
    panel.webview.html = pageIn(this.#lab, panel.webview, title)
    panel.reveal(undefined, true)
  }

  dispose(): void {
    this.#mine.dispose()
    this.#panel?.dispose()
  }
}
