import type * as vscode from 'vscode'

/**
 * Configuration with which js-debug attaches to an engine.
 *
 * @param url the inspector's WebSocket address, `ws://127.0.0.1:<port>/<id>`
 * @param extensionPath our own files below it are stepped over
 */
export function attachConfiguration(name: string, url: string, extensionPath: string): vscode.DebugConfiguration {
  const { hostname, port } = new URL(url)
  return {
    type: 'node',
    request: 'attach',
    name,
    address: hostname,
    port: Number(port),
    websocketAddress: url,
    timeout: 30_000,
    restart: false,
    sourceMaps: false,
    autoAttachChildProcesses: false,
    skipFiles: ['<node_internals>/**', `${extensionPath.replaceAll('\\', '/')}/dist/**`]
  }
}
