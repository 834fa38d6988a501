import { createRequire, isBuiltin } from 'node:module'
import { dirname, join, resolve, sep } from 'node:path'
import vm from 'node:vm'
import type { GhostFiles } from '../files.ts'
import type { Realm } from '../scripts/realm.ts'
import { checkSyntax, compile, readable } from '../scripts/run.ts'
import { isShipped } from './shipped.ts'

export interface CommonJsHost {
  /** The realm in which files run: they see the one clock there. */
  realm(): Realm
  /** A module of Node, or one that the server has by itself. */
  builtIn(name: string): { exports: unknown } | undefined
  readonly files: Pick<GhostFiles, 'has' | 'readText'>
}

/** A module as its own code sees it. */
interface Module {
  readonly id: string
  readonly filename: string
  exports: unknown
  loaded: boolean
  readonly children: Module[]
  readonly parent: Module | null
}

const PARAMS = ['exports', 'require', 'module', '__filename', '__dirname'] as const
const HEAD = `(function (${PARAMS}) {`
/** What may be syntax newer than Node 12's (R3.24); whether it is, a parser decides. */
const MAY_BE_NEWER = /\?\.(?!\d)|\?\?|(?:\|\||&&)=|#\w+\s*\(|\bstatic\s*\{|\bimport\.meta\b/
/** Read once for all realms and lives: what these files say does not change while the engine runs, or is compared. */
const scripts = new Map<string, { code: string; script: vm.Script }>()

/** Node's loader of CommonJS files, in the engine's own realm: modules live as long as this object, and see its clock. */
export class CommonJs {
  readonly #host: CommonJsHost
  #modules = new Map<string, Module>()

  constructor(host: CommonJsHost) {
    this.#host = host
  }

  /** Runs a file, once. @throws what the file throws */
  load(file: string, parent: Module | null = null): unknown {
    const known = this.#modules.get(file)
    if (known) return known.exports
    // Nothing but Node itself can read these.
    if (file.endsWith('.node')) return createRequire(file)(file)
    const module: Module = { id: file, filename: file, exports: {}, loaded: false, children: [], parent }
    this.#modules.set(file, module)
    parent?.children.push(module)
    try {
      this.#evaluate(module)
      module.loaded = true
      return module.exports
    } catch (error) {
      this.#modules.delete(file)
      throw error
    }
  }

  /** Forgets the modules of these files. */
  forget(concerns: (file: string) => boolean): void {
    for (const file of this.#modules.keys()) if (concerns(file)) this.#modules.delete(file)
  }

  #evaluate(module: Module): void {
    const { filename } = module
    const code = this.#host.files.readText(filename)
    const realm = this.#host.realm()
    if (/\.json$/i.test(filename)) {
      module.exports = realm.parse(code.replace(/^\uFEFF/, ''))
      return
    }
    const body = isPackage(filename) ? packaged(filename, code, realm) : authored(filename, code, realm)
    body.call(module.exports, module.exports, this.#require(module), module, filename, dirname(filename))
  }

  /** A neighbour that a script wrote and that does not lie on the disk. */
  #written(module: Module, name: string): string | undefined {
    return name.startsWith('.') ? endings(resolve(dirname(module.filename), name)).find(file => this.#host.files.has(file)) : undefined
  }

  /** Node's own look-up, from inside a file. */
  #require(module: Module): (name: string) => unknown {
    const node = createRequire(module.filename)
    const load = (name: string): unknown => {
      let file: string | undefined
      try {
        file = node.resolve(name)
      } catch (error) {
        const written = this.#written(module, name)
        if (written !== undefined) return this.load(written, module)
        const server = /^\.|^\//.test(name) ? undefined : this.#host.builtIn(name)
        if (server) return server.exports
        throw error
      }
      if (!isBuiltin(file)) return this.load(file, module)
      const server = this.#host.builtIn(name)
      if (server) return server.exports
      // Node 12 knows no such name (R3.24).
      throw Object.assign(new Error(`Cannot find module '${name}'\nRequire stack:\n- ${module.filename}`), { code: 'MODULE_NOT_FOUND' })
    }
    return Object.assign(load, { resolve: (name: string) => node.resolve(name), cache: {}, main: undefined, extensions: {} })
  }
}

function endings(path: string): string[] {
  return [path, `${path}.js`, `${path}.json`, join(path, 'index.js')]
}

type Body = (this: unknown, ...values: unknown[]) => unknown

const isPackage = (file: string) => file.split(sep).includes('node_modules') || isShipped(file)

/** A file of the author's: offsets in it are those of the file, for breakpoints and coverage. */
function authored(file: string, code: string, realm: Realm): Body {
  const body = compile({ file, code }, [...PARAMS], realm)
  checkSyntax(file, code)
  return body
}

/** A file of a package: large as a rule, and the same in every realm. */
function packaged(file: string, code: string, realm: Realm): Body {
  let known = scripts.get(file)
  if (known?.code !== code) {
    const text = `${HEAD}${readable(code)}\n})`
    known = { code, script: new vm.Script(text, { filename: file, columnOffset: -HEAD.length }) }
    if (!isShipped(file) && MAY_BE_NEWER.test(code)) checkSyntax(file, code)
    scripts.set(file, known)
  }
  return known.script.runInContext(realm.context) as Body
}
