import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { CallParams, CallResult, Engine, EngineCall, EngineSettings } from '../protocol/engine.ts'
import type { Witness } from '../protocol/witness.ts'
import type { EntryOf, Report } from '../trace/entry.ts'
import { type Culprit, culpritByTrace, culpritByWitness } from './culprit.ts'
import { reportsOfEnd } from './endings.ts'
import { Endurance } from './endurance.ts'
import { EngineError, HOST_CODES } from './engine-error.ts'
import type { EngineHostOptions, EngineStatus } from './engine-host-options.ts'
import { type Ending, EngineProcess } from './engine-process.ts'
import { handOver, type Legacy } from './handover.ts'
import { LastingCalls } from './lasting-calls.ts'
import { Questioning } from './questioning.ts'
import { RunningHooks } from './running-hooks.ts'
import { WaitingEvents } from './waiting-events.ts'
import { Watchdog } from './watchdog.ts'

/** Why the host ends a process. */
interface Stopping {
  reason: EntryOf<'engine-stopped'>['reason']
  ms?: number
  culprit?: Culprit | undefined
}

const STOP_GRACE_MS = 300
/** A process that is silent for so long is asked what it is at, though its time is not over. */
const QUESTION_MS = 1000
const LAST_CHANCE_MS = 500

/**
 * The engine as the rest of the product sees it: always one, whatever the hooks do to its process. Starts it, watches it, names the hook that
 * stopped it, and lets the spare take over with the same settings and storage.
 */
export class EngineHost implements Engine {
  #options: EngineHostOptions
  #settings: EngineSettings
  #temporary: string | undefined
  #process: EngineProcess | undefined
  #spare: EngineProcess | undefined
  /** Resolves with the process that is mounted. */
  #mounted: Promise<EngineProcess>
  #watchdog: Watchdog
  #questioning: Questioning
  #hooks = new RunningHooks()
  #waiting = new WaitingEvents()
  #lasting = new LastingCalls()
  #endurance = new Endurance()
  /** Time of the last report: what a virtual clock showed last. */
  #lastAt: number | undefined
  #stopping: Stopping | undefined
  #status: EngineStatus = { status: 'starting', bots: [], debugging: false }
  #disposed = false

  private constructor(options: EngineHostOptions) {
    this.#options = options
    if (!options.settings.storage) this.#temporary = mkdtempSync(join(tmpdir(), 'proactive-hooks-'))
    this.#settings = { ...options.settings, ...(this.#temporary !== undefined && { storage: this.#temporary, passing: true }) }
    const limit = options.hookLimitMs ?? 5000
    this.#questioning = new Questioning(Math.min(QUESTION_MS, limit / 2), options.answerMs ?? 5000)
    this.#watchdog = new Watchdog({
      // Without a hook it is an action, or something that a hook left behind.
      limit: () => (this.#hooks.none ? limit * 2 : limit),
      ping: () => this.#process?.call('ping', {}) ?? Promise.resolve(),
      isResting: () => this.#status.debugging || !this.#process || this.#process.ended,
      isNeeded: () => !this.#hooks.none || this.#process?.isBusy === true,
      silent: ms => this.#silent(ms),
      answered: () => this.#questioning.over(),
      bark: ms => void this.#stopBlocked(ms)
    })
    this.#mounted = this.#start(this.#fork())
    this.#mounted.catch(() => {})
  }

  /** Begins to start an engine. `ready()` tells when it answers. */
  static open(options: EngineHostOptions): EngineHost {
    return new EngineHost(options)
  }

  /** @throws EngineError `ENGINE_FAILED` when the engine cannot be started */
  async ready(): Promise<void> {
    await this.#current()
  }

  /** Resolves when a process stands by, with its id (at once when none is kept). */
  async spareReady(): Promise<number | undefined> {
    const spare = this.#spare
    await spare?.ready
    return spare?.pid
  }

  /** The engine's time as far as it is known here, ms since 1970. */
  now(): number {
    return this.#settings.clock === 'virtual' ? (this.#lastAt ?? this.#settings.startAt ?? Date.now()) : Date.now()
  }

  get status(): EngineStatus {
    return this.#status
  }

  /** Process id of the engine that runs now. */
  get pid(): number | undefined {
    return this.#process?.pid
  }

  async call<C extends EngineCall>(name: C, params: CallParams<C>): Promise<CallResult<C>> {
    // The engines that take over later keep to it.
    if (name === 'network') this.#settings = { ...this.#settings, network: params as CallParams<'network'> }
    const engine = await this.#current()
    const result = (await this.#ask(engine, name, params)) as CallResult<C>
    this.#lasting.note(...([name, params] as Parameters<LastingCalls['note']>))
    if (name === 'advance' || name === 'runAhead') this.#lastAt = (result as CallResult<'advance'>).now
    if (name === 'renew') {
      this.#settings = { ...this.#settings, ...withoutAbsent(params as CallParams<'renew'>) }
      await this.#askLasting(engine)
    }
    if (name === 'inspect' || name === 'inspectEnd') this.#setStatus({ debugging: name === 'inspect' })
    return result
  }

  /** Replaces the engine, for instance after it failed or because a setting changed. */
  async restart(settings: Partial<EngineSettings> = {}): Promise<void> {
    if (this.#disposed) throw disposed()
    this.#settings = { ...this.#settings, ...settings }
    if (settings.startAt !== undefined) this.#lastAt = settings.startAt
    this.#endurance.forgive()
    if (this.#process && !this.#process.ended) this.#stop('request', 0)
    else this.#takeOver({ calls: [], events: [], by: undefined })
    await this.#current()
  }

  /** Ends the processes and deletes the temporary storage. Always finishes. */
  async dispose(): Promise<void> {
    if (this.#disposed) return
    this.#disposed = true
    this.#watchdog.stop()
    const engine = this.#process
    if (engine && !engine.ended) await Promise.race([engine.call('stop', {}).catch(() => {}), delay(STOP_GRACE_MS)])
    for (const call of engine?.takePending() ?? []) call.reject(disposed())
    engine?.kill()
    this.#spare?.kill()
    if (this.#temporary) await this.#deleteTemporary(this.#temporary, engine)
    this.#setStatus({ status: 'stopped', debugging: false })
  }

  /** A process that still has its files open may keep them from being deleted, or make new ones. */
  async #deleteTemporary(folder: string, engine: EngineProcess | undefined): Promise<void> {
    await Promise.race([engine?.over, delay(STOP_GRACE_MS)])
    await rm(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => {})
  }

  /** The mounted process; when one ended meanwhile, the one after it. */
  async #current(): Promise<EngineProcess> {
    for (;;) {
      if (this.#disposed) throw disposed()
      const mounted = this.#mounted
      try {
        const engine = await mounted
        if (mounted === this.#mounted) return engine
      } catch (error) {
        if (mounted === this.#mounted && !this.#disposed) throw error
      }
    }
  }

  #fork(): EngineProcess {
    const { entry, execPath, heapLimitMb = 512, debuggable } = this.#options
    return new EngineProcess({ entry, execPath, heapLimitMb, debuggable, cwd: this.#settings.root, now: () => this.now() })
  }

  async #start(engine: EngineProcess): Promise<EngineProcess> {
    this.#process = engine
    this.#endurance.starting()
    this.#setStatus({ status: 'starting', debugging: false })
    engine.listen({
      reports: reports => this.#report(reports),
      waits: hook => this.#hooks.seeWaiting(hook),
      push: push => this.#options.onPush?.(push),
      covered: scripts => this.#options.onCovered?.(scripts),
      ended: ending => this.#ended(engine, ending)
    })
    try {
      await engine.ready
      const { bots } = (await this.#ask(engine, 'start', this.#settings)) as CallResult<'start'>
      this.#endurance.started()
      void this.#askLasting(engine)
      this.#setStatus({ status: 'ready', bots })
    } catch (error) {
      // It ended, or another one has taken its place: that is no failure of the start.
      if (engine.ended || engine !== this.#process || this.#disposed) throw error
      engine.kill()
      this.#endurance.giveUp()
      throw this.#fail(error instanceof Error ? error.message : String(error))
    }
    if (this.#options.spare !== false && !this.#spare && !this.#disposed) this.#spare = this.#fork()
    return engine
  }

  #ask(engine: EngineProcess, name: EngineCall, params: unknown): Promise<unknown> {
    const asked = engine.call(name, params)
    this.#watchdog.wake()
    return asked
  }

  #report(reports: Report[]): void {
    for (const report of reports) {
      this.#lastAt = report.at
      if (report.kind === 'event-ended') this.#endurance.forgive()
      this.#hooks.see(report)
      this.#waiting.see(report)
    }
    this.#options.trace.append(...reports)
    this.#watchdog.wake()
  }

  #silent(ms: number): void {
    const engine = this.#process
    if (!engine) return
    engine.look()
    this.#questioning.silent(engine, ms)
  }

  /** Stops a process that takes no turns, after it has said what it is at. */
  async #stopBlocked(ms: number): Promise<void> {
    const engine = this.#process!
    let gotOn = false
    const turn = engine.call('ping', {}).then(
      () => {
        gotOn = true
      },
      () => {}
    )
    const asked = performance.now()
    const culprit = this.#accused(await this.#questioning.witness(engine))
    // In nobody's code: it may have gone on at the very last moment, and its answer be on the way.
    if (culprit && !culprit.place) await Promise.race([turn, delay(LAST_CHANCE_MS)])
    if (engine !== this.#process || this.#disposed) return
    if (gotOn) {
      engine.closeInspector()
      this.#questioning.over()
      this.#watchdog.wake()
      return
    }
    engine.look()
    this.#stop('hook-limit', Math.round(ms + performance.now() - asked), culprit)
  }

  #stop(reason: EntryOf<'engine-stopped'>['reason'], ms: number, culprit?: Culprit): void {
    this.#stopping = { reason, ms, culprit }
    const engine = this.#process!
    engine.kill()
    // Not waiting for the operating system: the process takes no turns, the next one is ready.
    this.#ended(engine, { reason: 'crash', code: null, signal: 'SIGKILL' })
  }

  #accused(witness: Witness | undefined): Culprit | undefined {
    return witness && culpritByWitness(witness, this.#settings.root)
  }

  #ended(engine: EngineProcess, ending: Ending): void {
    if (engine !== this.#process || this.#disposed) return
    this.#process = undefined
    this.#watchdog.stop()
    const stopping = this.#stopping
    this.#stopping = undefined
    const { reason, ms, culprit }: Stopping = stopping ?? ending
    const hook = this.#hooks.last
    const whose = culprit ?? this.#accused(this.#questioning.saidBy(engine)) ?? culpritByTrace(this.#hooks)
    this.#questioning.over()
    const by = reason === 'request' ? undefined : whose.during
    const fates = this.#waiting.drain(by)
    const at = this.now()
    const end = stopping ? undefined : (ending.signal ?? String(ending.code))
    const lasted = hook && ms === undefined ? Math.max(0, at - hook.at) : ms
    this.#options.trace.append(...reportsOfEnd({ at, reason, ...(end !== undefined && { end }), ...whose, ms: lasted }, fates))
    this.#hooks.clear()
    if (reason !== 'request') this.#endurance.ended()
    this.#takeOver({ calls: engine.takePending(), events: fates.again, by })
  }

  /** The spare becomes the engine; what the last one had not begun is given to it. */
  #takeOver(legacy: Legacy): void {
    if (this.#endurance.isOver) {
      const error = this.#fail(
        `The engine ended ${this.#endurance.ends} times in a row, so it is not started again by itself. The trace says what ended it.`
      )
      for (const call of legacy.calls) call.reject(error)
      this.#mounted = Promise.reject(error)
      this.#mounted.catch(() => {})
      return
    }
    const spare = this.#spare
    this.#spare = undefined
    // A virtual clock goes on where it stood.
    if (this.#settings.clock === 'virtual') this.#settings = { ...this.#settings, startAt: this.now() }
    this.#mounted = this.#start(spare && !spare.ended ? spare : this.#fork())
    this.#bequeath(legacy)
  }

  /** An heir that ends before it serves leaves what it was to get to the next one. */
  #bequeath(legacy: Legacy): void {
    const stopped = new EngineError(HOST_CODES.stopped, 'The engine process was stopped while it worked on this; see the trace.')
    const mounted = this.#mounted
    mounted.then(
      engine => handOver(legacy, this.#waiting, (name, params) => this.#ask(engine, name, params), stopped),
      error => {
        if (mounted !== this.#mounted && !this.#disposed) this.#bequeath(legacy)
        else for (const call of legacy.calls) call.reject(error)
      }
    )
  }

  /** Asks what the engine before was asked and what still holds. Never rejects. */
  async #askLasting(engine: EngineProcess): Promise<void> {
    await Promise.allSettled(this.#lasting.all.map(([name, params]) => this.#ask(engine, name, params)))
  }

  #fail(message: string): EngineError {
    this.#setStatus({ status: 'failed', message, debugging: false })
    return new EngineError(HOST_CODES.failed, message)
  }

  #setStatus(change: Partial<EngineStatus>): void {
    const { message: _, ...before } = this.#status
    this.#status = { ...before, ...change }
    this.#options.onStatus?.(this.#status)
  }
}

/** Without the keys that say nothing. */
function withoutAbsent<T extends object>(settings: T): Partial<T> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<T>
}

function disposed(): EngineError {
  return new EngineError(HOST_CODES.disposed, 'The engine was shut down.')
}
