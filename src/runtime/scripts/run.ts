import { dirname, resolve } from 'node:path'
import vm from 'node:vm'
import { type Analysis, analyse } from './analyse.ts'
import type { Script } from './discover.ts'
import { type Realm, type RealmHost, sandboxedRealm, serverRealm } from './realm.ts'
import { SharedRealm } from './shared-realm.ts'

/** The parameters of the real sandbox's wrapper (R3.3). */
const WRAPPER = ['exports', 'require', 'module', '__filename', '__dirname'] as const
/** Handed to every script next to its arguments (R3.15). */
const COMMON = ['process', 'printObject'] as const
const INJECTED = new Set<string>([
  ...WRAPPER,
  ...COMMON,
  'console',
  'bp',
  'event',
  'botId',
  'suggestions',
  'sessionId',
  'hookResult',
  'bot',
  'users',
  'pipeline',
  'previousBotConfig',
  'tmpFolder',
  'events',
  'incident',
  'user',
  'session',
  'temp',
  'workflow',
  'args'
])

/** By text: a renewed engine meets the same ones again. */
const analysed = new Map<string, Analysis>()
const ANALYSED = 500

function analysisOf(code: string): Analysis {
  let analysis = analysed.get(code)
  if (!analysis) {
    analysis = analyse(readable(code), INJECTED)
    if (analysed.size >= ANALYSED) analysed.clear()
    analysed.set(code, analysis)
  }
  return analysis
}

type Compiled = (this: unknown, ...values: unknown[]) => unknown

interface Known {
  readonly code: string
  readonly analysis: Analysis
  /** Where the real server places it, which makes it up: relative to its working folder (R3.17). */
  readonly filename: string
  /** By the names that are visible. */
  readonly prepared: Map<string, Prepared>
}

interface Prepared {
  /** Those that the body takes. */
  readonly names: readonly string[]
  readonly body: Compiled
}

export interface RunOptions {
  readonly sandboxed: boolean
  readonly require: (name: string) => unknown
  readonly process: object
  readonly printObject: (value: unknown) => string
}

/** What one life's runner leaves to that of the next. */
export interface ScriptLegacy {
  /** The realm that scripts shared, as new, with what was compiled for it. */
  readonly shared?: SharedRealm
  readonly known?: Map<string, Known>
}

/**
 * Runs the text of hooks and actions as bodies of plain functions (R3.3), with line and column as in the file.
 *
 * Scripts whose text cannot leave a trace in their realm share one; the others get a fresh realm per run (R3.28).
 */
export class ScriptRunner {
  readonly #host: RealmHost
  readonly #root: string
  readonly #known: Map<string, Known>
  #shared: SharedRealm | undefined
  #server: Realm | undefined
  /** Whether the shared realm is worth to be handed on: scripts in the life before did nothing that forbids it. */
  readonly #stays: boolean
  /** A script ran that may do anything to the values that it was given, now or later. */
  #strange = false
  /** What the server has as `Promise` (R3.17). */
  bluebird: () => unknown = () => Promise
  /** The process that required files see. */
  readonly process: object

  constructor(host: RealmHost, root: string, legacy?: ScriptLegacy) {
    this.#host = host
    this.#root = root
    const inherited = legacy?.shared?.isAsNewFor(host) ? legacy : undefined
    inherited?.shared?.moveIn(host)
    this.#shared = inherited?.shared
    this.#known = inherited?.known ?? new Map()
    this.#stays = legacy !== undefined
    this.process = guardedProcess(host)
  }

  /** The realm shared by scripts that leave no trace; values that scripts see are made in it. */
  get shared(): Realm {
    this.#shared ??= new SharedRealm(this.#host, this.#stays)
    return this.#shared.realm
  }

  /** The realm of unsandboxed scripts and required files. */
  get server(): Realm {
    this.#server ??= serverRealm(this.#host, this.process, this.bluebird)
    return this.#server
  }

  /** What the next life may have; nothing where scripts ran that may reach into the shared realm from elsewhere, even after their life. */
  handOn(): ScriptLegacy | undefined {
    if (this.#server || this.#strange) return undefined
    return this.#shared ? { shared: this.#shared, known: this.#known } : {}
  }

  /** Forgets compiled texts. */
  clear(): void {
    this.#known.clear()
  }

  /**
   * Runs a script and returns what it returned.
   *
   * @throws SyntaxError with `place` for text that Node 12 cannot read, and whatever the script throws
   */
  run(script: Pick<Script, 'file' | 'relativePath' | 'code'>, args: Record<string, unknown>, options: RunOptions): unknown {
    const known = this.#analyse(script)
    return options.sandboxed ? this.#sandboxed(script, known, args, options) : this.#unsandboxed(script, known, args, options)
  }

  #sandboxed(script: Pick<Script, 'file' | 'relativePath' | 'code'>, known: Known, args: Record<string, unknown>, options: RunOptions) {
    const { filename } = known
    const module = { exports: {} }
    const wrapper = [module.exports, options.require, module, filename, dirname(filename)]
    const visible: Record<string, unknown> = { ...args, process: options.process, printObject: options.printObject }
    if (known.analysis.leaves) {
      this.#strange = true
      const realm = sandboxedRealm(this.#host)
      for (const name of Object.keys(visible)) {
        Object.defineProperty(realm.context, name, { value: visible[name], writable: true, configurable: true, enumerable: true })
      }
      const body = compile(script, [...WRAPPER], realm)
      refuse(script, known.analysis)
      return body.apply({}, wrapper)
    }
    const { names, body } = this.#prepared(script, known, visible, true)
    return body.apply({}, [...wrapper, ...names.map(name => visible[name])])
  }

  #unsandboxed(script: Pick<Script, 'file' | 'relativePath' | 'code'>, known: Known, args: Record<string, unknown>, options: RunOptions) {
    const visible: Record<string, unknown> = {
      ...args,
      process: options.process,
      printObject: options.printObject,
      require: options.require
    }
    const { names, body } = this.#prepared(script, known, visible, false)
    return body.apply(
      undefined,
      names.map(name => visible[name])
    )
  }

  /** Compiled once for the names that are visible to it. */
  #prepared(script: Pick<Script, 'file' | 'code'>, known: Known, visible: Record<string, unknown>, sandboxed: boolean): Prepared {
    const given = Object.keys(visible)
    const key = `${sandboxed} ${given}`
    let prepared = known.prepared.get(key)
    if (!prepared) {
      // In the sandbox a script may declare a name anew (R3.16).
      const names = sandboxed ? given.filter(name => !known.analysis.declared.has(name)) : given
      const body = compile(script, sandboxed ? [...WRAPPER, ...names] : names, sandboxed ? this.shared : this.server)
      refuse(script, known.analysis)
      prepared = { names, body }
      known.prepared.set(key, prepared)
    }
    return prepared
  }

  #analyse(script: Pick<Script, 'file' | 'relativePath' | 'code'>): Known {
    const known = this.#known.get(script.file)
    if (known && known.code === script.code) return known
    const made = {
      code: script.code,
      analysis: analysisOf(script.code),
      filename: resolve(this.#root, script.relativePath),
      prepared: new Map<string, Prepared>()
    }
    this.#known.set(script.file, made)
    return made
  }
}

/** The process that required files see: the real one, except that it cannot be ended (R3.17) and counts the engine's time. */
function guardedProcess({ clock, uncaught }: RealmHost): object {
  const exit = (code?: number): never => {
    const error = Object.assign(new Error(`process.exit(${code ?? ''}) was called`), { name: 'ProcessExit' })
    uncaught(error)
    throw error
  }
  const started = clock.now()
  const ticks = () => BigInt(clock.read() - started) * 1_000_000n
  const hrtime = (since: [number, number] = [0, 0]) => {
    const [seconds, nanoseconds] = [ticks() / 1_000_000_000n, ticks() % 1_000_000_000n]
    const past = Number(nanoseconds) - since[1]
    return [Number(seconds) - since[0] - (past < 0 ? 1 : 0), past < 0 ? past + 1e9 : past]
  }
  return Object.create(process, {
    exit: { value: exit },
    reallyExit: { value: exit },
    abort: { value: exit },
    kill: { value: exit },
    ...(clock.kind === 'virtual' && {
      hrtime: { value: Object.assign(hrtime, { bigint: ticks }) },
      uptime: { value: () => (clock.read() - started) / 1000 }
    })
  })
}

/** Compiles a body for a realm; V8's own error, with the file's line and column, when it cannot be read. */
export function compile(script: { file: string; code: string }, params: string[], realm: Realm): Compiled {
  return vm.compileFunction(readable(script.code), params, { filename: script.file, parsingContext: realm.context }) as Compiled
}

/** Node 24 reads more than Node 12 (R3.24). */
function refuse(script: { file: string }, { refused }: Analysis): void {
  if (!refused) return
  const { line, column, message } = refused
  const error = new SyntaxError(message)
  error.stack = `${script.file}:${line}\nSyntaxError: ${message}\n    at ${script.file}:${line}:${column}`
  throw Object.assign(error, { place: { file: script.file, line, column } })
}

/** A first line `#!…` is a comment; as a function's body it would not be. Same length, so columns stay. */
export function readable(code: string): string {
  return code.startsWith('#!') ? `//${code.slice(2)}` : code
}

/** Throws when Node 12 could not read the text. For files that scripts require. */
export function checkSyntax(file: string, code: string): void {
  refuse({ file }, analysisOf(code))
}
