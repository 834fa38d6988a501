import type * as vscode from 'vscode'
import { locateHook } from '../botpress/hook-path.ts'
import { COMMANDS } from './contributions.ts'
import type { Feature } from './feature.ts'
import type { Lab } from './lab.ts'
import { setting } from './settings.ts'

/** *Run | Debug* over the first line of a hook. */
export class CodeLenses implements Feature {
  readonly #lab: Lab

  constructor(lab: Lab) {
    this.#lab = lab
  }

  /** Lenses of a document: none where they are switched off, or where Botpress never runs the file. */
  of(document: vscode.TextDocument): vscode.CodeLens[] {
    const { vscode } = this.#lab
    const location = locateHook(document.uri.path)
    if (!location || location.ignored || document.uri.scheme !== 'file') return []
    if (!setting(vscode, 'codeLens.enabled', document.uri)) return []
    const first = new vscode.Range(0, 0, 0, 0)
    return [
      new vscode.CodeLens(first, {
        title: `$(play) ${vscode.l10n.t('Run')}`,
        tooltip: vscode.l10n.t('Run this hook with an event of your choice'),
        command: COMMANDS.runHook,
        arguments: [document.uri]
      }),
      new vscode.CodeLens(first, {
        title: `$(debug-alt) ${vscode.l10n.t('Debug')}`,
        tooltip: vscode.l10n.t('Stop at the breakpoints of this hook'),
        command: COMMANDS.debugHook,
        arguments: [document.uri]
      })
    ]
  }

  dispose(): void {}
}
