import type childProcess from 'node:child_process'
import { EventEmitter } from 'node:events'
import { Readable, Writable } from 'node:stream'
import { promisify } from 'node:util'
import type { NetworkGuard } from './guard.ts'
import { refused } from './refused.ts'

type Any = (...args: never[]) => unknown
type Done = (error: Error, stdout: string, stderr: string) => void

/** What a program or a thread of its own does is seen by nobody: it may run where everything may be called, and nowhere else. */
const WHY =
  'a program of its own would reach the network past the policy of the simulator. Set proactiveHooks.network.mode to "allow" (on the command line: --network allow) to let hooks start programs.'

/** `child_process` as scripts get it. */
export function guardedChildProcess(real: typeof childProcess, guard: () => NetworkGuard): object {
  const later = (name: 'spawn' | 'fork' | 'exec' | 'execFile') => {
    const run = (...args: unknown[]) => {
      const error = whyNot(guard(), name, args)
      if (!error) return (real[name] as unknown as (...all: unknown[]) => unknown)(...args)
      const child = noProcess()
      const done = typeof args.at(-1) === 'function' ? (args.at(-1) as Done) : undefined
      process.nextTick(() => {
        if (done) done(error, '', '')
        else child.emit('error', error)
      })
      return child
    }
    const promised = (real[name] as unknown as Record<symbol, Any | undefined>)[promisify.custom]
    if (!promised) return run
    const asked = async (...args: never[]) => {
      const error = whyNot(guard(), name, args)
      if (error) throw error
      return promised(...args)
    }
    return Object.assign(run, { [promisify.custom]: asked })
  }
  const now =
    (name: 'spawnSync' | 'execSync' | 'execFileSync') =>
    (...args: unknown[]) => {
      const error = whyNot(guard(), name, args)
      if (error) throw error
      return (real[name] as unknown as (...all: unknown[]) => unknown)(...args)
    }
  return {
    ...real,
    spawn: later('spawn'),
    fork: later('fork'),
    exec: later('exec'),
    execFile: later('execFile'),
    spawnSync: now('spawnSync'),
    execSync: now('execSync'),
    execFileSync: now('execFileSync')
  }
}

/** A class or function of a module that starts something of its own (`Worker`, `cluster.fork`), as scripts get it. */
export function guardedStart(real: object, name: string, guard: () => NetworkGuard): object {
  const start = (real as Record<string, unknown>)[name] as new (...args: unknown[]) => object
  const ask = (args: unknown[]) => {
    const error = whyNot(guard(), name, args)
    if (error) throw error
  }
  const asked = new Proxy(start, {
    construct: (target, args, self) => {
      ask(args)
      return Reflect.construct(target, args, self)
    },
    apply: (target, self, args) => {
      ask(args)
      return Reflect.apply(target as unknown as () => unknown, self, args)
    }
  })
  return Object.assign(Object.create(real), { [name]: asked })
}

/** Records that something is to be started, and says why it must not be. */
function whyNot(guard: NetworkGuard, how: string, [first, second]: unknown[]): Error | undefined {
  const args = Array.isArray(second) ? second.map(String) : []
  const url = `program:${[typeof first === 'string' ? first : '', ...args].join(' ').trim() || how}`
  const allowed = guard.settings.mode === 'allow'
  guard.record(how, url)(allowed ? 'allowed' : 'refused', undefined, allowed ? undefined : WHY)
  return allowed ? undefined : refused(`${how} ${url}`, WHY)
}

/** As a child process that could not be started. */
function noProcess(): EventEmitter {
  const streams = {
    stdin: new Writable({ write: (_piece, _encoding, done) => done() }),
    stdout: Readable.from([]),
    stderr: Readable.from([])
  }
  return Object.assign(new EventEmitter(), streams, {
    pid: undefined,
    connected: false,
    killed: false,
    kill: () => false,
    send: () => false
  })
}
