import type * as vscode from 'vscode'
import { NewBehaviour } from './behaviours/new-behaviour.ts'
import { CodeLenses } from './code-lenses.ts'
import type { CommandName } from './contributions.ts'
import { DebugHook } from './debug-hook.ts'
import { DebugType } from './debugging/debug-type.ts'
import type { CommandTable, Feature, VSCode } from './feature.ts'
import { HookTree } from './hook-tree.ts'
import { InlineResults } from './inline-results.ts'
import { Language } from './language.ts'
import { Network } from './network.ts'
import { NewHook } from './new-hook.ts'
import { Observations } from './observations.ts'
import { OpenSample } from './open-sample.ts'
import { Panels } from './panels.ts'
import { Problems } from './problems.ts'
import { Roots } from './roots.ts'
import { RunHook } from './run-hook.ts'
import { ScenarioEditing } from './scenario-editing/scenario-editing.ts'
import { sentenceOf } from './sentence.ts'
import { changes } from './settings.ts'
import { Simulators } from './simulators.ts'
import { StatusItem } from './status-item.ts'
import { CoveredBy } from './testing/covered-by.ts'
import { PlayedView } from './testing/played-view.ts'
import { RecordScenario } from './testing/record-scenario.ts'
import { ScenarioTool } from './testing/scenario-tool.ts'
import { Tests } from './testing/tests.ts'

/** The extension once something of it is wanted: its features, and what they share. */
export class Lab {
  readonly vscode: VSCode
  readonly context: vscode.ExtensionContext
  readonly log: vscode.LogOutputChannel
  readonly roots: Roots
  readonly simulators: Simulators
  readonly panels: Panels
  readonly language: Language
  readonly problems: Problems
  readonly inlineResults: InlineResults
  readonly runner: RunHook
  readonly debugger: DebugHook
  readonly tests: Tests
  readonly #lenses: CodeLenses
  readonly #coveredBy: CoveredBy
  readonly #features: Feature[]
  readonly #commands: CommandTable = {}
  #disposing: Promise<void> | undefined

  constructor(vscode: VSCode, context: vscode.ExtensionContext) {
    this.vscode = vscode
    this.context = context
    this.log = vscode.window.createOutputChannel('Proactive Hooks', { log: true })
    this.roots = new Roots(this)
    this.simulators = new Simulators(this)
    this.panels = new Panels(this)
    this.language = new Language(this)
    this.problems = new Problems(this)
    this.inlineResults = new InlineResults(this)
    this.runner = new RunHook(this)
    this.debugger = new DebugHook(this)
    this.tests = new Tests(this)
    this.#lenses = new CodeLenses(this)
    this.#coveredBy = new CoveredBy(this)
    this.#features = [
      // First, and so ended last: the others may have something to say when they end.
      { commands: { showLog: () => this.log.show() }, dispose: () => this.log.dispose() },
      this.roots,
      this.simulators,
      this.panels,
      this.language,
      this.problems,
      this.inlineResults,
      this.runner,
      this.debugger,
      new DebugType(this),
      this.#lenses,
      this.tests,
      this.#coveredBy,
      new PlayedView(this),
      new ScenarioEditing(this),
      new RecordScenario(this),
      new ScenarioTool(this),
      new Network(this),
      new NewHook(this),
      new NewBehaviour(this),
      new OpenSample(this),
      new Observations(this),
      new HookTree(this),
      new StatusItem(this)
    ]
    for (const feature of this.#features) {
      for (const name of Object.keys(feature.commands ?? {}) as CommandName[]) {
        if (this.#commands[name]) throw new Error(`Two features answer the command ${name}.`)
        this.#commands[name] = feature.commands![name]!
      }
    }
    const { version } = context.extension.packageJSON as { version: string }
    const mode = vscode.workspace.isTrusted ? 'trusted' : 'restricted'
    this.log.info(`Proactive Hooks ${version}, VS Code ${vscode.version}, ${mode} workspace`)
    for (const feature of this.#features) feature.start?.()
  }

  /** Runs a command of the manifest. A failure is told in a sentence and kept in the log; it does not reject. */
  async run(name: CommandName, args: unknown[]): Promise<unknown> {
    const command = this.#commands[name] as ((...args: unknown[]) => unknown) | undefined
    try {
      if (!command) throw new Error(`No feature answers the command ${name}.`)
      return await command(...args)
    } catch (error) {
      this.report(error)
      return undefined
    }
  }

  /** Tells the user what failed, with the log a click away. */
  report(error: unknown): void {
    const { vscode } = this
    this.log.error(error instanceof Error ? error : String(error))
    const showLog = vscode.l10n.t('Show Log')
    void vscode.window.showErrorMessage(sentenceOf(error), showLog).then(choice => choice === showLog && this.log.show())
  }

  lenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return [...this.#lenses.of(document), ...this.#coveredBy.of(document)]
  }

  /** Other lenses may be wanted than before. */
  onDidChangeLenses(listener: () => void): vscode.Disposable {
    const { Disposable, workspace } = this.vscode
    const switched = workspace.onDidChangeConfiguration(event => changes(event, 'codeLens.enabled') && listener())
    return Disposable.from(switched, this.tests.onDidChange(listener))
  }

  /** Ends everything, in the reverse order; one that fails does not keep the others. */
  dispose(): Promise<void> {
    this.#disposing ??= (async () => {
      for (const feature of this.#features.toReversed()) {
        try {
          await feature.dispose()
        } catch (error) {
          console.error(error)
        }
      }
    })()
    return this.#disposing
  }
}
