import type * as vscode from 'vscode'
import { Disposables, type Feature } from './feature.ts'
import type { Lab } from './lab.ts'
import { positionOf } from './places.ts'
import { RunResults } from './run-results.ts'

/** Shows at its line the error that a hook threw in its last run, until the file is edited or a later run completes. */
export class Problems implements Feature {
  readonly results = new RunResults()
  /** Hooks whose result is another now. */
  readonly onDidChange: vscode.Event<ReadonlySet<string>>
  readonly #changed: vscode.EventEmitter<ReadonlySet<string>>
  readonly #lab: Lab
  readonly #mine = new Disposables()
  readonly #collection: vscode.DiagnosticCollection
  /** Files that a hook's problems were put into. */
  readonly #shownIn = new Map<string, Set<string>>()

  constructor(lab: Lab) {
    this.#lab = lab
    this.#collection = this.#mine.add(lab.vscode.languages.createDiagnosticCollection('proactive-hooks-runs'))
    this.#changed = this.#mine.add(new lab.vscode.EventEmitter<ReadonlySet<string>>())
    this.onDidChange = this.#changed.event
  }

  start(): void {
    const { vscode, simulators } = this.#lab
    this.#mine.add(simulators.readTraces(() => entries => this.#show(this.results.read(entries))))
    this.#mine.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.scheme === 'file') this.#show(this.results.forget(document.uri.fsPath))
      })
    )
  }

  #show(hooks: ReadonlySet<string>): void {
    if (hooks.size === 0) return
    const files = new Set<string>()
    for (const hook of hooks) {
      for (const file of this.#shownIn.get(hook) ?? []) files.add(file)
      this.#shownIn.set(hook, new Set(this.results.get(hook).problems.map(problem => problem.place.file)))
      for (const file of this.#shownIn.get(hook)!) files.add(file)
    }
    for (const file of files) this.#showFile(file)
    this.#changed.fire(hooks)
  }

  #showFile(file: string): void {
    const { vscode } = this.#lab
    const problems = this.results.files.flatMap(hook => this.results.get(hook).problems.filter(problem => problem.place.file === file))
    const uri = vscode.Uri.file(file)
    const document = vscode.workspace.textDocuments.find(open => open.uri.toString() === uri.toString())
    this.#collection.set(
      uri,
      problems.map(problem => {
        const at = positionOf(vscode, problem.place)
        // The word at the place where the file is open, else the rest of its line.
        const word = document && at.line < document.lineCount ? document.getWordRangeAtPosition(at) : undefined
        const range = word ?? new vscode.Range(at, at.with(undefined, Number.MAX_SAFE_INTEGER))
        const severity = problem.severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning
        const diagnostic = new vscode.Diagnostic(range, problem.message || problem.code, severity)
        diagnostic.source = vscode.l10n.t('last run')
        diagnostic.code = problem.code
        return diagnostic
      })
    )
  }

  dispose(): void {
    this.#mine.dispose()
  }
}
