import { builtinModules } from 'node:module'
import type { Chance } from '../chance.ts'
import type { Clock } from '../clock.ts'
import { guardedDatagrams } from '../network/datagrams.ts'
import type { NetworkGuard } from '../network/guard.ts'
import { guardedDns } from '../network/names.ts'
import { guardedChildProcess, guardedStart } from '../network/programs.ts'

/** Modules that came after Node 12 (R3.24), and inner ones. */
const LATER =
  /^_|^(?:diagnostics_channel|sea|sqlite|test|test\/reporters|wasi|fs\/promises|dns\/promises|timers\/promises|readline\/promises|assert\/strict|path\/posix|path\/win32|stream\/\w+|util\/types|inspector\/promises)$/
const NAMES = new Set(builtinModules.filter(name => !LATER.test(name) && !name.startsWith('node:')))

export interface BuiltInHost {
  readonly clock: Clock
  readonly chance: Chance
  /** The timers of the realm that the modules are for. */
  timers(): Record<string, unknown>
  process(): object
  network(): NetworkGuard
}

const node = process.getBuiltinModule

/** Modules of Node as a script of the server gets them: those that know the time or chance know the engine's. */
export function builtInModules({
  clock,
  chance,
  timers,
  process: own,
  network
}: BuiltInHost): (name: string) => { exports: unknown } | undefined {
  const replaced: Record<string, () => unknown> = {
    process: own,
    timers,
    perf_hooks: () => ({ ...node('perf_hooks'), ...(clock.kind === 'virtual' && { performance: stopwatch(clock) }) }),
    dns: () => guardedDns(node('dns'), network),
    dgram: () => guardedDatagrams(node('dgram'), network),
    child_process: () => guardedChildProcess(node('child_process'), network),
    worker_threads: () => guardedStart(node('worker_threads'), 'Worker', network),
    cluster: () => guardedStart(node('cluster'), 'fork', network),
    crypto: () => (chance.seeded ? seeded(node('crypto'), chance) : node('crypto'))
  }
  const made = new Map<string, { exports: unknown }>()
  return name => {
    if (!NAMES.has(name)) return undefined
    let module = made.get(name)
    if (!module) {
      module = { exports: Object.hasOwn(replaced, name) ? replaced[name]!() : node(name) }
      made.set(name, module)
    }
    return module
  }
}

/** `performance` as far as it tells the time, counted from the clock's start. */
function stopwatch(clock: Clock): object {
  const timeOrigin = clock.now()
  return { timeOrigin, now: () => clock.read() - timeOrigin, mark: () => {}, measure: () => {}, clearMarks: () => {} }
}

type Crypto = typeof import('node:crypto')
type Done = (error: null, bytes: Uint8Array) => void

/** `crypto` with random bytes that follow from the seed; all else is Node's. */
function seeded(crypto: Crypto, { random, uuid }: Chance): object {
  const fill = <T extends ArrayBufferView>(into: T, offset = 0, size = into.byteLength - offset): T => {
    const bytes = new Uint8Array(into.buffer, into.byteOffset + offset, size)
    for (let index = 0; index < bytes.length; index++) bytes[index] = Math.floor(random() * 256)
    return into
  }
  const randomBytes = (size: number, done?: Done) => {
    const bytes = fill(Buffer.alloc(size))
    if (!done) return bytes
    setImmediate(done, null, bytes)
    return undefined
  }
  const own = { randomBytes, pseudoRandomBytes: randomBytes, randomFillSync: fill, randomUUID: uuid }
  return Object.assign(Object.create(crypto), own)
}
