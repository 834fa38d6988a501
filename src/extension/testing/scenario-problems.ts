import type * as vscode from 'vscode'
import type { FoundFile } from '../../protocol/scenario.ts'
import type { VSCode } from '../feature.ts'
import { locationOf } from './test-messages.ts'

/** Mistakes in scenario files, at their lines, as they are typed. */
export class ScenarioProblems implements vscode.Disposable {
  readonly #vscode: VSCode
  readonly #collection: vscode.DiagnosticCollection

  constructor(vscode: VSCode) {
    this.#vscode = vscode
    this.#collection = vscode.languages.createDiagnosticCollection('proactive-hooks-scenarios')
  }

  show({ file, problems }: FoundFile): void {
    const vscode = this.#vscode
    const diagnostics = problems
      .filter(({ range }) => range.file === file)
      .map(({ code, message, range }) => {
        const diagnostic = new vscode.Diagnostic(locationOf(vscode, range).range, message, vscode.DiagnosticSeverity.Error)
        diagnostic.source = 'proactive-hooks'
        diagnostic.code = code
        return diagnostic
      })
    this.#collection.set(vscode.Uri.file(file), diagnostics)
  }

  forget(file: string): void {
    this.#collection.delete(this.#vscode.Uri.file(file))
  }

  dispose(): void {
    this.#collection.dispose()
  }
}
