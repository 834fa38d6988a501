import type * as vscode from 'vscode'
import { locateHook } from '../../botpress/hook-path.ts'
import { DEBUG_TYPE } from '../contributions.ts'
import { Disposables, type Feature } from '../feature.ts'
import type { Lab } from '../lab.ts'
import { HookSession } from './hook-session.ts'

/** The debug type: F5 on a hook, or a launch configuration, starts the runtime, attaches the debugger and sends the event or plays the scenario. */
export class DebugType implements Feature, vscode.DebugConfigurationProvider, vscode.DebugAdapterDescriptorFactory {
  readonly #lab: Lab
  readonly #mine = new Disposables()

  constructor(lab: Lab) {
    this.#lab = lab
  }

  start(): void {
    const { debug, DebugConfigurationProviderTriggerKind: Trigger } = this.#lab.vscode
    this.#mine.add(debug.registerDebugConfigurationProvider(DEBUG_TYPE, this))
    this.#mine.add(
      debug.registerDebugConfigurationProvider(DEBUG_TYPE, { provideDebugConfigurations: () => this.#offered() }, Trigger.Dynamic)
    )
    this.#mine.add(debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, this))
  }

  /** F5 without a launch.json means the file in the editor. */
  resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    given: vscode.DebugConfiguration
  ): vscode.DebugConfiguration | undefined {
    const { vscode, simulators } = this.#lab
    if (!simulators.isTrusted()) return undefined
    if (given.type) return given
    const document = vscode.window.activeTextEditor?.document
    if (document && locateHook(document.uri.path)) return this.#hook(document.uri.fsPath)
    if (document && isScenario(document.uri)) return this.#scenario(document.uri.fsPath)
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a hook or a scenario to debug it.'))
    return undefined
  }

  createDebugAdapterDescriptor(session: vscode.DebugSession): vscode.DebugAdapterDescriptor {
    return new this.#lab.vscode.DebugAdapterInlineImplementation(new HookSession(this.#lab, session))
  }

  /** Hooks and scenarios that are open, for the list of *Run and Debug*. */
  #offered(): vscode.DebugConfiguration[] {
    const uris = this.#lab.vscode.workspace.textDocuments.map(({ uri }) => uri).filter(({ scheme }) => scheme === 'file')
    return [
      ...uris.filter(({ path }) => locateHook(path)).map(({ fsPath }) => this.#hook(fsPath)),
      ...uris.filter(isScenario).map(({ fsPath }) => this.#scenario(fsPath))
    ]
  }

  #hook(hook: string): vscode.DebugConfiguration {
    const name = hook.replace(/^.*[\\/]/, '')
    return { type: DEBUG_TYPE, request: 'launch', name: this.#lab.vscode.l10n.t('Debug {0}', name), hook }
  }

  #scenario(scenario: string): vscode.DebugConfiguration {
    const name = this.#lab.vscode.l10n.t('Debug {0}', scenario.replace(/^.*[\\/]/, ''))
    return { type: DEBUG_TYPE, request: 'launch', name, scenario }
  }

  dispose(): void {
    this.#mine.dispose()
  }
}

function isScenario({ path }: vscode.Uri): boolean {
  return /\.scenario\.(ya?ml|json)$/.test(path)
}
