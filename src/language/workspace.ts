import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { locateHook } from '../botpress/hook-path.ts'
import { isHtml, mentionsWidget } from './pages/fragments.ts'

/** Folders that never hold what an author wrote. */
const SKIPPED = new Set(['node_modules', '.git', '.hg', '.svn', '.vscode-test', 'bower_components'])
/** Larger files are bundles, not what someone typed. */
const MAX_PAGE_BYTES = 512 * 1024

export interface WorkspaceFiles {
  /** Hook files, dot-files included. */
  readonly hooks: readonly string[]
  /** HTML files and scripts that name a widget. */
  readonly pages: readonly string[]
}

/** Lists what concerns us below a folder, as absolute paths in a stable order. A folder that cannot be read counts as empty. */
export function listWorkspace(folder: string): WorkspaceFiles {
  const hooks: string[] = []
  const pages: string[] = []
  const visit = (directory: string): void => {
    for (const entry of entriesOf(directory)) {
      const path = join(directory, entry.name)
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) visit(path)
      } else if (entry.isFile()) {
        if (locateHook(path)) hooks.push(path)
        else if (isPage(path)) pages.push(path)
      }
    }
  }
  visit(folder)
  return { hooks, pages }
}

function entriesOf(directory: string) {
  try {
    return readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  } catch {
    return []
  }
}

function isPage(path: string): boolean {
  if (!isHtml(path) && !/\.(js|mjs|cjs)$/i.test(path)) return false
  if (!isHtml(path) && /[\\/](hooks|actions|libraries|shared_libs)[\\/]/i.test(path)) return false
  const text = readText(path, MAX_PAGE_BYTES)
  return text !== undefined && mentionsWidget(text)
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
