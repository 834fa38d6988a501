import { randomBytes } from 'node:crypto'
import type * as vscode from 'vscode'
import type { Lab } from './lab.ts'
import { panelHtml } from './panel-html.ts'

/** Lets a webview be the simulator's page: scripts, from our folder alone. */
export function webviewOptions({ vscode, context }: Lab): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview')] }
}

/** The simulator's page for a webview; `addresses` are those whose origins may be framed. */
export function pageIn({ vscode, context }: Lab, webview: vscode.Webview, title: string, addresses: readonly string[] = []): string {
  const file = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview', name)).toString()
  return panelHtml({
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
    script: file('panel.js'),
    style: file('panel.css'),
    frames: [...new Set(addresses.map(address => new URL(address).origin))],
    title,
    language: vscode.env.language
  })
}
