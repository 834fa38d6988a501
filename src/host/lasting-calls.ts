import type { CallParams, EngineCall } from '../protocol/engine.ts'

type Call = { [C in EngineCall]: [C, CallParams<C>] }[EngineCall]

/** What an engine was asked and what holds until it is taken back. An engine that takes over has to be asked the same. */
export class LastingCalls {
  #sockets = new Set<string>()
  #unmounted = new Set<string>()
  #faults: CallParams<'faults'> = { faults: [] }

  /** Notes a call that was answered. */
  note(...[name, params]: Call): void {
    if (name === 'socket') toggle(this.#sockets, params.visitorId, params.open)
    if (name === 'mount' || name === 'unmount') toggle(this.#unmounted, params.botId, name === 'unmount')
    if (name === 'faults') this.#faults = params
    if (name !== 'renew') return
    // The pages of a browser are still there; the rest was the engine's.
    this.#unmounted.clear()
    this.#faults = { faults: [] }
  }

  /** What a new engine is to be asked. */
  get all(): Call[] {
    const sockets = [...this.#sockets].map((visitorId): Call => ['socket', { visitorId, open: true }])
    const unmounted = [...this.#unmounted].map((botId): Call => ['unmount', { botId }])
    return [...sockets, ...unmounted, ...(this.#faults.faults.length > 0 ? [['faults', this.#faults] as Call] : [])]
  }
}

function toggle(names: Set<string>, name: string, isIn: boolean): void {
  if (isIn) names.add(name)
  else names.delete(name)
}
