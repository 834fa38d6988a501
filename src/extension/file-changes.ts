import type * as vscode from 'vscode'
import { Disposables, type VSCode } from './feature.ts'
import { isInside } from './places.ts'

/** A save is told at once, so that the next event uses it; what other programs change is gathered for so many ms. */
const GATHER_MS = 50
/** The watcher reports a file saved in the editor a second time, within so many ms. */
const ECHO_MS = 2000

const IGNORED = /[\\/](node_modules|\.git|\.proactive-hooks)([\\/]|$)/

/** Whether a path is none of the author's: of packages, of git, or our own. */
export const isIgnored = (path: string): boolean => IGNORED.test(path)

/** Tells which files of a folder were saved, made or removed. */
export class FileChanges implements vscode.Disposable {
  readonly #mine = new Disposables()
  readonly #tell: (files: string[]) => void
  readonly #saved = new Map<string, number>()
  readonly #gathered = new Set<string>()
  #timer: NodeJS.Timeout | undefined

  constructor(vscode: VSCode, folder: string, tell: (files: string[]) => void) {
    this.#tell = tell
    const base = vscode.Uri.file(folder)
    const watcher = this.#mine.add(vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(base, '**/*')))
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete])
      this.#mine.add(event(uri => this.#gather(uri.fsPath)))
    this.#mine.add(
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (uri.scheme !== 'file' || !isInside(uri.path, base.path)) return
        this.#saved.set(uri.fsPath, Date.now())
        tell([uri.fsPath])
      })
    )
    this.#mine.onDispose(() => clearTimeout(this.#timer))
  }

  #gather(file: string): void {
    if (isIgnored(file)) return
    const saved = this.#saved.get(file)
    if (saved !== undefined) {
      this.#saved.delete(file)
      if (Date.now() - saved < ECHO_MS) return
    }
    this.#gathered.add(file)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      const files = [...this.#gathered]
      this.#gathered.clear()
      this.#tell(files)
    }, GATHER_MS)
  }

  dispose(): void {
    this.#mine.dispose()
  }
}
