import type * as vscode from 'vscode'
import { Disposables, type VSCode } from './feature.ts'
import { isIgnored } from './file-changes.ts'

export interface FolderEvents {
  /** A folder is there that was not, with whatever is in it. */
  came(folder: vscode.Uri): void
  /** Something is gone: a file, or a folder with all that was in it. */
  went(uri: vscode.Uri): void
}

/** Follows folders: of files that come or go along with a folder, watchers that look for files by their names often hear nothing. */
export function followFolders(vscode: VSCode, { came, went }: FolderEvents): vscode.Disposable {
  const mine = new Disposables()
  const watcher = mine.add(vscode.workspace.createFileSystemWatcher('**/*', false, true, false))
  const isOurs = ({ path, scheme }: vscode.Uri) => scheme === 'file' && !isIgnored(path)
  mine.add(
    watcher.onDidCreate(async uri => {
      if (!isOurs(uri)) return
      const found = await vscode.workspace.fs.stat(uri).then(undefined, () => undefined)
      if (found && found.type & vscode.FileType.Directory && !mine.disposed) came(uri)
    })
  )
  mine.add(watcher.onDidDelete(uri => isOurs(uri) && went(uri)))
  return mine
}
