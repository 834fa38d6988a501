import { resolve } from 'node:path'
import type * as vscode from 'vscode'
import type { NetworkSettings } from '../protocol/engine.ts'
import type { EntryOf, TraceEntry } from '../trace/entry.ts'
import { CONFIGURATION_SECTION } from './contributions.ts'
import { Disposables, type Feature, type VSCode } from './feature.ts'
import type { Lab } from './lab.ts'
import { changes, setting } from './settings.ts'
import type { OpenSimulator } from './simulators.ts'

const SETTINGS = ['network.mode', 'network.allow', 'network.fixtures'] as const

/** Hosts, by workspace, that the user wants refused without being asked again. */
const REFUSED_KEY = 'network.refused'

/** What hooks of a Botpress folder may call. */
export function networkOf(vscode: VSCode, scope: vscode.Uri): NetworkSettings {
  const mode = setting(vscode, 'network.mode', scope)
  const fixtures = setting(vscode, 'network.fixtures', scope)
  return {
    mode: mode === 'allow' || mode === 'refuse' ? mode : 'loopback',
    allow: [...setting(vscode, 'network.allow', scope)],
    ...(fixtures !== '' && { fixturesFile: resolve(scope.fsPath, fixtures) })
  }
}

/** The host of a refused call, without its port. */
function hostOf({ url }: Pick<EntryOf<'network'>, 'url'>): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, '')
}

/** Asks once for each host that a hook was kept from calling, and brings changed settings to the engines. */
export class Network implements Feature {
  readonly #lab: Lab
  readonly #mine = new Disposables()
  readonly #asked = new Set<string>()

  constructor(lab: Lab) {
    this.#lab = lab
  }

  start(): void {
    const { vscode, simulators } = this.#lab
    this.#mine.add(simulators.readTraces(open => entries => this.#read(open, entries)))
    this.#mine.add(
      vscode.workspace.onDidChangeConfiguration(event => {
        if (!SETTINGS.some(name => changes(event, name))) return
        for (const open of simulators.all) void this.#tell(open)
      })
    )
  }

  #read(open: OpenSimulator, entries: readonly TraceEntry[]): void {
    for (const entry of entries) {
      if (entry.kind === 'network' && entry.outcome === 'refused') this.#ask(open, entry).catch(error => this.#lab.log.error(error))
    }
  }

  async #ask(open: OpenSimulator, entry: EntryOf<'network'>): Promise<void> {
    const { vscode, context } = this.#lab
    const { uri } = open.root
    const host = hostOf(entry)
    // A program has none: only the mode lets it start.
    if (host === '') return
    const refused = () => context.workspaceState.get<string[]>(REFUSED_KEY, [])
    // In the other modes the user has decided for all hosts.
    if (setting(vscode, 'network.mode', uri) !== 'loopback' || this.#asked.has(host) || refused().includes(host)) return
    this.#asked.add(host)
    const allow = vscode.l10n.t('Allow for This Workspace')
    const keep = vscode.l10n.t('Keep Refusing')
    const sentence = vscode.l10n.t('A hook called {0}. The simulator refused: hooks reach only this computer unless you allow more.', host)
    const choice = await vscode.window.showWarningMessage(sentence, allow, keep)
    if (choice === keep) await context.workspaceState.update(REFUSED_KEY, [...refused(), host])
    if (choice !== allow) return
    const hosts = [...new Set([...setting(vscode, 'network.allow', uri), host])]
    await vscode.workspace
      .getConfiguration(CONFIGURATION_SECTION, uri)
      .update(
        'network.allow',
        hosts,
        vscode.workspace.workspaceFolders ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global
      )
  }

  /** An engine that does not run gets the setting when it starts. */
  async #tell({ root, simulator }: OpenSimulator): Promise<void> {
    if (simulator.state.status !== 'ready') return
    await simulator.call('network', networkOf(this.#lab.vscode, root.uri)).catch(error => this.#lab.log.error(error))
  }

  dispose(): void {
    this.#mine.dispose()
  }
}
