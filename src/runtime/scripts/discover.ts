import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { HookType } from '../../botpress/hook-types.ts'
import type { GhostFiles } from '../files.ts'
import type { StockHook } from '../hooks/stock.ts'
import type { OnProblem } from '../json-file.ts'

/** A script of an author: a hook, or an action. */
export interface Script {
  /** Base name: what hooks are sorted by (R1.5). */
  readonly name: string
  /** Path below the type's folder, with forward slashes. */
  readonly relativePath: string
  readonly scope: 'global' | 'bot'
  readonly botId?: string
  /** Absolute path. */
  readonly file: string
  readonly code: string
  /** A stock hook, which the engine has in its own words. */
  readonly native?: StockHook
}

/** Finds hooks and keeps their text until told that files changed (R1). */
export class HookStore {
  readonly #root: string
  readonly #files: GhostFiles
  readonly #onProblem: OnProblem
  #cache = new Map<string, Script[]>()
  #globals = new Map<string, Script[]>()

  readonly #stock: readonly StockHook[]

  constructor(root: string, files: GhostFiles, stock: readonly StockHook[], onProblem: OnProblem) {
    this.#root = root
    this.#files = files
    this.#stock = stock
    this.#onProblem = onProblem
  }

  /**
   * The hooks of a type in the order in which they run: global and bot's in one list, by base name (R1.5, R1.6).
   *
   * @param botId undefined when the hook's arguments name no bot (R1.2)
   */
  list(type: HookType, botId: string | undefined): Script[] {
    const bot = type.scope === 'global+bot' ? botId : undefined
    const key = `${type.id}\n${bot ?? ''}`
    const known = this.#cache.get(key)
    if (known) return known
    try {
      const found = [...this.#global(type.id), ...(bot === undefined ? [] : this.#read(`bots/${bot}/hooks/${type.id}`, 'bot', bot))]
      const sorted = found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
      this.#cache.set(key, sorted)
      return sorted
    } catch (error) {
      // The server takes any failure as "no hooks" and says nothing (R1.9); an author wants to know.
      const { path, message } = error as NodeJS.ErrnoException
      this.#onProblem({ file: path ?? join(this.#root, 'data') }, `No hook of type ${type.id} runs: ${message}`)
      return []
    }
  }

  /** Those that every bot has; read once for all of them. */
  #global(type: string): Script[] {
    let found = this.#globals.get(type)
    if (!found) {
      found = [...this.#stockOf(type), ...this.#read(`global/hooks/${type}`, 'global')]
      this.#globals.set(type, found)
    }
    return found
  }

  /** Stock hooks that the workspace holds no copy of, in use, disabled or put into another order (R1.10, R1.11). */
  #stockOf(type: string): Script[] {
    const found: Script[] = []
    for (const native of this.#stock.filter(one => one.type === type)) {
      const folder = join(this.#root, 'data', 'global', 'hooks', type, native.module)
      const isThere = copiesIn(folder).some(name => bare(name) === bare(native.name))
      const relativePath = `${native.module}/${native.name}`
      if (!isThere) found.push({ name: native.name, relativePath, scope: 'global', file: join(folder, native.name), code: '', native })
    }
    return found
  }

  /** The files of a folder, with what scripts changed there (R1.12). */
  #read(below: string, scope: 'global' | 'bot', botId?: string): Script[] {
    const folder = join(this.#root, 'data', ...below.split('/'))
    const written = this.#files.writtenBelow(below)
    const found = new Set([...filesBelow(folder), ...written.keys()])
    const paths = [...found].filter(path => isHookFile(path) && written.get(path) !== null).sort((a, b) => (a < b ? -1 : 1))
    return paths.map(relativePath => {
      const file = join(folder, ...relativePath.split('/'))
      const name = relativePath.slice(relativePath.lastIndexOf('/') + 1)
      const code = written.get(relativePath)?.toString() ?? readFileSync(file, 'utf8')
      return { name, relativePath, scope, ...(botId !== undefined && { botId }), file, code }
    })
  }

  /** Empties the cache when one of the files concerns hooks or libraries (R1.8). */
  changed(files: readonly string[]): boolean {
    const concerns = files.some(file => /\/hooks\/|\/libraries/i.test(file.replaceAll('\\', '/')))
    if (concerns) {
      this.#cache.clear()
      this.#globals.clear()
    }
    return concerns
  }
}

/** A hook's name without what disables it or gives it its place (R1.10). */
const bare = (name: string) => name.replace(/^(?:\.__|\.|\d+_)+/, '')

/** Names of the copies that the server made of a module's hooks. */
function copiesIn(folder: string): string[] {
  try {
    return existsSync(folder) ? readdirSync(folder) : []
  } catch {
    return []
  }
}

/** `*.js` in any letter case, not starting with a dot (R1.3, R1.4). */
function isHookFile(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return /\.js$/i.test(name) && !name.startsWith('.')
}

/** Paths of all files below a folder; folders whose name starts with a dot are left out (R1.4). A missing folder has none. */
export function* filesBelow(folder: string, prefix = '', depth = 0): Generator<string> {
  let entries: import('node:fs').Dirent[]
  // Most folders of hooks are missing: to ask costs far less than an error.
  if (depth === 0 && !existsSync(folder)) return
  try {
    entries = readdirSync(join(folder, prefix), { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' && depth === 0) return
    throw error
  }
  for (const entry of entries) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
    const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && isFolderLink(join(folder, path)))
    if (!isFolder) yield path
    // A link that leads back up would never end.
    else if (!entry.name.startsWith('.') && depth < 20) yield* filesBelow(folder, path, depth + 1)
  }
}

function isFolderLink(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
