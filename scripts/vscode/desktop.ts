/** A desktop VS Code: an installed one, or one downloaded from its vendor. */
import { spawn } from 'node:child_process'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { downloadAndUnzipVSCode } from '@vscode/test-electron'
import { cacheFolder, withLock } from './cache.ts'
import { at, atExit, endGroup, signalGroup } from './processes.ts'
import { quiet } from './quiet-settings.ts'

/** What is downloaded; `VSCODE_VERSION` asks for another. */
const downloadVersion = process.env.VSCODE_VERSION ?? '1.139.1'
const vendor = 'https://update.code.visualstudio.com/api/releases/stable'

export interface Desktop {
  readonly kind: 'desktop'
  /** Path of the program itself, not of the `code` script, which returns before the window is closed. */
  readonly executable: string
  readonly version: string
  readonly source: 'installed' | 'downloaded'
}

/** Where the program lies, seen from the real place of the `code` script. */
const besideScript = ['../code', '../code-insiders', '../codium', '../Code.exe', '../../../../MacOS/Electron', '../../../../MacOS/Code']
const places: Record<string, string[]> = {
  linux: ['/usr/share/code/code', '/opt/visual-studio-code/code', '/snap/code/current/usr/share/code/code'],
  darwin: ['Electron', 'Code'].map(name => `/Applications/Visual Studio Code.app/Contents/MacOS/${name}`),
  win32: [process.env.LOCALAPPDATA && join(process.env.LOCALAPPDATA, 'Programs'), process.env.PROGRAMFILES]
    .filter(folder => folder !== undefined && folder !== '')
    .map(folder => join(folder!, 'Microsoft VS Code', 'Code.exe'))
}

/** A desktop program needs a screen. */
export function hasDisplay(env = process.env, platform = process.platform): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/**
 * `VSCODE_PATH`, else `code` on the PATH, else the usual places.
 *
 * @throws when `VSCODE_PATH` is set and no program lies there
 */
export function installedDesktop(env = process.env): Desktop | undefined {
  if (env.VSCODE_PATH) {
    const executable = programOf(env.VSCODE_PATH)
    if (!executable) throw new Error(`VSCODE_PATH is ${env.VSCODE_PATH}, but no VS Code was found there.`)
    return { kind: 'desktop', executable, version: versionOf(executable) ?? 'of unknown version', source: 'installed' }
  }
  const scripts = process.platform === 'win32' ? ['code.cmd'] : ['code', 'code-insiders', 'codium']
  const onPath = (env.PATH ?? '').split(delimiter).flatMap(folder => scripts.map(script => join(folder, script)))
  for (const candidate of [...onPath, ...(places[process.platform] ?? [])]) {
    const executable = programOf(candidate)
    const version = executable && versionOf(executable)
    if (executable && version && isNewEnough(version)) return { kind: 'desktop', executable, version, source: 'installed' }
  }
  return undefined
}

/** The program behind a path, which may be the program itself or the `code` script. */
function programOf(path: string): string | undefined {
  if (!isProgram(path)) return undefined
  const real = realpathSync(path)
  const behind = besideScript.map(relative => join(dirname(real), relative)).find(isProgram)
  return behind ?? (versionOf(real) ? real : undefined)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Read from the files beside the program, so that nothing is started only to be asked. Windows keeps them in a folder named after the commit. */
function versionOf(executable: string): string | undefined {
  const folder = dirname(executable)
  const commits = process.platform === 'win32' ? readdirSync(folder).map(name => join(folder, name, 'resources/app')) : []
  for (const app of [join(folder, 'resources/app'), join(folder, '../Resources/app'), ...commits]) {
    if (existsSync(join(app, 'package.json'))) return JSON.parse(readFileSync(join(app, 'package.json'), 'utf8')).version
  }
  return undefined
}

/** At least the version that the extension asks for in `engines.vscode`. */
export function isNewEnough(
  version: string,
  wanted: string = JSON.parse(readFileSync(at('package.json'), 'utf8')).engines.vscode
): boolean {
  const numbers = (text: string) => (text.match(/\d+/g) ?? []).map(Number)
  const [have, need] = [numbers(version), numbers(wanted)]
  return have[0] !== need[0] ? have[0]! > need[0]! : have[1]! >= need[1]!
}

/** Whether the vendor's host answers; a network that swallows requests costs four seconds. */
async function vendorAnswers(): Promise<boolean> {
  try {
    return (await fetch(vendor, { method: 'HEAD', signal: AbortSignal.timeout(4000) })).ok
  } catch {
    return false
  }
}

/** A downloaded VS Code in the cache folder; undefined when the vendor cannot be reached. */
export async function downloadedDesktop(print: (line: string) => void, asked: boolean): Promise<Desktop | undefined> {
  const cachePath = join(cacheFolder(), 'desktop')
  const has =
    existsSync(cachePath) &&
    readdirSync(cachePath).some(name => name.endsWith(downloadVersion) && existsSync(join(cachePath, name, 'is-complete')))
  if (!has && !asked && !(await vendorAnswers())) return undefined
  return withLock(
    cachePath,
    async () => {
      if (!has) print(`Downloading VS Code ${downloadVersion} …`)
      const executable = await downloadAndUnzipVSCode({ version: downloadVersion, cachePath })
      return { kind: 'desktop', executable, version: versionOf(executable) ?? downloadVersion, source: 'downloaded' }
    },
    pid => print(`Another run (process ${pid}) is downloading VS Code; waiting for it …`)
  )
}

export interface DesktopOptions {
  folder: string
  extension: string
  tests?: string
  env?: Record<string, string>
  settings?: Record<string, unknown>
  /** Show what it prints. */
  print?: boolean
}

/** Opens a window with user data of its own, so that nobody's settings and extensions are touched. Resolves when VS Code ends. */
export function startDesktop(desktop: Desktop, options: DesktopOptions) {
  // The path of a socket goes below this folder, and systems allow about 100 characters for it.
  const data = mkdtempSync(join(process.platform === 'darwin' ? '/tmp' : tmpdir(), 'ph-'))
  mkdirSync(join(data, 'user', 'User'), { recursive: true })
  writeFileSync(join(data, 'user', 'User', 'settings.json'), JSON.stringify({ ...quiet, ...options.settings }, null, 2))
  const args = [
    ...[
      '--no-sandbox',
      '--disable-gpu-sandbox',
      '--disable-updates',
      '--skip-welcome',
      '--skip-release-notes',
      '--disable-workspace-trust'
    ],
    ...[`--user-data-dir=${join(data, 'user')}`, `--extensions-dir=${join(data, 'extensions')}`],
    `--extensionDevelopmentPath=${options.extension}`,
    ...(options.tests ? [`--extensionTestsPath=${options.tests}`] : ['--wait', '--new-window']),
    options.folder
  ]
  const env: NodeJS.ProcessEnv = { ...process.env, ...options.env }
  for (const name of Object.keys(env)) if (/^(VSCODE_|ELECTRON_)/.test(name)) delete env[name]
  const child = spawn(desktop.executable, args, { stdio: ['ignore', 'pipe', 'pipe'], env, detached: process.platform !== 'win32' })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', chunk => {
      output += chunk
      if (options.print) process.stdout.write(chunk)
    })
  }
  const clean = () => rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  const forget = atExit(() => {
    signalGroup(child, 'SIGKILL')
    clean()
  })
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => {
      forget()
      resolve(code ?? 1)
    })
  })
  return { ended, output: () => output, logFolder: join(data, 'user', 'logs'), clean, stop: () => endGroup(child) }
}
