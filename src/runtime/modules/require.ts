import { existsSync, readFileSync, statSync } from 'node:fs'
import { builtinModules, createRequire } from 'node:module'
import { basename, dirname, join, parse, sep } from 'node:path'
import type { Script } from '../scripts/discover.ts'
import { checkSyntax, compile, type ScriptRunner } from '../scripts/run.ts'
import { loadShipped } from './shipped.ts'

const BUILT_IN = new Set(builtinModules)

/** Modules that the engine makes itself, by name (`botpress/sdk`). */
export type OwnModules = (name: string) => { exports: unknown } | undefined

/** `require` as hooks and actions know it (R3.20 to R3.23). */
export class ModuleLoader {
  readonly #root: string
  readonly #scripts: ScriptRunner
  readonly #own: OwnModules
  /** What each script was given, by script and name (R3.23). */
  #given = new Map<string, unknown>()
  /** Files by path, as in Node's own cache. */
  #files = new Map<string, { exports: unknown }>()

  constructor(root: string, scripts: ScriptRunner, own: OwnModules) {
    this.#root = root
    this.#scripts = scripts
    this.#own = own
  }

  /** Forgets files that hooks required (R1.8). */
  clear(): void {
    this.#given.clear()
    this.#files.clear()
  }

  /** The `require` of one script. */
  for(script: Pick<Script, 'file' | 'scope' | 'botId'>): (name: string) => unknown {
    return name => {
      const key = `${script.file}\n${name}`
      if (this.#given.has(key)) return this.#given.get(key)
      const exports = this.#find(String(name), this.#bases(script))
      this.#given.set(key, exports)
      return exports
    }
  }

  /** Runs a file of the workspace as a module. @throws what the file throws */
  load(file: string): unknown {
    return this.#load(file)
  }

  /** Where to look, in order (R3.20). */
  #bases(script: Pick<Script, 'file' | 'scope' | 'botId'>): string[] {
    const libraries = script.botId === undefined ? [] : [join(this.#root, 'data', 'bots', script.botId, 'libraries')]
    return [dirname(script.file), ...libraries, join(this.#root, 'shared_libs')]
  }

  #find(name: string, bases: string[]): unknown {
    for (const base of bases) {
      for (const folder of foldersOf(base)) {
        const file = candidate(folder, name)
        if (file === undefined) continue
        try {
          return this.#load(file)
        } catch (error) {
          // The real loader reports the place it found the module at; the cause stays readable for our own trace.
          throw Object.assign(new Error(`Error while loading module "${name}" at location "${base}": ${error}`), { cause: error })
        }
      }
    }
    const server = this.#server(name)
    if (server) return server.exports
    throw new Error(`Module "${name}" not found. Tried these locations: "${bases.join(', ')}"`)
  }

  /** What the server's own `require` would give (R3.22). */
  #server(name: string): { exports: unknown } | undefined {
    const own = this.#own(name)
    if (own) return own
    const plain = name.replace(/^node:/, '')
    // `node:` names came after Node 12.
    if (BUILT_IN.has(name) && !name.startsWith('node:')) return { exports: process.getBuiltinModule(plain) }
    return loadShipped(name)
  }

  /** A file of the author's runs outside the sandbox; a package of theirs as Node loads it. */
  #load(file: string): unknown {
    const known = this.#files.get(file)
    if (known) return known.exports
    if (!/\.(js|json)$/i.test(file) || file.split(sep).includes('node_modules')) return createRequire(file)(file)
    const module = { exports: {} as unknown, filename: file, id: file }
    this.#files.set(file, module)
    try {
      const code = readFileSync(file, 'utf8')
      if (/\.json$/i.test(file)) module.exports = this.#scripts.server.parse(code.replace(/^\uFEFF/, ''))
      else {
        const body = compile({ file, code }, ['exports', 'require', 'module', '__filename', '__dirname'], this.#scripts.server)
        checkSyntax(file, code)
        body.call(module.exports, module.exports, this.#nodeRequire(file), module, file, dirname(file))
      }
      return module.exports
    } catch (error) {
      this.#files.delete(file)
      throw error
    }
  }

  /** Node's own look-up, from inside a required file. */
  #nodeRequire(from: string): (name: string) => unknown {
    const node = createRequire(from)
    const load = (name: string): unknown => {
      let file: string | undefined
      try {
        file = node.resolve(name)
      } catch (error) {
        const server = /^\.|^\//.test(name) ? undefined : this.#server(name)
        if (server) return server.exports
        throw error
      }
      if (BUILT_IN.has(file) || file.startsWith('node:')) return this.#server(name)?.exports
      return this.#load(file)
    }
    return Object.assign(load, { resolve: (name: string) => node.resolve(name) })
  }
}

/** A base and its package folders, deepest first, then those of its ancestors (R3.21). */
function foldersOf(base: string): string[] {
  const folders = [base]
  const { root } = parse(base)
  for (let folder = base; ; folder = dirname(folder)) {
    folders.push(join(folder, 'node_production_modules'), join(folder, 'node_modules'))
    if (folder === root) return folders
  }
}

/** The file that a name stands for in a folder, or undefined (R3.21). */
function candidate(folder: string, name: string): string | undefined {
  if (!existsSync(folder)) return undefined
  const tries = [join(folder, `${name}.js`), join(folder, name), join(folder, name, 'index.js')]
  if (basename(folder) === name) tries.unshift(join(folder, 'index.js'))
  for (const path of tries) {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (!stats) continue
    if (stats.isFile() && /\.(js|json)$/i.test(path)) return path
    if (stats.isDirectory()) {
      const main = mainOf(path)
      if (main !== undefined) return main
    }
  }
  return undefined
}

/** A folder counts as a package only with a `main` (R3.21). */
function mainOf(folder: string): string | undefined {
  try {
    const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main?: unknown }
    return typeof main === 'string' ? createRequire(join(folder, 'package.json')).resolve(folder) : undefined
  } catch {
    return undefined
  }
}
