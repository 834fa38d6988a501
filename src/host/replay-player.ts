import { setTimeout as delay } from 'node:timers/promises'
import type { CallParams, CallResult, EngineCall } from '../protocol/engine.ts'
import type { FromPanel, PanelState } from '../protocol/panel.ts'
import type { EntryOf } from '../trace/entry.ts'
import type { RecordedDeed } from '../trace/recording/recording.ts'
import type { Gesture } from '../trace/stage-entries.ts'

/** How long events may take before a server is started anew, ms. */
const SETTLE_MS = 5000
/** How often and how long it is tried to say or press something, ms. */
const TRY_MS = 100
const OFFERED_MS = 5000

export interface PlayerOptions {
  state(): PanelState
  handle(message: FromPanel): Promise<void>
  call<C extends EngineCall>(name: C, params: CallParams<C>): Promise<CallResult<C>>
}

/** Does deeds by the simulator's own controls. */
export class Player {
  readonly #options: PlayerOptions
  readonly #reversed: boolean
  /** Ids of the visitors of then to those of now. */
  readonly #visitors = new Map<string, string>()

  constructor(options: PlayerOptions, first: string | undefined, reversed: boolean) {
    this.#options = options
    this.#reversed = reversed
    if (first !== undefined) this.#visitors.set(first, options.state().visitorId)
  }

  async wait(ms: number): Promise<void> {
    if (ms <= 0) return
    const { state, handle } = this.#options
    if (state().clock.kind === 'virtual') await handle({ kind: 'clock', command: { do: 'advance', ms } })
    else await delay(ms)
  }

  async play({ deed, visitorId, tab }: RecordedDeed): Promise<void> {
    const { handle, state } = this.#options
    const { conditions } = state()
    switch (deed.do) {
      case 'page':
        await this.#show(visitorId, tab)
        return handle({ kind: 'choose', page: deed.page })
      case 'gesture':
        await this.#show(visitorId, tab)
        return this.#gesture(deed.gesture)
      case 'visitor':
        return this.#visitor(deed.change)
      case 'line':
        return handle({
          kind: 'conditions',
          conditions: { ...conditions, line: this.#reversed ? { ...deed.line, order: 'reversed' } : deed.line }
        })
      case 'faults':
        return handle({ kind: 'conditions', conditions: { ...conditions, hooks: deed.faults } })
      case 'mount':
        return handle({
          kind: 'conditions',
          conditions: { ...conditions, unmounted: conditions.unmounted.filter(id => id !== deed.botId) }
        })
      case 'unmount':
        return handle({ kind: 'conditions', conditions: { ...conditions, unmounted: [...conditions.unmounted, deed.botId] } })
      case 'state':
        await this.#show(visitorId)
        return handle({ kind: 'writeState', ...deed.state })
      case 'send':
        await this.#show(visitorId)
        if (deed.as !== 'visitor') return handle({ kind: 'send', type: deed.type, payload: deed.payload })
        return this.#message(deed.payload)
      case 'event':
        // Pressing the button of the built-in page again sends it.
        return
      case 'save':
        // It is played with the files as they are now.
        return
      case 'restart':
        // What was under way then had come to its end.
        await this.#options.call('settle', { ms: SETTLE_MS })
        return handle({ kind: 'restartServer' })
      case 'clock':
        return this.wait(deed.ms)
    }
  }

  /** What is said or pressed waits until the chat offers it: it may be opening still, or the bot typing. */
  async #gesture(gesture: Gesture): Promise<void> {
    const waits = gesture.do === 'say' || gesture.do === 'choose'
    for (let passed = 0; ; passed += TRY_MS) {
      try {
        return await this.#options.handle({ kind: 'gesture', gesture })
      } catch (error) {
        if (!waits || passed >= OFFERED_MS) throw error
        await this.wait(TRY_MS)
      }
    }
  }

  /** What the visitor sent by a part of the chat that is no text. */
  async #message(payload: unknown): Promise<void> {
    const { state, call } = this.#options
    const { botId, visitorId } = state()
    if (botId === undefined) throw new Error('There is no bot to talk to.')
    const { status, body } = await call('webchat', { botId, visitorId, route: 'messages', body: { payload } })
    if (status !== 200) throw new Error((body as { message?: string } | null)?.message ?? `Status ${status}`)
  }

  /** Tabs of a visitor are counted anew in the same order. */
  async #show(visitorId: string | undefined, tab?: number): Promise<void> {
    const { handle, state } = this.#options
    const now = visitorId === undefined ? undefined : this.#visitors.get(visitorId)
    if (now !== undefined && now !== state().visitorId) await handle({ kind: 'visitor', command: { do: 'show', visitorId: now } })
    const shown = state().visitors.find(({ id }) => id === state().visitorId)
    const isThere = shown?.tabs.some(one => one.tab === tab)
    if (tab !== undefined && isThere && shown!.tab !== tab) await handle({ kind: 'visitor', command: { do: 'showTab', tab } })
  }

  async #visitor({ visitorId, what, tab, page, language, attributes }: EntryOf<'visitor-changed'>): Promise<void> {
    const { handle, state } = this.#options
    if (what === 'new') {
      await handle({
        kind: 'visitor',
        command: { do: 'add', ...(language !== undefined && { language }), ...(attributes && { attributes }) }
      })
      this.#visitors.set(visitorId, state().visitorId)
      return
    }
    await this.#show(visitorId)
    const command = {
      shown: undefined,
      removed: undefined,
      returned: { do: 'return' },
      expired: { do: 'expire' },
      'new-conversation': { do: 'newConversation' },
      'signed-in': { do: 'signIn', attributes: attributes ?? {} },
      language: { do: 'language', ...(language !== undefined && { language }) },
      'tab-opened': { do: 'openTab', ...(page !== undefined && { page }) },
      'tab-closed': { do: 'closeTab', tab: tab ?? 1 },
      'tab-shown': { do: 'showTab', tab: tab ?? 1 }
    } as const
    const wanted = command[what]
    if (wanted) await handle({ kind: 'visitor', command: wanted })
  }
}
