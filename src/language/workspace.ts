import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { locateHook } from '../botpress/hook-path.ts'
import { isBotScript } from './bots/bot-code.ts'
import { isHtml, mentionsWidget } from './pages/fragments.ts'

/** Folders that never hold what an author wrote. */
const SKIPPED = new Set(['node_modules', '.git', '.hg', '.svn', '.vscode-test', 'bower_components'])
/** Whether a path, with forward slashes, lies in one of them. */
export function isSkipped(path: string): boolean {
  return path.split('/').some(name => SKIPPED.has(name))
}

/** Larger files are bundles, not what someone typed. */
const MAX_PAGE_BYTES = 512 * 1024

export interface WorkspaceFiles {
  /** Hook files, dot-files included. */
  readonly hooks: readonly string[]
  /** HTML files and scripts that name a widget. */
  readonly pages: readonly string[]
  /** Scripts of bots of the Bot Framework family. */
  readonly bots: readonly string[]
  /** Files below a `hooks` folder that Botpress does not take for hooks, and configuration files that rules look at. */
  readonly others: readonly string[]
  /** The folders that hold `bots` and `global`. */
  readonly data: readonly string[]
}

/** What lies below `hooks` in a Botpress folder, and its configuration. */
const OTHER =
  /[\\/](?:global|bots[\\/][^\\/]+)[\\/](?:hooks[\\/].+|config[\\/]channel-web\.json|bot\.config\.json)$|[\\/]data[\\/](?:.+[\\/])?hooks?[\\/].+\.js$|[\\/]botpress\.config\.json$/i

/** Lists what concerns us below a folder, as absolute paths in a stable order. A folder that cannot be read counts as empty. */
export function listWorkspace(folder: string): WorkspaceFiles {
  const hooks: string[] = []
  const pages: string[] = []
  const bots: string[] = []
  const others: string[] = []
  const data: string[] = []
  const visit = (directory: string): void => {
    for (const entry of entriesOf(directory)) {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) {
        if (SKIPPED.has(entry.name)) continue
        if (entry.name === 'bots' && existsSync(join(directory, 'global'))) data.push(directory)
        else if (entry.name === 'bots' && basename(directory) === 'data') data.push(directory)
        visit(path)
      } else if (entry.isFile()) {
        if (locateHook(path)) hooks.push(path)
        else if (OTHER.test(path)) others.push(path)
        else if (isPage(path)) pages.push(path)
        else if (isBot(path)) bots.push(path)
      }
    }
  }
  visit(folder)
  return { hooks, pages, bots, others, data }
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  } catch {
    return []
  }
}

function isPage(path: string): boolean {
  if (!mayBePage(path)) return false
  const text = readText(path, MAX_PAGE_BYTES)
  return text !== undefined && mentionsWidget(text)
}

function isBot(path: string): boolean {
  if (!/\.[cm]?[jt]sx?$/i.test(path)) return false
  const text = readText(path, MAX_PAGE_BYTES)
  return text !== undefined && isBotScript(path, text)
}

/** By its name: an HTML file, or a script that is not the server's. */
export function mayBePage(path: string): boolean {
  return isHtml(path) || (/\.(js|mjs|cjs)$/i.test(path) && !/[\\/](hooks|actions|libraries|shared_libs)[\\/]/i.test(path))
}

/** Names of the folders in a folder. */
export function listFolders(folder: string): string[] {
  return entriesOf(folder).flatMap(entry => (entry.isDirectory() ? [entry.name] : []))
}

/** The files below a folder, at any depth, whose names fit. */
export function listFiles(folder: string, name: RegExp): string[] {
  return entriesOf(folder).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return listFiles(path, name)
    return name.test(entry.name) ? [path] : []
  })
}

/** The flows below a bot's `flows` folder. */
export function listFlows(folder: string): string[] {
  return listFiles(folder, /\.flow\.json$/i)
}

/** A file's text without a byte order mark; undefined when it cannot be read or is larger than the limit. */
export function readText(path: string, limit = Number.POSITIVE_INFINITY): string | undefined {
  try {
    if (limit !== Number.POSITIVE_INFINITY && statSync(path).size > limit) return undefined
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '')
  } catch {
    return undefined
  }
}

export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory()
}
