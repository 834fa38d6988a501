import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { type SdkId, sdkOfDependencies } from '../../botframework/sdk.ts'

/** A bot of the Bot Framework family that lies in the workspace. */
export interface FoundBot {
  /** Folder's name, or the package's where it has one. */
  name: string
  /** Folder with its `package.json`. */
  folder: string
  sdk: SdkId
  /** How its author starts it (`npm start`), or the script that `main` names. */
  command?: string
  /** Port that its code or its `.env` names, where one was found. */
  port?: number
}

/** Folders that hold no bots of the workspace's own. */
const PASSED_OVER = new Set(['node_modules', 'dist', 'out', 'lib', 'build', 'bin', 'obj'])
const MAX_DEPTH = 4
const DEFAULT_PORT = 3978

/** Looks below a folder for packages that depend on an SDK, the nearest first. */
export function findBots(folder: string): FoundBot[] {
  const found: FoundBot[] = []
  const look = (at: string, depth: number) => {
    const bot = botIn(at)
    if (bot) found.push(bot)
    if (depth === MAX_DEPTH) return
    for (const entry of entriesOf(at)) {
      if (entry.isDirectory() && !entry.name.startsWith('.') && !PASSED_OVER.has(entry.name)) look(join(at, entry.name), depth + 1)
    }
  }
  look(folder, 0)
  return found.sort((a, b) => depthBelow(folder, a.folder) - depthBelow(folder, b.folder) || a.folder.localeCompare(b.folder))
}

const depthBelow = (folder: string, path: string) => relative(folder, path).split(/[\\/]/).filter(Boolean).length

interface Manifest {
  name?: unknown
  main?: unknown
  scripts?: Record<string, unknown>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

function botIn(folder: string): FoundBot | undefined {
  const manifest = manifestIn(folder)
  const sdk = manifest && sdkOfDependencies({ ...manifest.devDependencies, ...manifest.dependencies })
  if (!manifest || !sdk) return undefined
  const command = commandOf(folder, manifest)
  const port = portIn(folder)
  const name = typeof manifest.name === 'string' && manifest.name !== '' ? manifest.name : basename(folder)
  return { name, folder, sdk, ...(command && { command }), ...(port !== undefined && { port }) }
}

function manifestIn(folder: string): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  } catch {
    return undefined
  }
}

function commandOf(folder: string, { main, scripts }: Manifest): string | undefined {
  if (typeof scripts?.start === 'string') return 'npm start'
  const candidates = [main, 'index.js', 'app.js', 'server.js', 'bot.js'].filter(file => typeof file === 'string')
  const file = candidates.find(file => existsSync(join(folder, file)))
  return file && `node ${/^[\w./-]+$/.test(file) ? file : JSON.stringify(file)}`
}

/** The port that the bot's `.env` sets. */
function portIn(folder: string): number | undefined {
  try {
    const match = /^\s*port\s*=\s*["']?(\d+)/im.exec(readFileSync(join(folder, '.env'), 'utf8'))
    return match ? Number(match[1]) : undefined
  } catch {
    return undefined
  }
}

/** Where a found bot takes activities. */
export const endpointOf = (bot: FoundBot): string => `http://127.0.0.1:${bot.port ?? DEFAULT_PORT}/api/messages`

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}

/** The bot that a file belongs to, by the nearest package above it. */
export function botOf(file: string): FoundBot | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return botIn(folder)
    if (dirname(folder) === folder) return undefined
  }
}
