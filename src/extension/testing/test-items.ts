import type * as vscode from 'vscode'
import type { FoundFile, Range } from '../../protocol/scenario.ts'
import type { VSCode } from '../feature.ts'
import type { ScenarioKey } from './last-results.ts'

/** The scenarios of the window as items of the Test view: files, in them scenarios, in those with cases one for each. */
export class TestItems {
  readonly #vscode: VSCode
  readonly #controller: vscode.TestController
  readonly #found = new Map<string, FoundFile>()
  /** Attached to items, not stored in them; an item without is no scenario of ours. */
  readonly #keys = new WeakMap<vscode.TestItem, ScenarioKey>()
  readonly #items = new Map<string, vscode.TestItem>()

  constructor(vscode: VSCode, controller: vscode.TestController) {
    this.#vscode = vscode
    this.#controller = controller
  }

  get found(): readonly FoundFile[] {
    return [...this.#found.values()]
  }

  /** Shows what is in a file now. Items whose id stays keep their results. */
  show(found: FoundFile): void {
    if (found.scenarios.length === 0 && found.problems.length === 0) {
      this.remove(found.file)
      return
    }
    this.#found.set(found.file, found)
    const uri = this.#vscode.Uri.file(found.file)
    const file = this.#item(this.#controller.items, uri.toString(), nameOf(uri), uri)
    file.description = this.#vscode.workspace.asRelativePath(uri).slice(0, -nameOf(uri).length).replace(/\/$/, '')
    const [problem] = found.problems
    file.error = problem && this.#vscode.l10n.t('Line {0}: {1}', problem.range.line, problem.message)
    for (const key of this.#items.keys()) if (key.startsWith(`${found.file}\n`)) this.#items.delete(key)
    const top: vscode.TestItem[] = []
    for (const scenario of found.scenarios) {
      const { id, name, tags, range, group, skip } = scenario
      const siblings = group ? this.#group(file, top, group, range, uri) : file.children
      const item = this.#item(siblings, id, name, uri)
      item.range = this.#range(range)
      item.tags = tags.map(tag => new this.#vscode.TestTag(tag))
      item.description = skip === undefined ? undefined : this.#vscode.l10n.t('skipped: {0}', skip)
      item.sortText = String(found.scenarios.indexOf(scenario)).padStart(5, '0')
      if (!group) top.push(item)
      this.#keys.set(item, { file: found.file, id })
      this.#items.set(`${found.file}\n${id}`, item)
    }
    file.children.replace(top)
  }

  remove(file: string): void {
    this.#found.delete(file)
    this.#controller.items.delete(this.#vscode.Uri.file(file).toString())
    for (const key of this.#items.keys()) if (key.startsWith(`${file}\n`)) this.#items.delete(key)
  }

  item({ file, id }: ScenarioKey): vscode.TestItem | undefined {
    return this.#items.get(`${file}\n${id}`)
  }

  /** The scenarios below items (all, when none is named), each once. */
  scenarios(include: readonly vscode.TestItem[] | undefined, exclude: readonly vscode.TestItem[] = []): ScenarioKey[] {
    const keys = new Map<vscode.TestItem, ScenarioKey>()
    const visit = (item: vscode.TestItem) => {
      if (exclude.includes(item)) return
      const key = this.#keys.get(item)
      if (key) keys.set(item, key)
      for (const [, child] of item.children) visit(child)
    }
    if (include) include.forEach(visit)
    else this.#controller.items.forEach(visit)
    return [...keys.values()]
  }

  #group(file: vscode.TestItem, top: vscode.TestItem[], group: { id: string; name: string }, range: Range, uri: vscode.Uri) {
    const id = `cases of ${group.id}`
    let item = top.find(one => one.id === id)
    if (!item) {
      item = this.#item(file.children, id, group.name, uri)
      item.range = this.#range(range)
      item.sortText = String(top.length).padStart(5, '0')
      item.children.replace([])
      top.push(item)
    }
    return item.children
  }

  /** The item of an id, made where there is none: one that stays keeps its result. */
  #item(siblings: vscode.TestItemCollection, id: string, label: string, uri: vscode.Uri): vscode.TestItem {
    let item = siblings.get(id)
    if (!item) {
      item = this.#controller.createTestItem(id, label, uri)
      siblings.add(item)
    }
    item.label = label
    return item
  }

  #range({ line, column, endLine = line, endColumn = column }: Range): vscode.Range {
    return new this.#vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1)
  }
}

function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
