import { type Dirent, existsSync, readdirSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'

/** Folders that are never searched: not the author's own, or copies. */
const IGNORED = new Set(['node_modules', 'bower_components', 'out', 'coverage', '.git'])
const MAX_DEPTH = 6

/** Where the opened folder stands to Botpress. */
export interface BotpressFolder {
  /** Holds `data/`. */
  root: string
  /** What pages are looked for in and served from: the opened folder, or `root` when that lies above it. */
  base: string
}

/** Finds the folder that holds `data/global` or `data/bots`: at, above or (nearest first) below the opened one. */
export function findBotpress(folder: string): BotpressFolder | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (isRoot(at)) return { root: at, base: at }
    if (dirname(at) === at) break
  }
  let level = [folder]
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
    level = level.flatMap(subfolders)
    const root = level.find(isRoot)
    if (root) return { root, base: folder }
  }
  return undefined
}

/** Ids of the bots that have a configuration, sorted. */
export function botIds(root: string): string[] {
  return subfolders(join(root, 'data/bots'))
    .filter(folder => existsSync(join(folder, 'bot.config.json')))
    .map(folder => basename(folder))
    .sort()
}

/** Whether it is one of `botIds`, without a look at the others. */
export function hasBot(root: string, botId: string): boolean {
  const folder = join(root, 'data/bots', botId)
  return subfolders(join(root, 'data/bots')).includes(folder) && existsSync(join(folder, 'bot.config.json'))
}

/** Absolute paths of all files below `folder` with one of the endings, ignored folders and dot folders left out, sorted. */
export function filesBelow(folder: string, endings: readonly string[], depth = MAX_DEPTH + 2): string[] {
  if (depth === 0) return []
  return entriesOf(folder).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return isSearched(entry.name) ? filesBelow(path, endings, depth - 1) : []
    return entry.isFile() && endings.some(ending => entry.name.toLowerCase().endsWith(ending)) ? [path] : []
  })
}

/** Path below `base` with forward slashes: the id of a page and its address. */
export function pathBelow(base: string, file: string): string {
  return relative(base, file).split(sep).join('/')
}

function isRoot(folder: string): boolean {
  return existsSync(join(folder, 'data/global')) || existsSync(join(folder, 'data/bots'))
}

function subfolders(folder: string): string[] {
  return entriesOf(folder)
    .filter(entry => entry.isDirectory() && isSearched(entry.name))
    .map(entry => join(folder, entry.name))
}

function isSearched(name: string): boolean {
  return !name.startsWith('.') && !IGNORED.has(name)
}

/** A folder that cannot be read has no entries. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch {
    return []
  }
}
