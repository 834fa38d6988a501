import { format, promisify } from 'node:util'
import vm from 'node:vm'
import type { Clock } from '../clock.ts'
import { tableOf } from './console-table.ts'

/** What a realm needs from the engine. */
export interface RealmHost {
  readonly clock: Clock
  /** Where `Math.random` is to come from when it is not to be left to chance. */
  readonly random?: (() => number) | undefined
  /** An error that escaped from a timer of an author's script (R3.9). */
  uncaught(error: unknown): void
  /** A script set a timer that lies far ahead, or took it back. */
  timer?(told: TimerTold): void
  console(level: 'log' | 'info' | 'warn' | 'error' | 'debug', text: string): void
}

export interface TimerTold {
  what: 'set' | 'cleared'
  id: number
  due: number
  every?: number
}

/** Timers that come sooner are part of what a script is at, ms. */
const FAR = 1000

/** A JavaScript realm that looks like Node 12's to a script (R3.17, R3.24). */
export interface Realm {
  readonly context: vm.Context
  /** `JSON.parse` that makes objects of this realm, so that `instanceof` and missing methods are as a script expects. */
  parse(json: string): unknown
  console: Record<string, unknown>
  /** `setTimeout` and its kin. */
  readonly timers: Record<string, unknown>
}

/** Built-ins that came after Node 12 (R3.24): own properties to remove, by where they live. */
const LATER: Record<string, readonly string[]> = {
  globalThis: [
    'WeakRef',
    'FinalizationRegistry',
    'AggregateError',
    'Iterator',
    'Float16Array',
    'DisposableStack',
    'AsyncDisposableStack',
    'SuppressedError'
  ],
  'String.prototype': ['replaceAll', 'at', 'isWellFormed', 'toWellFormed'],
  'Array.prototype': ['at', 'findLast', 'findLastIndex', 'toReversed', 'toSorted', 'toSpliced', 'with'],
  Array: ['fromAsync'],
  Object: ['hasOwn', 'groupBy'],
  Map: ['groupBy'],
  Promise: ['any', 'withResolvers', 'try'],
  Error: ['isError'],
  RegExp: ['escape'],
  Math: ['f16round', 'sumPrecise'],
  JSON: ['rawJSON', 'isRawJSON'],
  'Set.prototype': ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom'],
  'ArrayBuffer.prototype': ['resize', 'resizable', 'maxByteLength', 'transfer', 'transferToFixedLength', 'detached'],
  'Object.getPrototypeOf(Int8Array.prototype)': ['at', 'findLast', 'findLastIndex', 'toReversed', 'toSorted', 'with'],
  Atomics: ['waitAsync', 'pause'],
  Symbol: ['dispose', 'asyncDispose'],
  Intl: ['Segmenter', 'DurationFormat', 'DisplayNames', 'supportedValuesOf']
}

/** Errors, arrays and promises of the engine's own realm pass for the script's, as they do through the membrane of the real sandbox. */
const SHARED_CLASSES = [
  'Object',
  'Array',
  'Function',
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'Promise',
  'Date',
  'Map',
  'Set',
  'RegExp',
  'Uint8Array'
]

const PRELUDE = `(host, classes) => {
  if (host.now) {
    const now = host.now, Real = Date
    const Clocked = new Proxy(Real, {
      construct: (target, args, self) => Reflect.construct(target, args.length ? args : [now()], self === Clocked ? target : self),
      apply: () => new Real(now()).toString(),
      get: (target, key) => (key === 'now' ? now : Reflect.get(target, key))
    })
    Object.defineProperty(globalThis, 'Date', { value: Clocked, writable: true, configurable: true, enumerable: false })
    Real.prototype.constructor = Clocked
  }
  if (host.random) Math.random = () => host.random()
  // What a required file made is of another realm than the script: its class has the same name and is built in there.
  const textOf = Function.prototype.toString
  const descends = (value, name) => {
    if (typeof value !== 'object' || value === null) return false
    for (let at = Object.getPrototypeOf(value); at; at = Object.getPrototypeOf(at)) {
      const made = Object.prototype.hasOwnProperty.call(at, 'constructor') && at.constructor
      if (typeof made === 'function' && made.name === name && textOf.call(made).includes('[native code]')) return true
    }
    return false
  }
  for (const name of classes) {
    const own = globalThis[name], other = host.classes[name]
    const ordinary = Function.prototype[Symbol.hasInstance]
    Object.defineProperty(own, Symbol.hasInstance, {
      value: function (value) {
        return ordinary.call(this, value) || (this === own && (value instanceof other || descends(value, name)))
      }
    })
  }
  ${Object.entries(LATER)
    .flatMap(([where, names]) => names.map(name => `delete (${where})[${JSON.stringify(name)}]`))
    .join('\n  ')}
}`
const prelude = new vm.Script(PRELUDE, { filename: 'proactive-hooks:realm' })

const hostClasses = Object.fromEntries(SHARED_CLASSES.map(name => [name, (globalThis as Record<string, unknown>)[name]]))

/** A realm of the sandboxed kind: what the default mode's scripts see (R3.17). */
export function sandboxedRealm(host: RealmHost): Realm {
  const realm = bareRealm(host)
  const { context } = realm
  define(context, { global: vm.runInContext('globalThis', context), Buffer, console: realm.console, ...realm.timers })
  // The real sandbox evaluates such text in its global scope, whoever calls.
  define(context, { eval: (code: unknown) => (typeof code === 'string' ? vm.runInContext(code, context) : code) })
  return realm
}

/** The server's own realm, in which unsandboxed scripts and required files run; one for the engine's whole life (R3.17, R3.23). */
export function serverRealm(host: RealmHost, process: object, bluebird: () => unknown): Realm {
  const realm = bareRealm(host)
  define(realm.context, {
    global: vm.runInContext('globalThis', realm.context),
    Buffer,
    console: realm.console,
    process,
    URL,
    URLSearchParams,
    TextEncoder,
    TextDecoder,
    queueMicrotask,
    ...realm.timers
  })
  promisable(realm.timers)
  defineBluebird(realm.context, bluebird)
  return realm
}

function bareRealm(host: RealmHost): Realm {
  const context = vm.createContext()
  const install = prelude.runInContext(context) as (host: object, classes: readonly string[]) => void
  const { clock, random } = host
  install({ classes: hostClasses, random, ...(clock.kind === 'virtual' && { now: () => host.clock.read() }) }, SHARED_CLASSES)
  const parse = vm.runInContext('JSON.parse', context) as (json: string) => unknown
  return { context, parse: json => parse(json), console: consoleOf(host), timers: timersOf(host) }
}

/** As Node's own, which `util.promisify` knows; the sandbox's are not. */
function promisable(timers: Record<string, unknown>): void {
  const later = timers.setTimeout as (callback: () => void, ms: number) => unknown
  const soon = timers.setImmediate as (callback: () => void) => unknown
  const wait = (ms: number, value: unknown) => new Promise(resolve => void later(() => resolve(value), ms))
  const turn = (value: unknown) => new Promise(resolve => void soon(() => resolve(value)))
  Object.defineProperty(later, promisify.custom, { value: wait })
  Object.defineProperty(soon, promisify.custom, { value: turn })
}

/** Loads it when it is first asked for: few scripts name `Promise`. */
function defineBluebird(context: vm.Context, load: () => unknown): void {
  let value: unknown
  const get = () => {
    if (value === undefined) {
      // It looks for a native one itself.
      value = vm.runInContext('(async () => {})().constructor', context)
      value = load()
    }
    return value
  }
  const set = (other: unknown) => {
    value = other
  }
  Object.defineProperty(context, 'Promise', { get, set, configurable: true, enumerable: false })
}

function define(context: vm.Context, names: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(names)) {
    Object.defineProperty(context, name, { value, writable: true, configurable: true, enumerable: false })
  }
}

/** Something for each clock: a realm may see several, one after the other. */
function forEachClock<T>(host: RealmHost, make: () => T): () => T {
  const made = new WeakMap<Clock, T>()
  return () => {
    const { clock } = host
    let one = made.get(clock)
    if (one === undefined) {
      one = make()
      made.set(clock, one)
    }
    return one
  }
}

function timersOf(host: RealmHost): Record<string, unknown> {
  const farOnes = forEachClock(host, () => new Map<number, number>())
  const noted = <T>(timer: T, ms: unknown, every?: number): T => {
    const { clock } = host
    const due = clock.now() + Number(ms)
    if (!host.timer || !(Number(ms) >= FAR)) return timer
    const id = Number(timer)
    const far = farOnes()
    for (const [other, at] of far) if (at < clock.now()) far.delete(other)
    far.set(id, every === undefined ? due : Number.POSITIVE_INFINITY)
    host.timer({ what: 'set', id, due, ...(every !== undefined && { every }) })
    return timer
  }
  const guarded =
    (callback: unknown) =>
    (...args: unknown[]) => {
      try {
        return (callback as (...rest: unknown[]) => unknown)(...args)
      } catch (error) {
        host.uncaught(error)
        return undefined
      }
    }
  const check = (callback: unknown) => {
    if (typeof callback !== 'function') {
      throw Object.assign(new TypeError(`Callback must be a function. Received ${String(callback)}`), { code: 'ERR_INVALID_CALLBACK' })
    }
    return guarded(callback)
  }
  const clear = (timer: unknown) => {
    const { clock } = host
    const far = farOnes()
    clock.clear(timer)
    const due = far.get(Number(timer))
    if (due === undefined) return
    far.delete(Number(timer))
    if (due > clock.now()) host.timer?.({ what: 'cleared', id: Number(timer), due: Number.isFinite(due) ? due : clock.now() })
  }
  const setImmediateOf = (callback: unknown, ...args: unknown[]) => {
    const checked = check(callback)
    const { clock } = host
    return setImmediate(() => clock.stopped || checked(...args))
  }
  const setTimeoutOf = (callback: unknown, ms?: number, ...args: unknown[]) =>
    noted(host.clock.setTimeout(check(callback), ms, ...args), ms)
  return {
    setTimeout: setTimeoutOf,
    setInterval: (callback: unknown, ms?: number, ...args: unknown[]) =>
      noted(host.clock.setInterval(check(callback), ms, ...args), ms, ms),
    setImmediate: setImmediateOf,
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: (immediate: NodeJS.Immediate) => clearImmediate(immediate)
  }
}

const CONSOLE_LEVELS = {
  log: 'log',
  info: 'info',
  warn: 'warn',
  error: 'error',
  debug: 'debug',
  trace: 'error',
  dir: 'log'
} as const

function consoleOf(host: RealmHost): Record<string, unknown> {
  const made: Record<string, unknown> = {}
  for (const [name, level] of Object.entries(CONSOLE_LEVELS)) made[name] = (...args: unknown[]) => host.console(level, format(...args))
  const counters = forEachClock(host, () => new Map<string, number>())
  const stopwatches = forEachClock(host, () => new Map<string, number>())
  return Object.assign(made, {
    table: (value: unknown) => host.console('log', tableOf(value) ?? format(value)),
    assert: (ok: unknown, ...args: unknown[]) =>
      void (ok || host.console('error', `Assertion failed${args.length ? `: ${format(...args)}` : ''}`)),
    group: (...args: unknown[]) => void (args.length && host.console('log', format(...args))),
    groupEnd: () => undefined,
    count: (label = 'default') => {
      const counts = counters()
      counts.set(label, (counts.get(label) ?? 0) + 1)
      host.console('log', `${label}: ${counts.get(label)}`)
    },
    time: (label = 'default') => void stopwatches().set(label, host.clock.now()),
    timeEnd: (label = 'default') => host.console('log', `${label}: ${host.clock.now() - (stopwatches().get(label) ?? host.clock.now())}ms`)
  })
}
