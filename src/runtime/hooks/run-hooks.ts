import { hookTypeOf } from '../../botpress/hook-types.ts'
import type { Place, RunOfHook } from '../../trace/entry.ts'
import type { BotEvent, ReportInput } from '../api.ts'
import { Watched } from '../changes.ts'
import type { Clock } from '../clock.ts'
import { eventIdOf, type Running, runAs } from '../current.ts'
import { addError, addStep } from '../events/steps.ts'
import type { ModuleLoader } from '../modules/require.ts'
import { problemOf, safeString } from '../problem.ts'
import type { HookStore, Script } from '../scripts/discover.ts'
import type { ScriptRunner } from '../scripts/run.ts'
import { runStaged, StagedFaults } from './faults.ts'

/** A script that may still be at work when it has ended (R3.7). */
const MAY_FLOAT = /\basync\b|\bthen\b|\bset(Timeout|Interval|Immediate)\b|\bPromise\b|\brequire\b/

type HookRef = Omit<RunOfHook, 'eventId'>

export interface HookHost {
  readonly clock: Clock
  readonly root: string
  readonly store: HookStore
  readonly scripts: ScriptRunner
  readonly modules: ModuleLoader
  /** The `bp` of hooks. */
  readonly bp: () => unknown
  process(): object
  printObject(value: unknown): string
  isSandboxed(scope: 'global' | 'bot'): boolean
  report(entry: ReportInput): void
  /** Sends out what was reported, so that whoever watches knows which hook runs before it does. */
  secure(): void
  /** Says that this run has handed back a promise: whatever holds the process from now on may be another. */
  waits(hook: RunOfHook): void
  /** An error of the engine's log, as the server writes it. */
  logError(logger: string, message: string, botId?: string, eventId?: string): void
}

/** Runs all hooks of a type, one after the other (R1.7, R3). */
export class HookRunner {
  readonly #host: HookHost
  #watched = new WeakMap<object, Watched>()
  #active = new Map<string, Running>()
  #refs = new WeakMap<Script, HookRef>()
  #mayFloat = new WeakMap<Script, boolean>()
  /** Failures that somebody staged. */
  readonly faults = new StagedFaults()

  constructor(host: HookHost) {
    this.#host = host
  }

  /** Starts to record what scripts change on an event. */
  watch(event: BotEvent): void {
    this.#watched.set(event, new Watched(event))
  }

  /** The author's hooks of a type, in the order in which they would run. */
  own(typeId: string, botId: string): { name: string; place: Place }[] {
    const scripts = this.#host.store.list(hookTypeOf(typeId)!, botId)
    return scripts.filter(({ native }) => !native).map(({ name, file }) => ({ name, place: { file } }))
  }

  /** The hook in which an event is at the moment. */
  activeFor(eventId: string): Running | undefined {
    return this.#active.get(eventId)
  }

  /**
   * @param args without `bp`, in the order of the type's table
   * @throws only for types that fail their caller (R3.13)
   */
  async run(typeId: string, args: Record<string, unknown>): Promise<void> {
    const type = hookTypeOf(typeId)
    if (!type) throw new Error(`Botpress has no hook type "${typeId}"`)
    const event = args.event as BotEvent | undefined
    // The first truthy of the two names the bot (R1.2).
    const botId = (event?.botId || args.botId) as string | undefined
    // What others changed since the last hook is not this hook's doing.
    const watched = event && this.#watched.get(event)
    let mayHaveChanged = true
    for (const script of this.#host.store.list(type, botId || undefined)) {
      if (mayHaveChanged) watched?.changes()
      mayHaveChanged = this.#outlives(script)
      const sandboxed = this.#host.isSandboxed(script.scope)
      const error = await this.#one(typeId, script, args, sandboxed)
      if (error && type.throwOnError && sandboxed) throw error.thrown
    }
  }

  /** How the trace names a hook: the same object for all of its runs. */
  #refOf(hookType: string, script: Script): HookRef {
    const { relativePath: name, scope, botId, file } = script
    let ref = this.#refs.get(script)
    if (!ref) {
      ref = { hookType, name, scope, ...(botId !== undefined && { botId }), place: { file } }
      this.#refs.set(script, ref)
    }
    return ref
  }

  /** Whether it may change something after it has ended. */
  #outlives(script: Script): boolean {
    let known = this.#mayFloat.get(script)
    if (known === undefined) {
      known = script.native !== undefined || MAY_FLOAT.test(script.code)
      this.#mayFloat.set(script, known)
    }
    return known
  }

  async #one(
    hookType: string,
    script: Script,
    args: Record<string, unknown>,
    sandboxed: boolean
  ): Promise<{ thrown: unknown } | undefined> {
    const { report, clock, root } = this.#host
    const event = args.event as BotEvent | undefined
    if (script.native) return this.#stock(script, event, args)
    const watched = event && this.#watched.get(event)
    const named = event && eventIdOf(event)
    const ref = { ...(named !== undefined && { eventId: named }), ...this.#refOf(hookType, script) }
    const now: Running = { eventId: named, by: 'hook', name: script.relativePath, file: script.file, hookType, ended: false }
    // A script may change the id.
    const eventId = event?.id
    if (eventId !== undefined) this.#active.set(eventId, now)
    const started = clock.now()
    const fault = this.faults.of(script)
    report({ kind: 'hook-started', ...ref, ...(fault && { staged: fault.what }) })
    this.#host.secure()
    let awaited = false
    let failure: { thrown: unknown } | undefined
    try {
      const run = () => this.#host.scripts.run(script, { bp: this.#host.bp(), ...args }, this.#options(script, sandboxed))
      const returned = runAs(now, () => (fault ? runStaged(fault, script, clock, run) : run()))
      if (isThenable(returned)) {
        awaited = true
        this.#host.waits(ref)
        await returned
      }
    } catch (error) {
      failure = { thrown: error }
    }
    now.ended = true
    if (eventId !== undefined) this.#active.delete(eventId)
    if (failure) this.#failed(hookType, script, failure.thrown, event, args)
    if (event?.debugger) addStep(event, `hook:${stepName(script)}:${failure ? 'error' : 'completed'}`, clock)
    report({
      kind: 'hook-ended',
      ...ref,
      outcome: failure ? 'failed' : 'completed',
      ms: clock.now() - started,
      awaited,
      ...(failure && { error: problemOf(failure.thrown, script.file, root) }),
      changes: watched?.changes() ?? []
    })
    return failure
  }

  /** A stock hook: part of the server, so it stands in the trace by what it does only. */
  async #stock(script: Script, event: BotEvent | undefined, args: Record<string, unknown>): Promise<undefined> {
    let failed = false
    try {
      const now: Running = { eventId: event && eventIdOf(event), by: 'server', name: script.relativePath, ended: false }
      const given = event ? args : { ...args, process: this.#host.process() }
      await runAs(now, () => script.native!.run(event as BotEvent, this.#host.bp(), given))
    } catch {
      failed = true
    }
    if (event) addStep(event, `hook:${stepName(script)}:${failed ? 'error' : 'completed'}`, this.#host.clock)
    return undefined
  }

  #failed(hookType: string, script: Script, error: unknown, event: BotEvent | undefined, args: Record<string, unknown>): void {
    if (event) addError(event, 'hook', error)
    const botId = (event?.botId ?? args.botId) as string | undefined
    this.#host.logError(
      'HookService',
      `An error occurred on "${script.relativePath}" on "${hookType}". ${safeString(error)}`,
      botId,
      event?.id
    )
  }

  #options(script: Script, sandboxed: boolean) {
    const { modules, printObject } = this.#host
    return { sandboxed, require: modules.for(script), process: this.#host.process(), printObject }
  }
}

const stepName = ({ name }: Script) => name.replace(/\.js$/, '')

/** Anything truthy with a callable `then` is waited for (R3.6). */
function isThenable(value: unknown): value is PromiseLike<unknown> {
  return Boolean(value) && typeof (value as { then?: unknown }).then === 'function'
}
