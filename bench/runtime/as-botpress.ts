/**
 * Runs hooks the way Botpress does: a new `NodeVM` for each hook and event, with the options of R3.2, one hook after the other, awaiting what a hook returns (R3.6).
 * Nothing else of a server is here, no queue, no state, no database: what is measured is the least that a Botpress server needs.
 */
import { createRequire } from 'node:module'
import { type Measured, percentile } from './measure.ts'

const { NodeVM } = createRequire(import.meta.url)('vm2') as {
  NodeVM: new (options: object) => { run(code: string, file: string): unknown }
}

const SKIP = Symbol.for('skipDialogEngine')
const bp = { IO: { WellKnownFlags: { SKIP_DIALOG_ENGINE: SKIP } }, events: { replyToEvent: async () => {} } }

class SampleEvent {
  type = 'visit-shop'
  payload = { text: 'hello' }
  botId = 'shop'
  channel = 'web'
  target = 'visitor'
  flags: Record<symbol, unknown> = {}
  state = { user: {}, session: { lastMessages: [], workflows: {} }, temp: {}, context: {} }
  setFlag(flag: symbol, value: unknown): void {
    this.flags[flag] = value
  }
}

export class AsBotpress {
  readonly #hooks: readonly { name: string; code: string }[]
  #process = { env: {}, HOST: 'localhost', PORT: 3000 }

  constructor(hooks: readonly { name: string; code: string }[]) {
    this.#hooks = hooks
  }

  async measure(ms: number): Promise<Measured> {
    const times: number[] = []
    const began = performance.now()
    while (performance.now() - began < ms) {
      const start = performance.now()
      await this.#event()
      times.push(performance.now() - start)
    }
    return { perSecond: (times.length / (performance.now() - began)) * 1000, p50: percentile(times, 0.5), p95: percentile(times, 0.95) }
  }

  async #event(): Promise<void> {
    const event = new SampleEvent()
    for (const { name, code } of this.#hooks) {
      const machine = new NodeVM({
        wrapper: 'none',
        console: 'inherit',
        sandbox: { bp, event, process: this.#process, printObject: String },
        timeout: 1000,
        require: { external: true, mock: new Proxy({}, { get: () => undefined }) }
      })
      const returned = machine.run(code, name)
      if (returned && typeof (returned as Promise<unknown>).then === 'function') await returned
    }
    if (!event.flags[SKIP]) throw new Error('the hooks did not run')
  }
}
