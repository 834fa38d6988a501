import { type ChildProcess, fork } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { ScriptCounts } from '../protocol/coverage.ts'
import { type EngineCall, EngineCalls, FromEngine, type Push, type ToEngine } from '../protocol/engine.ts'
import { Expander } from '../protocol/shorthand.ts'
import { DESCRIPTORS } from '../protocol/wire.ts'
import type { Witness } from '../protocol/witness.ts'
import { Report, type RunOfHook } from '../trace/entry.ts'
import { isReport } from '../trace/is-report.ts'
import { askWitness, INSPECTOR_TALK, openInspectorOf } from './ask-witness.ts'
import { deferred } from './deferred.ts'
import { EngineError, HOST_CODES } from './engine-error.ts'
import { Inbox } from './inbox.ts'

export interface EngineProcessOptions {
  /** `dist/engine.js` or `src/runtime/main.ts`. */
  entry: string
  /** Working directory of the hooks. */
  cwd: string
  execPath?: string | undefined
  /** Size of the old space in MiB after which V8 gives up. */
  heapLimitMb: number
  /** Steps of a debugger lead from one script of the author's to the next. Costs the start some 50 ms. */
  debuggable?: boolean | undefined
  /** The engine's time, for what is noted about it here; the wall clock's when absent. */
  now?: () => number
}

/** A call that was sent and not answered. */
export interface PendingCall {
  call: EngineCall
  params: unknown
  resolve(result: unknown): void
  reject(error: Error): void
}

/** Why a process ended. */
export interface Ending {
  reason: 'exit' | 'memory' | 'crash'
  code: number | null
  signal: string | null
}

export interface EngineProcessEvents {
  reports(reports: Report[]): void
  /** This run of a hook has handed back a promise and gives others their turn. */
  waits(hook: RunOfHook): void
  push(push: Push): void
  covered(scripts: ScriptCounts[]): void
  ended(ending: Ending): void
}

/**
 * A debugger steps over what it is told to skip, but V8 does not count Node's own functions among that which come from its start-up snapshot, nor those of
 * which it never told the debugger. A step that leaves a hook would end in them hundreds of times before it reaches an action, and debuggers give up
 * sooner. So there is no snapshot, and what follows promises and timers (`src/runtime/current.ts`) does it without such functions. Only a Node that knows
 * an option is asked for it.
 */
const STEPPING = ['--no-node-snapshot', '--no-async-context-frame'].filter(option => process.allowedNodeEnvironmentFlags.has(option))
/** Node 24 may crash when its inspector is closed right after a client of it has left. */
const CLOSE_AFTER_MS = 1000
const HAS_ENDED = 'The engine process has ended.'
const NO_MEMORY = /heap out of memory|Allocation failed/
/** V8's farewell is no output of a hook. */
const DUMP_BEGINS = /^(<--- Last few GCs|FATAL ERROR|----- Native stack trace|#\s*$)/

/** One engine process: sends calls, parses what comes back, says when it ended. Knows nothing of hooks or of replacing. */
export class EngineProcess {
  readonly ready: Promise<void>
  /** Resolves when it has ended. */
  readonly over: Promise<void>
  readonly #now: () => number
  #child: ChildProcess
  #pending = new Map<number, PendingCall>()
  #lastId = 0
  /** Asked in this turn. */
  #leaving: ToEngine = []
  #events: EngineProcessEvents | undefined
  #ending: Ending | undefined
  #expander = new Expander()
  #inbox: Inbox
  /** The address of the inspector, while it is open. */
  #inspector = deferred<string>()
  /** It was opened for `witness`. */
  #opened = false
  #closing: NodeJS.Timeout | undefined
  #isReady: () => void
  #isOver: () => void

  constructor(options: EngineProcessOptions) {
    this.#now = options.now ?? Date.now
    const { promise, resolve, reject } = deferred<void>()
    this.ready = promise
    this.#isReady = resolve
    promise.catch(() => {})
    const { promise: over, resolve: isOver } = deferred<void>()
    this.over = over
    this.#isOver = isOver
    this.#inbox = new Inbox(jsons => this.#receive(jsons))
    const { NODE_OPTIONS: _, ...env } = process.env
    this.#child = fork(options.entry, [], {
      cwd: options.cwd,
      execPath: options.execPath ?? process.execPath,
      execArgv: [
        `--max-old-space-size=${options.heapLimitMb}`,
        // Events are short-lived: with room for them there is less to collect.
        '--min-semi-space-size=16',
        '--disable-warning=ExperimentalWarning',
        // For `witness`; any port will do.
        '--inspect-port=127.0.0.1:0',
        ...(options.debuggable ? STEPPING : [])
      ],
      env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
      // In the order of DESCRIPTORS.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc', 'pipe', this.#inbox.box]
    })
    let hasNoMemory = false
    let dumping = false
    const output = (level: 'log' | 'error') => (line: string) => {
      const talk = level === 'error' && INSPECTOR_TALK.exec(line)
      if (talk) {
        if (talk[1] !== undefined) this.#inspector.resolve(talk[1])
        return
      }
      if (NO_MEMORY.test(line)) hasNoMemory = true
      if (DUMP_BEGINS.test(line)) dumping = true
      if (!dumping) this.#report([{ kind: 'console', at: this.#now(), level, text: line }])
    }
    createInterface({ input: this.#child.stdout! }).on('line', output('log'))
    createInterface({ input: this.#child.stderr! }).on('line', output('error'))
    ;(this.#child.stdio[DESCRIPTORS.pipe] as Readable).on('data', bytes => this.#inbox.receive(bytes))
    this.#child.on('error', error => this.#end({ reason: 'crash', code: null, signal: error.message }, reject))
    // `close` comes after the output was read, so that a lack of memory is known.
    this.#child.on('close', (code, signal) => {
      this.look()
      this.#inbox.close()
      const reason = hasNoMemory ? 'memory' : signal || (code ?? 0) > 128 ? 'crash' : 'exit'
      this.#end({ reason, code, signal }, reject)
    })
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  /** Whether it owes an answer that it should give at once. */
  get isBusy(): boolean {
    return [...this.#pending.values()].some(({ call }) => call !== 'settle' && call !== 'start' && call !== 'ping')
  }

  get ended(): boolean {
    return this.#ending !== undefined
  }

  /** From now on the events are told; what a spare said before is lost, except that it ended. */
  listen(events: EngineProcessEvents): void {
    this.#events = events
    if (this.#ending) events.ended(this.#ending)
  }

  /** @throws EngineError with the engine's code, or `ENGINE_STOPPED` when the process ends first */
  call(call: EngineCall, params: unknown): Promise<unknown> {
    const { promise, resolve, reject } = deferred<unknown>()
    if (this.#ending || !this.#child.connected) {
      reject(new EngineError(HOST_CODES.stopped, HAS_ENDED))
      return promise
    }
    if (call === 'inspect' || call === 'inspectEnd') this.#leaveInspector()
    const id = ++this.#lastId
    this.#pending.set(id, { call, params, resolve, reject })
    this.#leaving.push({ id, call, params })
    if (this.#leaving.length === 1) process.nextTick(() => this.#leave())
    return promise
  }

  /** What is asked within a turn is one message: the engine is woken once. */
  #leave(): void {
    const calls = this.#leaving.splice(0)
    if (this.#ending || !this.#child.connected) return
    this.#child.send(calls satisfies ToEngine, error => {
      // The `close` event follows and deals with the calls.
      if (!error || !this.#child.connected) return
      const text = `The engine could not be asked: ${error.message}`
      for (const { id } of calls) {
        const pending = this.#pending.get(id)
        if (this.#pending.delete(id)) pending!.reject(new EngineError('NOT_SENT', text))
      }
    })
  }

  /** The calls without an answer, which are the caller's from now on. */
  takePending(): PendingCall[] {
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    return pending
  }

  /** Takes what it wrote down and has not handed over: what a silent process was at. */
  look(): void {
    this.#inbox.look()
  }

  /** What it is at while it takes no turns. Undefined when it cannot be told within `ms`. */
  async witness(ms: number): Promise<Witness | undefined> {
    if (this.pid === undefined || this.#ending) return undefined
    const signal = AbortSignal.timeout(ms)
    const tooLate = new Promise<undefined>(resolve => signal.addEventListener('abort', () => resolve(undefined)))
    try {
      clearTimeout(this.#closing)
      if (!this.#opened) openInspectorOf(this.pid)
      this.#opened = true
      const url = await Promise.race([this.#inspector.promise, tooLate])
      return url === undefined ? undefined : await askWitness(url, signal)
    } catch {
      return undefined
    }
  }

  /** Closes what `witness` opened, after a while, unless it is asked again or somebody wants to debug. */
  closeInspector(): void {
    if (!this.#opened || this.#ending) return
    clearTimeout(this.#closing)
    this.#closing = setTimeout(() => void this.call('inspectEnd', {}).catch(() => {}), CLOSE_AFTER_MS).unref()
  }

  /** From now on somebody else decides whether the inspector is open. */
  #leaveInspector(): void {
    clearTimeout(this.#closing)
    this.#opened = false
    this.#inspector = deferred()
  }

  kill(): void {
    this.#child.kill('SIGKILL')
    this.#child.channel?.unref()
  }

  #receive(jsons: readonly string[]): void {
    let reports: Report[] = []
    const handOver = () => {
      if (reports.length > 0) this.#report(reports)
      reports = []
    }
    for (const json of jsons) {
      const said = this.#expander.message(parsed(json))
      if (said === undefined) continue
      if (isReport(said)) reports.push(said)
      else {
        handOver()
        this.#hear(said)
      }
    }
    handOver()
  }

  /** Something else than a report in order. */
  #hear(message: unknown): void {
    const said = FromEngine.safeParse(message)
    if (said.success) {
      if (said.data.kind === 'ready') this.#isReady()
      else if (said.data.kind === 'hook-waits') this.#events?.waits(said.data)
      else if (said.data.kind === 'push') this.#events?.push(said.data.push)
      else if (said.data.kind === 'coverage') this.#events?.covered(said.data.scripts)
      else this.#answer(said.data.id, said.data.result, said.data.error)
      return
    }
    const report = Report.safeParse(message)
    if (report.success) this.#report([report.data])
    else {
      const text = `The engine sent something unreadable: ${report.error.message}`
      this.#report([{ kind: 'log', at: this.#now(), level: 'error', logger: 'host', message: text }])
    }
  }

  #answer(id: number, result: unknown, error: { code: string; message: string } | undefined): void {
    const pending = this.#pending.get(id)
    if (!pending) return
    this.#pending.delete(id)
    const parsed = EngineCalls[pending.call].result.safeParse(result)
    if (error) pending.reject(new EngineError(error.code, error.message))
    else if (parsed.success) pending.resolve(parsed.data)
    else pending.reject(new EngineError('BAD_ANSWER', `The engine answered “${pending.call}” unreadably: ${parsed.error.message}`))
  }

  #report(reports: Report[]): void {
    this.#events?.reports(reports)
  }

  #end(ending: Ending, notReady: (error: Error) => void): void {
    if (this.#ending) return
    this.#ending = ending
    this.#isOver()
    notReady(new EngineError(HOST_CODES.stopped, 'The engine process ended before it was ready.'))
    this.#events?.ended(ending)
    // What it was asked when it was as good as dead, and nobody has taken.
    for (const { reject } of this.takePending()) reject(new EngineError(HOST_CODES.stopped, HAS_ENDED))
  }
}

/** Something that no message is, for a text that is no JSON: a hook may write into the pipe. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return json
  }
}
