/** `window.voiceflow.chat` without a browser: what becomes of proactive messages (W1 to W16 of the reference on its web chat). Draws nothing; no DOM, no Node. */

export interface Bubble {
  /** Counts from 1 within a page. */
  id: number
  trace: { type?: unknown; payload?: { message?: unknown } | undefined }
}

/**
 * - `drawn`: seen beside the launcher
 * - `ignored`: of a type that is not drawn (W4)
 * - `chat-open`, `widget-hidden`: kept, and seen later (W8)
 * - `dismissed`: hidden with the whole stack, until the next one is pushed (W10)
 */
export type BubbleState = 'drawn' | 'ignored' | 'chat-open' | 'widget-hidden' | 'dismissed'
/** What became of a call: `lost` before `load` has resolved (W1), `no-effect` in embedded mode (W2). */
export type CallFate = 'done' | 'lost' | 'no-effect'

export interface VoiceflowOutside {
  /** A JSON string to the page itself, as by `window.postMessage` (W17). */
  post(message: string): void
  warn(text: string): void
  /** Told of each call and what became of it. */
  called(call: { name: string; fate: CallFate; traces?: Bubble['trace'][] }): void
  onChange?(): void
}

interface LoadConfig {
  verify?: { projectID?: unknown }
  render?: { mode?: unknown }
}

export class VoiceflowChat {
  isOpen = false
  isShown = true
  isDismissed = false
  isLoaded = false
  #outside: VoiceflowOutside
  #queue: Bubble[] = []
  #lastId = 0
  #isEmbedded = false
  #isIdle = true

  constructor(outside: VoiceflowOutside) {
    this.#outside = outside
  }

  readonly proactive = {
    push: (...traces: Bubble['trace'][]): void => {
      if (!this.#call('proactive.push', traces)) return
      for (const trace of traces) this.#queue.push({ id: ++this.#lastId, trace })
      // The old ones come back with the new one (W10).
      if (traces.length > 0) this.isDismissed = false
      this.#changed()
    },
    clear: (): void => {
      if (!this.#call('proactive.clear')) return
      this.#queue = []
      this.#changed()
    }
  }

  /** Resolves once the API is live (W1, W3). */
  async load(config: LoadConfig): Promise<void> {
    if (config?.verify?.projectID === undefined) throw new Error('verify.projectID is needed')
    // The project's settings are fetched: whatever is called meanwhile is lost.
    await Promise.resolve()
    this.#isEmbedded = config.render?.mode === 'embedded'
    this.isLoaded = true
    this.#queue = []
    this.#outside.called({ name: 'load', fate: 'done' })
    this.#changed()
  }

  destroy(): void {
    this.isLoaded = false
    this.#queue = []
    this.#changed()
  }

  open(): void {
    if (!this.#call('open')) return
    this.isOpen = true
    this.#post('voiceflow:open')
    if (this.#isIdle) {
      this.#isIdle = false
      this.#post('voiceflow:interact', { session: {}, action: { type: 'launch' } })
      this.#post('voiceflow:save_session', {})
    }
    this.#changed()
  }

  close(): void {
    if (!this.#call('close')) return
    this.isOpen = false
    this.#post('voiceflow:close')
    this.#post('voiceflow:save_session', {})
    this.#changed()
  }

  show(): void {
    if (!this.#call('show')) return
    this.isShown = true
    this.#changed()
  }

  hide(): void {
    if (!this.#call('hide')) return
    this.isShown = false
    this.#changed()
  }

  async interact(action: unknown): Promise<void> {
    if (!this.#call('interact')) return
    this.#isIdle = false
    this.#post('voiceflow:interact', { session: {}, action })
    this.#post('voiceflow:save_session', {})
  }

  /** The visitor presses the X: the whole stack is hidden (W10). */
  dismiss(): void {
    this.isDismissed = true
    this.#changed()
  }

  /** Everything that was pushed and not cleared, in order. */
  get bubbles(): (Bubble & { state: BubbleState; text: string })[] {
    return this.#queue.map(bubble => ({ ...bubble, state: this.#stateOf(bubble), text: textOf(bubble) }))
  }

  #stateOf({ trace }: Bubble): BubbleState {
    if (trace?.type !== 'text') return 'ignored'
    if (this.isOpen) return 'chat-open'
    if (!this.isShown) return 'widget-hidden'
    return this.isDismissed ? 'dismissed' : 'drawn'
  }

  /** Before `load`, and in embedded mode, a warning and nothing else (W1, W2). */
  #call(name: string, traces?: Bubble['trace'][]): boolean {
    const fate: CallFate = !this.isLoaded ? 'lost' : this.#isEmbedded && name !== 'interact' ? 'no-effect' : 'done'
    this.#outside.called({ name, fate, ...(traces && { traces }) })
    if (fate === 'lost')
      this.#outside.warn(`[voiceflow] ${name}: the chat is not loaded yet, so this does nothing. Wait for the promise of load().`)
    if (fate === 'no-effect') this.#outside.warn(`[voiceflow] ${name} does nothing in embedded mode.`)
    return fate === 'done'
  }

  #post(type: string, payload?: unknown): void {
    this.#outside.post(JSON.stringify({ type, ...(payload !== undefined && { payload }) }))
  }

  #changed(): void {
    this.#outside.onChange?.()
  }
}

/** The text is shown as it is; without one the word `undefined` (W5). */
const textOf = ({ trace }: Bubble): string => String(trace?.payload?.message)
