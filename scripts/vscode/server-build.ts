/** The server build of VS Code: fetched as an npm package, started on 127.0.0.1, used from a browser. */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cacheFolder, withLock } from './cache.ts'
import { at, atExit, endGroup, npm, signalGroup } from './processes.ts'
import { quiet } from './quiet-settings.ts'

/** The npm package and the version of VS Code that it carries. */
export const serverBuild = { packageName: 'code-server', packageVersion: '4.139.1', vscodeVersion: '1.139.1' } as const

/** Nothing of these is compiled here: without `--ignore-scripts` npm would build native parts that the packages bring ready-made. */
const npmFlags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']

/** The parts of the installation in their order. Each is marked when done, so that an installation that broke off goes on where it stopped. */
const parts = [
  {
    name: 'package',
    folder: '',
    args: ['install', `${serverBuild.packageName}@${serverBuild.packageVersion}`, '--save-exact', ...npmFlags]
  },
  { name: 'workbench', folder: 'node_modules/code-server/lib/vscode', args: ['install', '--omit=dev', ...npmFlags] },
  { name: 'built-in extensions', folder: 'node_modules/code-server/lib/vscode/extensions', args: ['install', '--omit=dev', ...npmFlags] }
] as const

/**
 * Makes sure that the server build is installed in the cache folder.
 *
 * @returns its folder (`…/lib/vscode`)
 * @throws with npm's own words when npm fails
 */
export async function installServerBuild(print: (line: string) => void = console.log): Promise<string> {
  const folder = join(cacheFolder(), `${serverBuild.packageName}-${serverBuild.packageVersion}`)
  const home = join(folder, parts[1].folder)
  const done = (name: string) => join(folder, `.done-${name.replaceAll(' ', '-')}`)
  const missing = () => parts.filter(part => !existsSync(done(part.name)))
  const isThere = () => missing().length === 0 && existsSync(join(home, 'out', 'server-main.js'))
  if (!isThere()) {
    await withLock(
      folder,
      async () => {
        if (missing().length > 0) print(`Fetching the server build of VS Code ${serverBuild.vscodeVersion} (once, about 600 MB unpacked) …`)
        if (!existsSync(join(folder, 'package.json'))) writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
        for (const part of missing()) {
          print(`  ${part.name} …`)
          const started = Date.now()
          const { code, output } = await npm([...part.args], join(folder, part.folder))
          if (code !== 0) throw new Error(`npm could not install the ${part.name} of VS Code's server build:\n${output.trim()}`)
          writeFileSync(done(part.name), `${new Date().toISOString()}\n`)
          print(`  ${part.name}: done in ${Math.round((Date.now() - started) / 1000)} s`)
        }
      },
      pid => print(`Another run (process ${pid}) is fetching VS Code; waiting for it …`)
    )
  }
  fitLogWriter(home)
  return home
}

/** Log channels of the server build are files written by a native part that is not there; ours stands in for it. */
function fitLogWriter(home: string): void {
  const ours = readFileSync(at('scripts/vscode/log-writer.cjs'), 'utf8')
  const place = join(home, 'node_modules/@vscode/spdlog/index.js')
  if (readFileSync(place, 'utf8') === ours) return
  // Renamed into place, because another run may be reading it.
  writeFileSync(`${place}.${process.pid}`, ours)
  renameSync(`${place}.${process.pid}`, place)
}

export interface ServerOptions {
  /** Default: any free one. */
  port?: number
  /** Ask before running code of the opened folder, as a desktop VS Code does. Default: trusted. */
  askForTrust?: boolean
  /** More environment for the extension host. */
  env?: Record<string, string>
  /** Settings of the whole window; the workspace's own win over them. */
  settings?: Record<string, unknown>
  print?: (line: string) => void
}

export interface Server {
  readonly port: number
  /** Without it in the address nobody gets in: pages of other sites can also send requests to 127.0.0.1. */
  readonly token: string
  /** What it printed so far. */
  output(): string
  /** The logs of the extension hosts, as VS Code writes them. */
  logFolder: string
  /** Settles when the server ends, however. */
  ended: Promise<void>
  stop(): Promise<void>
}

/**
 * Starts the server build with data folders of its own, in a temporary place that is gone after `stop`.
 *
 * @throws when it does not listen within a minute; the message holds what it printed
 */
export async function startServer(home: string, options: ServerOptions = {}): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), 'proactive-hooks-vscode-'))
  mkdirSync(join(data, 'data', 'Machine'), { recursive: true })
  writeFileSync(join(data, 'data', 'Machine', 'settings.json'), JSON.stringify({ ...quiet, ...options.settings }, null, 2))
  const token = randomUUID()
  const args = [
    join(home, 'out', 'server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--connection-token', token, '--accept-server-license-terms'],
    // Without the driver a built workbench ignores extensionDevelopmentPath in its address.
    ...['--enable-smoke-test-driver', '--telemetry-level', 'off', '--server-data-dir', data, '--extensions-dir', join(data, 'extensions')],
    ...(options.askForTrust ? [] : ['--disable-workspace-trust'])
  ]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    env: { ...withoutOuterVsCode(process.env), ...options.env }
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  let output = ''
  const forget = atExit(() => {
    signalGroup(child, 'SIGKILL')
    rmSync(data, { recursive: true, force: true })
  })
  const stop = async () => {
    await endGroup(child)
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    forget()
  }
  try {
    const port = await listening(child, text => {
      output += text
    })
    return { port, token, output: () => output, logFolder: join(data, 'data', 'logs'), ended, stop }
  } catch (error) {
    await stop()
    throw new Error(`VS Code's server build did not start: ${(error as Error).message}\n${output}`)
  }
}

/** Inside a terminal of VS Code its variables would reach the new server and confuse it. */
function withoutOuterVsCode(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name)))
}

function listening(child: ChildProcess, seen: (text: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('it did not listen within 60 s')), 60_000)
    let text = ''
    const look = (chunk: Buffer) => {
      seen(String(chunk))
      text += chunk
      const port = /Extension host agent listening on (\d+)/.exec(text)?.[1]
      if (port) {
        clearTimeout(late)
        resolve(Number(port))
      }
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.once('error', reject)
    child.once('exit', code => {
      clearTimeout(late)
      reject(new Error(`it ended with code ${code}`))
    })
  })
}

/** Version of the VS Code inside, read from its own files. */
export function versionOf(home: string): string {
  try {
    return JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version
  } catch {
    return serverBuild.vscodeVersion
  }
}
