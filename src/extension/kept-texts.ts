import type * as vscode from 'vscode'
import type { VSCode } from './feature.ts'

/** Keeps a text in a file that the user names, below the opened folder unless they go elsewhere, and shows it. */
export async function saveText(vscode: VSCode, folder: string, name: string, text: string): Promise<void> {
  const uri = await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(vscode.Uri.file(folder), name) })
  if (!uri) return
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text))
  await vscode.window.showTextDocument(uri, { preview: false })
}

/** Shows the page that explains a rule, which comes with the extension. */
export async function openRule(vscode: VSCode, extension: vscode.Uri, rule: string): Promise<void> {
  if (!/^[A-Z]{3}\d{3}$/.test(rule)) return
  await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(extension, 'docs', 'rules', `${rule}.md`))
}
