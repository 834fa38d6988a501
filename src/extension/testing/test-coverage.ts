import type * as vscode from 'vscode'
import { CoverageCollection, type CoveredFile, type Share, sharesOf } from '../../coverage/collection.ts'
import { ownLines } from '../../coverage/shown.ts'
import type { CoveredScript, Span } from '../../protocol/coverage.ts'
import type { VSCode } from '../feature.ts'

/** What the scenarios of one run executed, all together and each by itself. */
export class RunCoverage {
  readonly #vscode: VSCode
  readonly #all = new CoverageCollection()
  readonly #by = new Map<vscode.TestItem, CoverageCollection>()

  constructor(vscode: VSCode) {
    this.#vscode = vscode
  }

  add(scripts: readonly CoveredScript[], item?: vscode.TestItem): void {
    this.#all.add(scripts)
    if (!item) return
    const own = this.#by.get(item) ?? new CoverageCollection()
    this.#by.set(item, own)
    own.add(scripts)
  }

  /** Counts for the list of files; details are asked for when a file is shown. */
  get files(): vscode.FileCoverage[] {
    const vscode = this.#vscode
    return this.#all.files.map(file => {
      const { statements, branches, functions } = sharesOf(file)
      const count = ({ covered, total }: Share) => new vscode.TestCoverageCount(covered, total)
      const items = [...this.#by].filter(([, own]) => fileOf(own, file.file)?.statements.some(one => one.count > 0)).map(([item]) => item)
      return new vscode.FileCoverage(vscode.Uri.file(file.file), count(statements), count(branches), count(functions), items)
    })
  }

  details({ uri }: vscode.FileCoverage, item?: vscode.TestItem): vscode.FileCoverageDetail[] {
    const collection = item ? this.#by.get(item) : this.#all
    const file = collection && fileOf(collection, uri.fsPath)
    return file ? detailsOf(this.#vscode, file) : []
  }
}

function fileOf(collection: CoverageCollection, path: string): CoveredFile | undefined {
  return collection.files.find(({ file }) => file === path)
}

function detailsOf(vscode: VSCode, { statements, branches, functions }: CoveredFile): vscode.FileCoverageDetail[] {
  const range = (span: Span) => {
    const { line, column, endLine, endColumn } = ownLines(span, statements)
    return new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1)
  }
  // A branch is shown with the statement in which its decision is made: the last one that begins before it.
  const ways = new Map<(typeof statements)[number], vscode.BranchCoverage[]>()
  for (const { span, ways: own } of branches) {
    const statement = statements.findLast(one => !isAfter(one.span, span)) ?? statements[0]
    if (!statement) continue
    const made = own.map(way => new vscode.BranchCoverage(way.count, way.span && range(way.span), way.name))
    ways.set(statement, [...(ways.get(statement) ?? []), ...made])
  }
  return [
    // A place, not a range: the body has colours of its own.
    ...functions.map(({ name, span, count }) => new vscode.DeclarationCoverage(name, count, range(span).start)),
    ...statements.map(one => new vscode.StatementCoverage(one.count, range(one.span), ways.get(one)))
  ]
}

function isAfter(a: Span, b: Span): boolean {
  return a.line > b.line || (a.line === b.line && a.column > b.column)
}
