import type * as vscode from 'vscode'
import { WELL_KNOWN_FLAGS } from '../../botpress/flags.ts'
import { Disposables, type Feature } from '../feature.ts'
import type { Lab } from '../lab.ts'
import { isInside } from '../places.ts'
import type { Part } from './outline.ts'
import type { SchemaWords } from './schema.ts'
import type { KnownNames, Suggestion } from './suggestions.ts'

const YAML: vscode.DocumentFilter[] = [{ scheme: 'file', pattern: '**/*.scenario.{yaml,yml}' }]
/** It does the same from the schema that we contribute to it. */
const YAML_EXTENSION = 'redhat.vscode-yaml'

/** Completion, hovers and symbols in scenario files, by the same schema that checks them. */
export class ScenarioEditing implements Feature {
  readonly #lab: Lab
  readonly #mine = new Disposables()
  #words: Promise<SchemaWords> | undefined

  constructor(lab: Lab) {
    this.#lab = lab
  }

  start(): void {
    const { languages, extensions } = this.#lab.vscode
    this.#mine.add(languages.registerDocumentSymbolProvider(YAML, { provideDocumentSymbols: document => this.#symbols(document) }))
    if (extensions.getExtension(YAML_EXTENSION)) return
    this.#mine.add(
      languages.registerCompletionItemProvider(
        YAML,
        { provideCompletionItems: (document, position) => this.#complete(document, position) },
        ':',
        ' ',
        '-',
        '[',
        '{'
      )
    )
    this.#mine.add(languages.registerHoverProvider(YAML, { provideHover: (document, position) => this.#hover(document, position) }))
  }

  async #complete(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> {
    const { suggestionsAt } = await import('./suggestions.ts')
    const words = await this.#schema()
    const found = suggestionsAt(document.getText(), document.offsetAt(position), words, await this.#names(document))
    return found.map((suggestion, index) => this.#item(suggestion, position, index))
  }

  #item({ label, kind, about, insert, word }: Suggestion, position: vscode.Position, index: number): vscode.CompletionItem {
    const { vscode } = this.#lab
    const { Property, EnumMember, Reference } = vscode.CompletionItemKind
    const item = new vscode.CompletionItem(label, { key: Property, value: EnumMember, name: Reference }[kind])
    item.range = new vscode.Range(position.translate(0, -word.length), position)
    item.insertText = new vscode.SnippetString(kind === 'key' || insert !== label ? insert : insert.replace(/[$}\\]/g, '\\$&'))
    item.sortText = String(index).padStart(4, '0')
    if (about) item.documentation = new vscode.MarkdownString(about)
    // The next list comes by itself where the value has one.
    if (insert.endsWith(': $0')) item.command = { command: 'editor.action.triggerSuggest', title: '' }
    return item
  }

  async #hover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const { vscode } = this.#lab
    const { wordAt } = await import('./place.ts')
    const found = wordAt(document.getText(), document.offsetAt(position))
    if (!found) return undefined
    const words = await this.#schema()
    const text = document.getText().slice(found.start, found.end)
    // A word that stands alone in a list is what the key of this name is.
    const about = typeof found.path.at(-1) === 'number' ? words.about([...found.path, text]) : words.about(found.path)
    if (!about) return undefined
    return new vscode.Hover(
      new vscode.MarkdownString(about),
      new vscode.Range(document.positionAt(found.start), document.positionAt(found.end))
    )
  }

  /** Scenarios of the file, as they were found last, with their steps as they stand. */
  async #symbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    const { vscode, tests } = this.#lab
    const { outlineOf } = await import('./outline.ts')
    await tests.found()
    const text = document.getText()
    const found = tests.items.found.find(({ file }) => file === document.uri.fsPath)
    return (found?.scenarios ?? []).map(({ name, tags, range: { line, column, endLine = line, endColumn = column } }) => {
      const whole = document.validateRange(new vscode.Range(line - 1, column - 1, endLine - 1, endColumn - 1))
      const symbol = this.#symbol(document, name || '–', tags.join(', '), vscode.SymbolKind.Event, whole)
      const add = (parent: vscode.DocumentSymbol, parts: readonly Part[]) => {
        for (const { name, detail, kind, start, end, parts: inner } of parts) {
          const range = new vscode.Range(document.positionAt(start), document.positionAt(end))
          const kinds = { step: vscode.SymbolKind.Function, expectation: vscode.SymbolKind.Boolean }
          const child = this.#symbol(document, name, detail, kinds[kind], range)
          add(child, inner)
          parent.children.push(child)
        }
      }
      add(symbol, outlineOf(text, document.offsetAt(whole.start)))
      return symbol
    })
  }

  #symbol(document: vscode.TextDocument, name: string, detail: string, kind: vscode.SymbolKind, range: vscode.Range) {
    const first = document.lineAt(range.start.line).range
    return new this.#lab.vscode.DocumentSymbol(name, detail, kind, range, range.intersection(first) ?? range)
  }

  #schema(): Promise<SchemaWords> {
    const { vscode, context } = this.#lab
    this.#words ??= (async () => {
      const { SchemaWords } = await import('./schema.ts')
      const file = vscode.Uri.joinPath(context.extensionUri, 'schemas', 'scenario.schema.json')
      return new SchemaWords(JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))))
    })()
    return this.#words
  }

  async #names(document: vscode.TextDocument): Promise<KnownNames> {
    const { vscode, roots, language } = this.#lab
    const root = await roots.of(document.uri)
    const below = (uri: vscode.Uri) => (root ? uri.path.slice(root.uri.path.length + 1) : vscode.workspace.asRelativePath(uri, false))
    const pages = root
      ? await vscode.workspace.findFiles(new vscode.RelativePattern(root.uri, '**/*.html'), '**/{node_modules,data}/**', 200)
      : []
    const events = (await language.ask('proactiveHooks/pageEvents', {})) ?? []
    const hooks = roots.hooks.filter(({ path }) => !root || isInside(path, root.uri.path))
    return {
      bots: root?.bots ?? [],
      pages: pages.map(below).sort(),
      hooks: [...new Set(hooks.map(({ location }) => location.relativePath))],
      events: [...new Set(events.flatMap(({ type }) => (type === undefined ? [] : [type])))],
      flags: Object.keys(WELL_KNOWN_FLAGS)
    }
  }

  dispose(): void {
    this.#mine.dispose()
  }
}
