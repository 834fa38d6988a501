/** A browser to drive: an installed one of the Chromium family, or one from an npm package in the cache folder. */
import { accessSync, constants, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium, type LaunchOptions } from 'playwright-core'
import { cacheFolder, withLock } from './cache.ts'
import { npm, run } from './processes.ts'

/** A Chromium inside an npm package, for Linux on x64. Its newest version needs Node 22.17 or later. */
const packaged = { name: '@sparticuz/chromium', version: '153.0.0' } as const

/** Names on the PATH, and the places of each system. */
const names = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
  'chrome',
  'msedge'
]
const places: Record<string, (env: NodeJS.ProcessEnv) => string[]> = {
  darwin: env =>
    ['/', env.HOME ?? '/'].flatMap(root =>
      ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(app => join(root, 'Applications', `${app}.app`, 'Contents', 'MacOS', app))
    ),
  win32: env =>
    [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter(root => root !== undefined)
      .flatMap(root => [join(root, 'Google/Chrome/Application/chrome.exe'), join(root, 'Microsoft/Edge/Application/msedge.exe')])
}

export interface FoundBrowser {
  path: string
  /** More environment that the program needs. */
  env?: Record<string, string>
}

/**
 * An installed browser: `CHROME_PATH`, the PATH, the usual places.
 *
 * @throws when `CHROME_PATH` is set and no program lies there
 */
export function installedBrowser(env = process.env, platform = process.platform): FoundBrowser | undefined {
  if (env.CHROME_PATH) {
    if (!isProgram(env.CHROME_PATH)) throw new Error(`CHROME_PATH is ${env.CHROME_PATH}, but there is no program.`)
    return { path: env.CHROME_PATH }
  }
  const suffix = platform === 'win32' ? '.exe' : ''
  const onPath = (env.PATH ?? '').split(delimiter).flatMap(folder => names.map(name => join(folder, name + suffix)))
  const path = [...onPath, ...(places[platform]?.(env) ?? [])].find(isProgram)
  return path ? { path } : undefined
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * An installed browser, else the packaged one, fetched into the cache folder when it is not there yet.
 *
 * @throws with what to do when neither can be had
 */
async function findBrowser(print: (line: string) => void = console.log): Promise<FoundBrowser> {
  const installed = installedBrowser()
  if (installed) return installed
  const help = 'Install Chrome, Chromium or Edge, or set CHROME_PATH to such a program.'
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error(`No browser was found. ${help}`)
  try {
    return await packagedBrowser(print)
  } catch (error) {
    throw new Error(`No browser was found, and none could be fetched from npm. ${help}\n${(error as Error).message}`)
  }
}

/** Installs the package and lets it unpack its program and the libraries that a bare system lacks. */
async function packagedBrowser(print: (line: string) => void = console.log): Promise<FoundBrowser> {
  const folder = join(cacheFolder(), `chromium-${packaged.version}`)
  const found: FoundBrowser = {
    path: join(folder, 'unpacked', 'chromium'),
    env: { LD_LIBRARY_PATH: [join(folder, 'unpacked', 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') }
  }
  const done = join(folder, '.done')
  if (existsSync(done)) return found
  await withLock(folder, async () => {
    if (existsSync(done)) return
    print('Fetching a Chromium from npm (once, about 70 MB) …')
    if (!existsSync(join(folder, 'package.json'))) writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
    const wanted = `${packaged.name}@${packaged.version}`
    const installed = await npm(
      ['install', wanted, '--save-exact', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      folder
    )
    if (installed.code !== 0) throw new Error(installed.output.trim())
    mkdirSync(join(folder, 'unpacked'), { recursive: true })
    const script = `import chromium from '${packaged.name}'; console.log(await chromium.executablePath())`
    // It unpacks into the temporary folder, and its libraries only when told that it runs in a cloud function.
    const env = { ...process.env, TMPDIR: join(folder, 'unpacked'), AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' }
    const unpacked = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: folder, env })
    if (unpacked.code !== 0 || !isProgram(found.path)) throw new Error(unpacked.output.trim())
    writeFileSync(done, `${new Date().toISOString()}\n`)
  })
  return found
}

/** Flags for a browser that is driven: no window of a first start, no calls home. */
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]

/** Starts a headless browser. The system's sandbox cannot be used by root nor in most containers, so it is off: only our own pages are opened. */
export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const { path, env } = await findBrowser()
  return chromium.launch({
    headless: true,
    ...options,
    executablePath: path,
    args: ['--no-sandbox', ...flags, ...(options.args ?? [])],
    env: { ...(process.env as Record<string, string>), ...env }
  })
}
