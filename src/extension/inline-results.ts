import type * as vscode from 'vscode'
import { LANGUAGE_ID } from './contributions.ts'
import { Disposables, type Feature } from './feature.ts'
import { wordsOfLines } from './inline-words.ts'
import type { Lab } from './lab.ts'
import { changes, setting } from './settings.ts'

/** Shows at the end of a line what it logged, or threw, in the last run. Gone after an edit. */
export class InlineResults implements Feature {
  readonly #lab: Lab
  readonly #mine = new Disposables()
  readonly #quiet: vscode.TextEditorDecorationType
  readonly #loud: vscode.TextEditorDecorationType

  constructor(lab: Lab) {
    this.#lab = lab
    const { vscode } = lab
    const after = (color: string) =>
      this.#mine.add(
        vscode.window.createTextEditorDecorationType({
          after: { margin: '0 0 0 3ch', color: new vscode.ThemeColor(color), fontStyle: 'italic' },
          rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed
        })
      )
    this.#quiet = after('editorCodeLens.foreground')
    this.#loud = after('editorError.foreground')
  }

  start(): void {
    const { vscode, problems } = this.#lab
    const all = () => {
      for (const editor of vscode.window.visibleTextEditors) this.#show(editor)
    }
    this.#mine.add(problems.onDidChange(all))
    this.#mine.add(vscode.window.onDidChangeVisibleTextEditors(all))
    this.#mine.add(vscode.workspace.onDidChangeConfiguration(event => changes(event, 'inlineLogs.enabled') && all()))
  }

  #show(editor: vscode.TextEditor): void {
    const { vscode, problems } = this.#lab
    const { document } = editor
    if (document.languageId !== LANGUAGE_ID || document.uri.scheme !== 'file') return
    const shown = setting(vscode, 'inlineLogs.enabled', document.uri)
    const lines = shown ? wordsOfLines(problems.results.get(document.uri.fsPath), document.uri.fsPath) : []
    const options = lines
      .filter(({ line }) => line < document.lineCount)
      .map(({ line, text, full, loud }) => {
        const { end } = document.lineAt(line).range
        const hover = new vscode.MarkdownString().appendCodeblock(full, 'text')
        return { loud, option: { range: new vscode.Range(end, end), hoverMessage: hover, renderOptions: { after: { contentText: text } } } }
      })
    editor.setDecorations(
      this.#quiet,
      options.filter(({ loud }) => !loud).map(({ option }) => option)
    )
    editor.setDecorations(
      this.#loud,
      options.filter(({ loud }) => loud).map(({ option }) => option)
    )
  }

  dispose(): void {
    this.#mine.dispose()
  }
}
