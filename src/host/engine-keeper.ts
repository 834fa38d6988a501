import type { CallParams, CallResult, EngineCall } from '../protocol/engine.ts'
import type { TimeKeeper } from './shared-clock.ts'

/** What the keeper needs of the engine's host. */
export interface ClockedEngine {
  call<C extends EngineCall>(name: C, params: CallParams<C>): Promise<CallResult<C>>
  /** The engine's time, ms since 1970. */
  now(): number
}

/** The engine as one of those who keep the virtual time. While none runs it has nothing due. */
export class EngineKeeper implements TimeKeeper {
  readonly name = 'the engine'
  #engine: () => ClockedEngine | undefined

  constructor(engine: () => ClockedEngine | undefined) {
    this.#engine = engine
  }

  async nextDue(): Promise<number | undefined> {
    return (await this.#engine()?.call('nextDue', {}))?.at
  }

  async runTo(at: number): Promise<void> {
    const engine = this.#engine()
    const ms = engine ? at - engine.now() : 0
    if (engine && ms > 0) await engine.call('advance', { ms, quiet: true })
  }

  async runAhead(limit: number): Promise<{ now: number; ran?: number }> {
    return (await this.#engine()?.call('runAhead', { to: limit })) ?? { now: limit }
  }
}
