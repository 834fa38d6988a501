import type * as vscode from 'vscode'
import { locateHook } from '../../botpress/hook-path.ts'
import { COMMANDS } from '../contributions.ts'
import type { Feature } from '../feature.ts'
import type { Lab } from '../lab.ts'
import { setting } from '../settings.ts'
import type { LastResult } from './last-results.ts'

/** Says over a hook which scenarios run it, and leads to them. */
export class CoveredBy implements Feature {
  readonly commands = { showScenarios: (given?: unknown) => this.#choose(given) }
  readonly #lab: Lab

  constructor(lab: Lab) {
    this.#lab = lab
  }

  of(document: vscode.TextDocument): vscode.CodeLens[] {
    const { vscode, tests } = this.#lab
    const location = locateHook(document.uri.path)
    if (!location || location.ignored || document.uri.scheme !== 'file' || tests.items.found.length === 0) return []
    if (!setting(vscode, 'codeLens.enabled', document.uri)) return []
    const { title, tooltip } = this.#words(tests.results.of(document.uri.fsPath))
    return [
      new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, tooltip, command: COMMANDS.showScenarios, arguments: [document.uri] })
    ]
  }

  #words(results: readonly LastResult[]): { title: string; tooltip: string } {
    const { l10n } = this.#lab.vscode
    if (results.length === 0) {
      return { title: l10n.t('No scenario ran this hook yet'), tooltip: l10n.t('Run the scenarios, or record one in the simulator') }
    }
    const failing = results.filter(isBad).length
    const count = results.length === 1 ? l10n.t('Covered by 1 scenario') : l10n.t('Covered by {0} scenarios', results.length)
    const title = failing === 0 ? `$(pass) ${count}` : `$(error) ${count}, ${l10n.t('{0} failing', failing)}`
    return { title, tooltip: results.map(({ name }) => name).join('\n') }
  }

  async #choose(given: unknown): Promise<void> {
    const { vscode, tests } = this.#lab
    const uri = given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri
    if (!uri) return
    await tests.found()
    const results = tests.results.of(uri.fsPath)
    if (results.length === 0) {
      await vscode.commands.executeCommand('workbench.view.testing.focus')
      return
    }
    const items = [
      { label: `$(run-all) ${vscode.l10n.t('Run these scenarios')}`, description: '', result: undefined },
      ...results.map(result => ({
        label: `$(${isBad(result) ? 'error' : 'pass'}) ${result.name}`,
        description: vscode.workspace.asRelativePath(result.file),
        result
      }))
    ]
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Scenarios that run this hook'),
      matchOnDescription: true
    })
    if (!picked) return
    if (!picked.result) return void (await tests.run(results))
    const range = tests.items.item(picked.result)?.range
    await vscode.window.showTextDocument(
      vscode.Uri.file(picked.result.file),
      range ? { selection: new vscode.Range(range.start, range.start) } : {}
    )
  }

  dispose(): void {}
}

function isBad({ outcome }: LastResult): boolean {
  return outcome === 'failed' || outcome === 'error'
}
