import { join } from 'node:path'
import type * as vscode from 'vscode'
import type { FileText, ScenarioProcess } from '../../host/scenario-process.ts'
import { CONTROLLER } from '../contributions.ts'
import { Disposables, type Feature } from '../feature.ts'
import { FileChanges } from '../file-changes.ts'
import { followFolders } from '../folder-changes.ts'
import type { Lab } from '../lab.ts'
import { isInside } from '../places.ts'
import { type LastResult, LastResults, type ScenarioKey } from './last-results.ts'
import { PlayedTraces } from './played-traces.ts'
import { ScenarioProblems } from './scenario-problems.ts'
import type { RunCoverage } from './test-coverage.ts'
import { TestItems } from './test-items.ts'
import { TestRun, type TestRunOptions } from './test-run.ts'
import { Watching } from './watching.ts'

const SCENARIO_FILES = '**/*.scenario.{yaml,yml,json}'
const EXCLUDED = '**/node_modules/**'
/** After the last key so many ms pass before what was typed is read. */
const TYPING_MS = 150
/** Where results are kept between windows. */
const MEMORY = 'scenarioResults'

/** Scenario files in the editor's Test view: found while they are typed, run, debugged, watched, covered. */
export class Tests implements Feature {
  readonly results: LastResults
  readonly traces = new PlayedTraces()
  readonly items: TestItems
  readonly controller: vscode.TestController
  /** Results came, or scenarios came and went. */
  readonly onDidChange: vscode.Event<void>
  readonly #changed: vscode.EventEmitter<void>
  readonly #lab: Lab
  readonly #mine = new Disposables()
  readonly #problems: ScenarioProblems
  readonly #processes = new Disposables()
  #finder: Promise<ScenarioProcess> | undefined
  /** Of all runs but those that are debugged, which get one of their own. */
  #player: Promise<ScenarioProcess> | undefined
  readonly #watching = new Watching()
  readonly #folders: FileChanges[] = []
  readonly #typed = new Map<string, NodeJS.Timeout>()
  readonly #runs = new WeakMap<vscode.TestRun, TestRun>()
  /** Runs follow one another: one at a time in a process. */
  #queue: Promise<void> = Promise.resolve()
  #scan: Promise<void> | undefined

  constructor(lab: Lab) {
    this.#lab = lab
    const { vscode, context } = lab
    this.results = new LastResults(context.workspaceState.get<LastResult[]>(MEMORY))
    this.controller = this.#mine.add(vscode.tests.createTestController(CONTROLLER, vscode.l10n.t('Scenarios')))
    this.items = new TestItems(vscode, this.controller)
    this.#problems = this.#mine.add(new ScenarioProblems(vscode))
    this.#changed = this.#mine.add(new vscode.EventEmitter<void>())
    this.onDidChange = this.#changed.event
  }

  start(): void {
    const { vscode } = this.#lab
    this.controller.resolveHandler = item => (item ? Promise.resolve() : this.found())
    this.controller.refreshHandler = () => this.refresh()
    this.#profiles()
    const watcher = this.#mine.add(vscode.workspace.createFileSystemWatcher(SCENARIO_FILES))
    const read = (uri: vscode.Uri) => void this.#read([uri])
    this.#mine.add(watcher.onDidCreate(read))
    this.#mine.add(watcher.onDidChange(read))
    this.#mine.add(watcher.onDidDelete(uri => this.#gone(uri)))
    this.#mine.add(
      followFolders(vscode, {
        came: async folder => this.#read(await vscode.workspace.findFiles(new vscode.RelativePattern(folder, SCENARIO_FILES), EXCLUDED)),
        went: ({ path }) => {
          for (const { file } of this.items.found) if (isInside(file, path)) this.#gone(vscode.Uri.file(file))
        }
      })
    )
    this.#mine.add(vscode.workspace.onDidChangeTextDocument(({ document }) => isScenario(document.uri) && this.#typing(document.uri)))
    this.#mine.add(vscode.workspace.onDidOpenTextDocument(({ uri }) => isScenario(uri) && read(uri)))
    this.#mine.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => isScenario(uri) && read(uri)))
    this.#watchFolders()
    this.#mine.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this.#foldersChanged()))
    this.#mine.onDispose(() => {
      for (const timer of this.#typed.values()) clearTimeout(timer)
    })
    void this.found()
  }

  /** Resolves when the scenario files of the window were looked for. */
  found(): Promise<void> {
    this.#scan ??= this.#look()
    return this.#scan
  }

  /** Looks for the scenario files of the window again. */
  refresh(): Promise<void> {
    this.#scan = this.#look()
    return this.#scan
  }

  /** Runs all scenarios of a file, which may have come this moment. */
  async runFile(uri: vscode.Uri): Promise<void> {
    await this.#read([uri])
    await this.run(this.items.scenarios(undefined).filter(({ file }) => file === uri.fsPath))
  }

  /** Runs scenarios as the Test view does. @returns what they executed, when that was asked for */
  async run(keys: readonly ScenarioKey[], options: Partial<TestRunOptions> = {}): Promise<RunCoverage | undefined> {
    const items = keys.flatMap(key => this.items.item(key) ?? [])
    return this.#run(new this.#lab.vscode.TestRunRequest(items), options)
  }

  /** Started when it is first asked something. */
  async #process(): Promise<ScenarioProcess> {
    const { ScenarioProcess } = await import('../../host/scenario-process.ts')
    return this.#processes.add(new ScenarioProcess(join(this.#lab.context.extensionPath, 'dist', 'scenario.js')))
  }

  #profiles(): void {
    const { vscode } = this.#lab
    const { Run, Debug, Coverage } = vscode.TestRunProfileKind
    const make = (
      label: string,
      kind: vscode.TestRunProfileKind,
      options: Partial<TestRunOptions>,
      continuous: boolean,
      isDefault = true
    ) =>
      this.#mine.add(
        this.controller.createRunProfile(
          label,
          kind,
          async (request, token) => {
            if (request.continuous) this.#watch(request, token, options)
            else await this.#run(request, options)
          },
          isDefault,
          undefined,
          continuous
        )
      )
    make(vscode.l10n.t('Run'), Run, {}, true)
    make(vscode.l10n.t('Run and Update Golden Traces'), Run, { update: true }, false, false)
    make(vscode.l10n.t('Debug'), Debug, { debug: true }, false)
    const covering = make(vscode.l10n.t('Run with Coverage'), Coverage, { coverage: true }, false)
    covering.loadDetailedCoverage = async (run, file) => this.#runs.get(run)?.coverage?.details(file) ?? []
    covering.loadDetailedCoverageForTest = async (run, file, item) => this.#runs.get(run)?.coverage?.details(file, item) ?? []
  }

  async #run(request: vscode.TestRunRequest, options: Partial<TestRunOptions>): Promise<RunCoverage | undefined> {
    const { vscode, simulators } = this.#lab
    if (!simulators.isTrusted()) return undefined
    await this.found()
    await this.#readTyped()
    const keys = this.items.scenarios(request.include, request.exclude)
    const run = this.controller.createTestRun(request)
    if (!options.debug) this.#player ??= this.#process()
    const process = await (options.debug ? this.#process() : this.#player!)
    const one = new TestRun(this.#lab, this, { ...options, run, keys, process, textOf: file => this.#textOf(vscode.Uri.file(file)) })
    this.#runs.set(run, one)
    if (options.debug) await one.done().finally(() => process.dispose())
    else await this.#inTurn(() => one.done())
    this.#remember()
    return one.coverage
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(work)
    this.#queue = turn.catch(() => {})
    return turn
  }

  #watch(request: vscode.TestRunRequest, token: vscode.CancellationToken, options: Partial<TestRunOptions>): void {
    const leave = this.#watching.add({
      wanted: () => this.items.scenarios(request.include, request.exclude),
      play: keys => {
        const items = keys.flatMap(key => this.items.item(key) ?? [])
        return this.#run(new this.#lab.vscode.TestRunRequest(items, undefined, request.profile, true), options)
      }
    })
    token.onCancellationRequested(leave)
  }

  #remember(): void {
    this.results.keep(this.items.found)
    void this.#lab.context.workspaceState.update(MEMORY, this.results.all)
    this.#changed.fire()
  }

  async #look(): Promise<void> {
    const { workspace } = this.#lab.vscode
    const files = await workspace.findFiles(SCENARIO_FILES, EXCLUDED)
    const there = new Set(files.map(uri => uri.fsPath))
    for (const { file } of this.items.found) {
      if (there.has(file)) continue
      this.items.remove(file)
      this.#problems.forget(file)
    }
    await this.#read(files)
  }

  /** Shows what is in the files now. */
  async #read(uris: readonly vscode.Uri[]): Promise<void> {
    const files = uris.filter(({ scheme }) => scheme === 'file').map(uri => this.#textOf(uri))
    try {
      if (files.length === 0) return
      this.#finder ??= this.#process()
      for (const found of await (await this.#finder).find(files)) {
        this.items.show(found)
        this.#problems.show(found)
      }
      this.#changed.fire()
    } catch (error) {
      this.#lab.report(error)
    }
  }

  /** An open document counts as it stands in the editor, from the first key until it is written; then the disk has it, or something newer. */
  #textOf(uri: vscode.Uri): FileText {
    const document = this.#lab.vscode.workspace.textDocuments.find(
      open => open.isDirty && open.uri.fsPath === uri.fsPath && open.uri.scheme === 'file'
    )
    return { file: uri.fsPath, ...(document && { text: document.getText() }) }
  }

  #typing(uri: vscode.Uri): void {
    clearTimeout(this.#typed.get(uri.fsPath))
    const timer = setTimeout(() => {
      this.#typed.delete(uri.fsPath)
      void this.#read([uri])
    }, TYPING_MS)
    this.#typed.set(uri.fsPath, timer)
  }

  /** What was typed is read now, not when the fingers rest. */
  async #readTyped(): Promise<void> {
    const files = [...this.#typed.keys()]
    for (const file of files) clearTimeout(this.#typed.get(file))
    this.#typed.clear()
    await this.#read(files.map(file => this.#lab.vscode.Uri.file(file)))
  }

  #gone({ fsPath }: vscode.Uri): void {
    this.items.remove(fsPath)
    this.#problems.forget(fsPath)
    this.#changed.fire()
  }

  #foldersChanged(): void {
    this.#watchFolders()
    void this.refresh()
  }

  #watchFolders(): void {
    const { vscode } = this.#lab
    for (const one of this.#folders.splice(0)) one.dispose()
    for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
      if (uri.scheme === 'file') this.#folders.push(new FileChanges(vscode, uri.fsPath, files => void this.#saved(files)))
    }
  }

  /** Results that a saved file concerns are out of date; those that are watched are played again. */
  async #saved(files: string[]): Promise<void> {
    for (const process of [this.#finder, this.#player]) void process?.then(one => one.changed(files))
    const { affectedScenarios } = await import('../../host/affected-scenarios.ts')
    const affected = affectedScenarios(files, this.items.found, this.results.all)
    const items = affected.flatMap(key => (this.results.get(key) ? (this.items.item(key) ?? []) : []))
    if (items.length > 0) this.controller.invalidateTestResults(items)
    this.#watching.changed(affected)
  }

  dispose(): void {
    for (const one of this.#folders) one.dispose()
    this.#processes.dispose()
    this.#mine.dispose()
  }
}

function isScenario({ scheme, path }: vscode.Uri): boolean {
  return scheme === 'file' && /\.scenario\.(ya?ml|json)$/.test(path)
}
