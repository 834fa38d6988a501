import type * as vscode from 'vscode'
import type { FileText, Play, PlayEvents, ScenarioProcess } from '../../host/scenario-process.ts'
import type { ScenarioResult } from '../../protocol/scenario.ts'
import { attachDebugger } from '../attach-debugger.ts'
import type { Lab } from '../lab.ts'
import { sentenceOf } from '../sentence.ts'
import type { LastResults, ScenarioKey } from './last-results.ts'
import type { PlayedTraces } from './played-traces.ts'
import { RunCoverage } from './test-coverage.ts'
import type { TestItems } from './test-items.ts'
import { messageOf } from './test-messages.ts'

export interface TestRunOptions {
  readonly run: vscode.TestRun
  readonly keys: readonly ScenarioKey[]
  readonly process: ScenarioProcess
  /** A file as the editor has it at this moment: a run plays what its reader sees, saved or not. */
  readonly textOf: (file: string) => FileText
  /** Attach the debugger before the first scenario. */
  readonly debug?: boolean
  readonly coverage?: boolean
  readonly update?: boolean
  /** The debug session that asks for the run. */
  readonly parent?: vscode.DebugSession
  /** Cancels as the Test view's own button does. */
  readonly token?: vscode.CancellationToken
}

/** Who wants to know what came of a scenario. */
export interface Remembered {
  readonly items: TestItems
  readonly results: LastResults
  readonly traces: PlayedTraces
}

/** Plays scenarios and tells the Test view about each. Resolves when the run is over; what could not be played is told there too. */
export class TestRun {
  readonly #lab: Lab
  readonly #known: Remembered
  readonly #options: TestRunOptions
  readonly #open = new Set<vscode.TestItem>()
  readonly coverage: RunCoverage | undefined
  #play: Play | undefined

  constructor(lab: Lab, known: Remembered, options: TestRunOptions) {
    this.#lab = lab
    this.#known = known
    this.#options = options
    if (options.coverage) this.coverage = new RunCoverage(lab.vscode)
  }

  async done(): Promise<void> {
    const { run, keys, process, textOf, debug = false, coverage = false, update = false, token } = this.#options
    const cancelled = [run.token, token].map(one => one?.onCancellationRequested(() => this.#play?.cancel()))
    for (const item of this.#items()) {
      run.enqueued(item)
      this.#open.add(item)
    }
    try {
      if (!this.#isCancelled) {
        this.#play = process.run(filesOf(keys, textOf), { debug, coverage, update, trace: true }, this.#events())
        await this.#play.done
      }
    } catch (error) {
      if (!this.#isCancelled) this.#broken(sentenceOf(error))
    } finally {
      for (const one of cancelled) one?.dispose()
      for (const item of this.#open) run.skipped(item)
      for (const file of this.coverage?.files ?? []) run.addCoverage(file)
      run.end()
    }
  }

  get #isCancelled(): boolean {
    const { run, token } = this.#options
    return run.token.isCancellationRequested || token?.isCancellationRequested === true
  }

  #events(): PlayEvents {
    const { run } = this.#options
    return {
      started: ({ file, scenario }) => {
        const item = this.#known.items.item({ file, id: scenario })
        if (item) run.started(item)
      },
      ended: ({ result, trace, covered }) => {
        if (trace) this.#known.traces.keep(result, trace)
        this.#known.results.add(result)
        const item = this.#known.items.item(result)
        if (covered) this.coverage?.add(covered, item)
        if (item) this.#tell(item, result)
      },
      done: ({ covered }) => covered && this.coverage?.add(covered),
      inspect: ({ url }) => void this.#attach(url)
    }
  }

  async #attach(url: string): Promise<void> {
    const { vscode } = this.#lab
    const { run, parent } = this.#options
    const [first] = this.#items()
    const folder = first?.uri && vscode.workspace.getWorkspaceFolder(first.uri)
    const name = vscode.l10n.t('Scenarios ({0})', new URL(url).port)
    try {
      const session = await attachDebugger(this.#lab, { name, url, folder, testRun: run, ...(parent && { parent }) })
      void session.over.then(() => this.#play?.cancel())
      this.#play?.go()
    } catch (error) {
      this.#broken(sentenceOf(error))
      this.#play?.cancel(0)
    }
  }

  #tell(item: vscode.TestItem, result: ScenarioResult): void {
    const { vscode } = this.#lab
    const { run } = this.#options
    const messages = result.failures.map(failure => messageOf(vscode, failure, result))
    this.#open.delete(item)
    if (result.outcome === 'passed') run.passed(item, result.ms)
    else if (result.outcome === 'failed') run.failed(item, messages, result.ms)
    else if (result.outcome === 'error') run.errored(item, messages, result.ms)
    else run.skipped(item)
    this.#print(linesOf(result), item)
  }

  /** Told of every scenario that is still open: none of them has a result. */
  #broken(sentence: string): void {
    const { run } = this.#options
    for (const item of this.#open) run.errored(item, new this.#lab.vscode.TestMessage(sentence))
    this.#open.clear()
    this.#print([sentence])
    this.#lab.log.error(sentence)
  }

  /** Without a place: the editor would repeat it beside the failure. */
  #print(lines: readonly string[], item?: vscode.TestItem): void {
    this.#options.run.appendOutput(lines.map(line => `${line}\r\n`).join(''), undefined, item)
  }

  #items(): vscode.TestItem[] {
    return this.#options.keys.flatMap(key => this.#known.items.item(key) ?? [])
  }
}

const MARKS: Record<ScenarioResult['outcome'], string> = { passed: '✓', failed: '✗', error: '✗', skipped: '·' }

function linesOf({ outcome, name, ms, failures, reason }: ScenarioResult): string[] {
  const head = `${MARKS[outcome]} ${name} (${Math.round(ms)} ms)${reason === undefined ? '' : `: ${reason}`}`
  return [
    head,
    ...failures
      .flatMap(({ message, because }) => [message, ...(because ? [because] : [])].flatMap(text => text.split('\n')))
      .map(line => `    ${line}`)
  ]
}

/** The scenarios of a file together, files in the order in which they come first. */
function filesOf(keys: readonly ScenarioKey[], textOf: TestRunOptions['textOf']): (FileText & { ids: string[] })[] {
  const files = new Map<string, string[]>()
  for (const { file, id } of keys) files.set(file, [...(files.get(file) ?? []), id])
  return [...files].map(([file, ids]) => ({ ...textOf(file), ids }))
}
