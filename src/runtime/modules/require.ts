import { readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, parse } from 'node:path'
import type { GhostFiles } from '../files.ts'
import type { Script } from '../scripts/discover.ts'
import type { ScriptRunner } from '../scripts/run.ts'
import { CommonJs } from './common-js.ts'
import { isHosted, isShipped, loadHosted, shippedFile } from './shipped.ts'

/** Modules that the engine makes itself, by name (`botpress/sdk`). */
export type OwnModules = (name: string) => { exports: unknown } | undefined

export interface ModuleHost {
  readonly root: string
  readonly scripts: ScriptRunner
  readonly own: OwnModules
  /** Node's modules, as this engine has them. */
  readonly builtIn: OwnModules
  readonly files: Pick<GhostFiles, 'has' | 'readText'>
}

/** `require` as hooks and actions know it (R3.20 to R3.23). */
export class ModuleLoader {
  readonly #root: string
  readonly #host: ModuleHost
  readonly #files: CommonJs
  /** What each script was given, by script and name (R3.23). */
  #given = new Map<string, unknown>()

  constructor(host: ModuleHost) {
    this.#root = host.root
    this.#host = host
    const builtIn = (name: string) => this.#server(name)
    this.#files = new CommonJs({ realm: () => host.scripts.server, builtIn, files: host.files })
    host.scripts.bluebird = () => this.#files.load(shippedFile('bluebird')!)
  }

  /** Forgets files that hooks required (R1.8); what the server itself ships stays. */
  clear(): void {
    this.#given.clear()
    this.#files.forget(file => !isShipped(file))
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
    return this.#files.load(file)
  }

  /** Where to look, in order (R3.20). */
  #bases(script: Pick<Script, 'file' | 'scope' | 'botId'>): string[] {
    const libraries = script.botId === undefined ? [] : [join(this.#root, 'data', 'bots', script.botId, 'libraries')]
    return [dirname(script.file), ...libraries, join(this.#root, 'shared_libs')]
  }

  #find(name: string, bases: string[]): unknown {
    for (const base of bases) {
      for (const folder of foldersOf(base)) {
        const file = candidate(folder, name, this.#host.files)
        if (file === undefined) continue
        try {
          return this.#files.load(file)
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
    const made = this.#host.own(name) ?? this.#host.builtIn(name)
    if (made) return made
    if (isHosted(name)) return { exports: loadHosted(name as 'express' | 'knex') }
    const file = shippedFile(name)
    return file === undefined ? undefined : { exports: this.#files.load(file) }
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
function candidate(folder: string, name: string, files: Pick<GhostFiles, 'has'>): string | undefined {
  const tries = [join(folder, `${name}.js`), join(folder, name), join(folder, name, 'index.js')]
  if (basename(folder) === name) tries.unshift(join(folder, 'index.js'))
  for (const path of tries) {
    if (/\.(js|json)$/i.test(path) && files.has(path)) return path
    const main = mainOf(path)
    if (main !== undefined) return main
  }
  return undefined
}

/** A folder counts as a package only with a `main` (R3.21). */
function mainOf(folder: string): string | undefined {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined
  try {
    const { main } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { main?: unknown }
    return typeof main === 'string' ? createRequire(join(folder, 'package.json')).resolve(folder) : undefined
  } catch {
    return undefined
  }
}
