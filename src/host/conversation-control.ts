import { type CallParams, type CallResult, type EngineCall, WEBCHAT_HEADERS } from '../protocol/engine.ts'
import type { FromPanel, PanelState, ToPanel } from '../protocol/panel.ts'

export interface ConversationControlOptions {
  state(): PanelState
  /** Asks the engine; rejects while there is none. */
  call<C extends EngineCall>(name: C, params: CallParams<C>): Promise<CallResult<C>>
}

type Written = Omit<FromPanel & { kind: 'writeState' }, 'kind'>

/** What the author does to the conversation between the shown visitor and the bot of now: sends an event, reads and writes what is stored. */
export class ConversationControl {
  #options: ConversationControlOptions

  constructor(options: ConversationControlOptions) {
    this.#options = options
  }

  /** The author sends an event as if the page's visitor had caused it: what is given is what the hook finds in `event.payload` (R19.2). */
  async send(type: string, payload: unknown, times = 1): Promise<void> {
    const isObject = typeof payload === 'object' && payload !== null && !Array.isArray(payload)
    const full = isObject ? { ...payload, type } : { type, payload }
    const headers = { [WEBCHAT_HEADERS.author]: '1' }
    const request = { ...this.#pair(), route: 'events', body: { payload: full }, headers }
    const answers = await Promise.all(Array.from({ length: times }, () => this.#options.call('webchat', request)))
    const refused = answers.find(({ status }) => status !== 200)
    if (refused) throw new Error((refused.body as { message?: string } | null)?.message ?? `Status ${refused.status}`)
  }

  async read(): Promise<ToPanel> {
    return this.#stored(await this.#options.call('readState', this.#pair()))
  }

  async write(parts: Written): Promise<ToPanel> {
    return this.#stored(await this.#options.call('writeState', { ...this.#pair(), ...parts }))
  }

  #stored(stored: CallResult<'readState'>): ToPanel {
    return { kind: 'stored', ...this.#pair(), stored }
  }

  /** @throws Error when there is no bot */
  #pair(): { botId: string; visitorId: string } {
    const { botId, visitorId } = this.#options.state()
    if (botId === undefined) throw new Error('There is no bot to talk to.')
    return { botId, visitorId }
  }
}
