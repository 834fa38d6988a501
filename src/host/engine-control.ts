import { resolve } from 'node:path'
import type { CallParams, CallResult, EngineCall, Push } from '../protocol/engine.ts'
import type { PanelState } from '../protocol/panel.ts'
import type { TraceLog } from '../trace/log.ts'
import { EngineError } from './engine-error.ts'
import { EngineHost } from './engine-host.ts'
import { EngineKeeper } from './engine-keeper.ts'
import type { SimulatorOptions } from './simulator-options.ts'

const UNTRUSTED = 'Hooks are code: nothing runs until this workspace is trusted.'
export const NO_BOTS = 'No Botpress folder was found: a folder with data/global or data/bots in it.'

/** Calls that make something happen at the time of now. */
const CAUSES: readonly EngineCall[] = ['webchat', 'send', 'timeOut', 'writeState', 'endSession', 'hooks']

export interface EngineControlOptions {
  given: SimulatorOptions
  trace: TraceLog
  /** The Botpress folder, where there is one. */
  root(): string | undefined
  /** There is something to play besides Botpress. */
  hasOthers(): boolean
  /** The virtual clock's time; undefined while the clock is real. */
  now(): number | undefined
  externalUrl(): string
  onPush(push: Push): void
  onStatus(status: Pick<PanelState, 'status'> & { message?: string | undefined; debugging?: boolean }): void
}

/** Whether the engine runs, and the way to it: there is none before the workspace is trusted and a Botpress folder was found. */
export class EngineControl {
  readonly keeper = new EngineKeeper(() => this.#host)
  #options: EngineControlOptions
  #host: EngineHost | undefined
  #isTrusted: boolean

  constructor(options: EngineControlOptions) {
    this.#options = options
    this.#isTrusted = options.given.trusted !== false
  }

  /** It was started, whatever became of it. */
  get isThere(): boolean {
    return this.#host !== undefined
  }

  get isTrusted(): boolean {
    return this.#isTrusted
  }

  /** Starts it for the first time, if it may. */
  begin(): void {
    if (this.#host) return
    if (this.#isTrusted) this.#start()
    else this.#options.onStatus({ status: 'untrusted', message: UNTRUSTED })
  }

  /** The workspace is trusted from now on. */
  trust(): void {
    this.#isTrusted = true
  }

  /** Starts it, also once more after it failed. */
  async again(hasFailed: boolean): Promise<void> {
    if (this.#host && hasFailed) await this.#host.restart()
    else this.begin()
  }

  /** Resolves when it is ready. @throws EngineError with a sentence when there can be none */
  async ready(): Promise<void> {
    if (!this.#host) throw this.#missing()
    await this.#host.ready()
  }

  /** Asks it. @throws EngineError */
  async call<C extends EngineCall>(name: C, params: CallParams<C>): Promise<CallResult<C>> {
    if (!this.#host) throw this.#missing()
    // What a page causes while time is on its way happens then, not when the engine last had something to do.
    const now = this.#options.now()
    if (now !== undefined && CAUSES.includes(name)) await this.keeper.runTo(now)
    return this.#host.call(name, params)
  }

  /** Tells it, where it runs. */
  async tell<C extends EngineCall>(name: C, params: CallParams<C>): Promise<void> {
    await this.#host?.call(name, params).catch(() => {})
  }

  /** Ends the engine's process and goes on in another over what is stored: what was only in memory is gone. */
  async restartAt(now: number): Promise<void> {
    await this.#host?.restart({ startAt: now })
  }

  /** Begins anew over its storage, with another clock. */
  async changeClock(startAt: number | undefined): Promise<void> {
    await this.#host?.restart({ clock: startAt === undefined ? 'real' : 'virtual', startAt })
  }

  async dispose(): Promise<void> {
    await this.#host?.dispose()
  }

  #start(): void {
    const { given, trace, root, hasOthers, now, externalUrl, onPush, onStatus } = this.#options
    const folder = root()
    if (folder === undefined) {
      onStatus(hasOthers() ? { status: 'ready', message: undefined } : { status: 'no-bots', message: NO_BOTS })
      return
    }
    const { dist, engine, execPath, debuggable, storage, hookLimitMs, stuckAfterMs, botpressVersion, network } = given
    const startAt = now()
    this.#host = EngineHost.open({
      entry: engine ?? resolve(dist, 'engine.js'),
      execPath,
      debuggable,
      hookLimitMs,
      trace,
      settings: {
        root: folder,
        storage,
        stuckAfterMs,
        botpressVersion,
        clock: startAt === undefined ? 'real' : 'virtual',
        startAt,
        network: network?.(),
        externalUrl: externalUrl()
      },
      onPush,
      onStatus
    })
    onStatus(this.#host.status)
  }

  #missing(): EngineError {
    return this.#isTrusted ? new EngineError('NO_BOTS', NO_BOTS) : new EngineError('NOT_TRUSTED', UNTRUSTED)
  }
}
