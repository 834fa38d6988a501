import type * as vscode from 'vscode'
import type { Place } from '../trace/entry.ts'
import type { VSCode } from './feature.ts'

/** A place's line and column count from 1, an editor's from 0. */
export function positionOf(vscode: VSCode, place: Place): vscode.Position {
  return new vscode.Position(Math.max(0, (place.line ?? 1) - 1), Math.max(0, (place.column ?? 1) - 1))
}

/** Shows a place in an editor, not on top of the simulator when that is an editor tab. */
export async function showPlace(vscode: VSCode, place: Place): Promise<void> {
  const at = positionOf(vscode, place)
  const { activeTabGroup } = vscode.window.tabGroups
  const onWebview = activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview
  const other = vscode.window.visibleTextEditors.find(editor => editor.viewColumn !== activeTabGroup.viewColumn)?.viewColumn
  await vscode.window.showTextDocument(vscode.Uri.file(place.file), {
    selection: new vscode.Range(at, at),
    viewColumn: onWebview ? (other ?? vscode.ViewColumn.Beside) : vscode.ViewColumn.Active
  })
}

/** Whether two file paths are the same file, as far as their text says: drive letters may differ in case. */
export function samePath(a: string, b: string): boolean {
  return normalise(a) === normalise(b)
}

/** Whether a path, with forward slashes, is a folder's or lies below it. */
export function isInside(path: string, folder: string): boolean {
  const [inner, outer] = [normalise(path), normalise(folder)]
  return inner === outer || inner.startsWith(outer.endsWith('/') ? outer : `${outer}/`)
}

function normalise(path: string): string {
  return path.replaceAll('\\', '/').replace(/^\/?([A-Za-z]):/, (_, drive: string) => `${drive.toLowerCase()}:`)
}
