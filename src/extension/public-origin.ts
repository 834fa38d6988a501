import type * as vscode from 'vscode'

/**
 * Origin under which the window reaches a local server; over a remote connection the editor forwards its port.
 *
 * An editor in a browser may forward by path (`/proxy/40000/`). Pages with addresses from the root cannot live below a path, so then the server's
 * own address is used: right wherever the browser runs on the same machine.
 */
export async function publicOrigin(api: Pick<typeof vscode, 'env' | 'Uri'>, localOrigin: string): Promise<string> {
  const { origin, pathname } = new URL((await api.env.asExternalUri(api.Uri.parse(localOrigin))).toString(true))
  return pathname === '/' ? origin : localOrigin
}
