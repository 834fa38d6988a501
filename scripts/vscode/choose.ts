/** Which real VS Code this machine can run. */
import { type Desktop, downloadedDesktop, hasDisplay, installedDesktop } from './desktop.ts'
import { installServerBuild, versionOf } from './server-build.ts'

export interface ServerHost {
  readonly kind: 'server'
  /** Folder of the server build. */
  readonly home: string
  readonly version: string
}

/**
 * A desktop VS Code that is installed, else one that can be downloaded, else the server build. `VSCODE_HOST` (`desktop` or `server`) and `VSCODE_PATH` decide otherwise.
 *
 * @throws when what was asked for cannot be had
 */
export async function chooseVsCode(print: (line: string) => void = console.log): Promise<Desktop | ServerHost> {
  const wanted = process.env.VSCODE_HOST || (process.env.VSCODE_PATH ? 'desktop' : '')
  if (!['', 'desktop', 'server'].includes(wanted)) throw new Error(`VSCODE_HOST is “${wanted}”; it can be desktop or server.`)
  if (wanted !== 'server') {
    const asked = wanted === 'desktop'
    const desktop = hasDisplay() || asked ? (installedDesktop() ?? (await downloadedDesktop(print, asked))) : undefined
    if (desktop) return desktop
    if (asked) throw new Error('VSCODE_HOST asks for a desktop VS Code, but none is installed and none could be downloaded.')
  }
  const home = await installServerBuild(print)
  return { kind: 'server', home, version: versionOf(home) }
}

/** One line for people and logs: which of the two it is. */
export function describe(host: Desktop | ServerHost, where: 'headless' | 'yours' = 'headless'): string {
  if (host.kind === 'desktop') return `Real VS Code: desktop ${host.version} (${host.source})`
  return `Real VS Code: server build ${host.version} in ${where === 'headless' ? 'headless Chromium' : 'your browser'}`
}
