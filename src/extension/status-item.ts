import type * as vscode from 'vscode'
import type { PanelState } from '../protocol/panel.ts'
import { COMMANDS, LANGUAGE_ID } from './contributions.ts'
import { Disposables, type Feature } from './feature.ts'
import type { Lab } from './lab.ts'
import type { Root } from './roots.ts'

type Status = PanelState['status'] | 'off' | 'debugging'

const ICONS: Record<Status, string> = {
  off: 'comment',
  starting: 'loading~spin',
  ready: 'comment-discussion',
  debugging: 'debug-alt',
  stopped: 'debug-stop',
  untrusted: 'workspace-untrusted',
  'no-bots': 'comment',
  failed: 'error',
  played: 'comment'
}

/** One word about the engine, there only while a hook is open or the engine lives; its tooltip says more and offers what can be done. */
export class StatusItem implements Feature {
  readonly #lab: Lab
  readonly #mine = new Disposables()
  readonly #item: vscode.StatusBarItem

  constructor(lab: Lab) {
    this.#lab = lab
    const { vscode } = lab
    this.#item = this.#mine.add(vscode.window.createStatusBarItem('proactiveHooks.engine', vscode.StatusBarAlignment.Right, 90))
    this.#item.name = vscode.l10n.t('Proactive Hooks')
    this.#item.command = COMMANDS.openSimulator
  }

  start(): void {
    const { vscode, simulators } = this.#lab
    const update = () => this.#update()
    this.#mine.add(simulators.onDidChange(update))
    this.#mine.add(vscode.window.onDidChangeVisibleTextEditors(update))
    this.#mine.add(vscode.workspace.onDidGrantWorkspaceTrust(update))
    update()
  }

  #update(): void {
    const { vscode, simulators } = this.#lab
    const hookIsOpen = vscode.window.visibleTextEditors.some(editor => editor.document.languageId === LANGUAGE_ID)
    if (!hookIsOpen && !simulators.running) {
      this.#item.hide()
      return
    }
    const state = simulators.current?.simulator.state
    const status: Status = state?.debugging ? 'debugging' : (state?.status ?? (vscode.workspace.isTrusted ? 'off' : 'untrusted'))
    const words = this.#words(status)
    this.#item.text = `$(${ICONS[status]}) ${words.label}`
    this.#item.accessibilityInformation = { label: `${words.label}. ${words.sentence}` }
    this.#item.backgroundColor = status === 'failed' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined
    this.#item.tooltip = this.#tooltip(words.sentence, state)
    this.#item.show()
  }

  #words(status: Status): { label: string; sentence: string } {
    const { l10n } = this.#lab.vscode
    return {
      off: { label: l10n.t('Hooks'), sentence: l10n.t('The engine is not running. A click opens the simulator.') },
      starting: { label: l10n.t('Hooks: starting'), sentence: l10n.t('The engine is starting.') },
      ready: { label: l10n.t('Hooks: ready'), sentence: l10n.t('The engine runs. A click shows the simulator.') },
      debugging: { label: l10n.t('Hooks: debugging'), sentence: l10n.t('A debugger is attached to the engine.') },
      stopped: { label: l10n.t('Hooks: stopped'), sentence: l10n.t('The engine was stopped.') },
      untrusted: { label: l10n.t('Hooks: restricted'), sentence: l10n.t('Hooks are not run in a workspace that is not trusted.') },
      'no-bots': { label: l10n.t('Hooks'), sentence: l10n.t('No Botpress v12 folder was found.') },
      failed: { label: l10n.t('Hooks: failed'), sentence: l10n.t('The engine could not start.') },
      // Of tabs with the trace of a scenario; no simulator is ever in it.
      played: { label: l10n.t('Hooks'), sentence: '' }
    }[status]
  }

  #tooltip(sentence: string, state: PanelState | undefined): vscode.MarkdownString {
    const { vscode, simulators, context } = this.#lab
    const { l10n } = vscode
    const { version } = context.extension.packageJSON as { version: string }
    const text = new vscode.MarkdownString('', true)
    text.isTrusted = { enabledCommands: Object.values(COMMANDS) }
    text.appendMarkdown(`**Proactive Hooks** ${version}\n\n`)
    text.appendText(sentence)
    if (state?.message) text.appendText(` ${state.message}`)
    const { current } = simulators
    if (current) {
      text.appendMarkdown('\n\n')
      text.appendText(l10n.t('Bots: {0}', state?.bots.join(', ') || '–'))
      text.appendText(` · ${this.#nameOf(current.root)}`)
    }
    const actions = [
      [COMMANDS.openSimulator, l10n.t('Open Simulator')],
      [COMMANDS.sendEvent, l10n.t('Send Event')],
      [COMMANDS.restartEngine, l10n.t('Restart Engine')],
      ...(simulators.running ? [[COMMANDS.stopEngine, l10n.t('Stop Engine')]] : []),
      [COMMANDS.showLog, l10n.t('Show Log')]
    ]
    text.appendMarkdown(`\n\n---\n\n${actions.map(([command, title]) => `[${title}](command:${command})`).join(' · ')}`)
    return text
  }

  #nameOf({ uri, folder }: Root): string {
    return folder?.uri.toString() === uri.toString() ? folder.name : this.#lab.vscode.workspace.asRelativePath(uri)
  }

  dispose(): void {
    this.#mine.dispose()
  }
}
