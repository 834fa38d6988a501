import type { Place } from '../../trace/entry.ts'
import type { PageRef, PageReport } from '../../webchat/page-report.ts'
import type { Browser } from './browser.ts'
import { Chat } from './chat.ts'
import type { Surroundings } from './surroundings.ts'
import type { TimerQueue } from './timer-queue.ts'

export interface PageApiOptions {
  ref: PageRef
  around: Surroundings
  browser: Browser
  tabStorage: Map<string, string>
  /** Tasks of the page: what is posted between page and frame arrives one task later. */
  tasks: TimerQueue
  /** A message for the page's listeners. */
  post(message: unknown): void
  /** Where in the page's own files the call stands that is being made. */
  place(): Place | undefined
  warn(text: string): void
}

/** `window.botpressWebChat` (R20.1 to R20.3) of a page without a browser, and the chats that it began. */
export class PageApi {
  readonly chats = new Map<string | undefined, Chat>()
  #options: PageApiOptions

  constructor(options: PageApiOptions) {
    this.#options = options
  }

  /** The chat that steps mean when they name none. */
  get chat(): Chat | undefined {
    return this.chats.values().next().value
  }

  init(config: Record<string, unknown>): void {
    const { ref, around, browser, tabStorage, tasks } = this.#options
    const chatId = config.chatId as string | undefined
    this.chats.get(chatId)?.end()
    const post = (message: unknown) => void tasks.set(() => this.#options.post(message), 0)
    const chat = new Chat({ config, ref, around, browser, tabStorage, post })
    this.chats.set(chatId, chat)
    tasks.set(() => chat.begin(), 0)
  }

  configure = (config: unknown, chatId?: string) => this.call('configure', config, chatId)
  mergeConfig = (config: unknown, chatId?: string) => this.call('mergeConfig', config, chatId)
  sendEvent = (payload: unknown, chatId?: string) => this.call('event', payload, chatId)
  sendPayload = (payload: unknown, chatId?: string) => this.call('sendPayload', payload, chatId)

  call(action: string, payload: unknown, chatId?: string): void {
    const { tasks } = this.#options
    const place = this.#options.place()
    const chat = this.chats.get(chatId)
    if (!chat) {
      const which = chatId === undefined ? 'without a chatId' : `“${chatId}”`
      this.#options.warn(`[botpressWebChat] ${action}: ${this.chats.size === 0 ? 'init was not called yet' : `there is no chat ${which}`}.`)
      this.#lost(action, payload, 'before-init', place)
      return
    }
    const copy = clone(payload)
    // What is posted to a frame whose document is not there yet reaches nobody, ever.
    if (!chat.listens) this.#lost(action, copy, 'loading', place)
    else tasks.set(() => void chat.receive(action, copy, place), 0)
  }

  end(): void {
    for (const chat of this.chats.values()) chat.end()
  }

  #lost(action: string, payload: unknown, phase: 'before-init' | 'loading', place: Place | undefined): void {
    if (action !== 'event' && action !== 'sendPayload') return
    const type = (payload as { type?: unknown } | null)?.type
    const report: PageReport = {
      kind: 'page-sent',
      via: action === 'event' ? 'sendEvent' : 'sendPayload',
      ...(typeof type === 'string' && { type }),
      payload,
      phase,
      fate: 'dropped',
      ...(place && { place })
    }
    this.#options.around.report({ ...report, ...this.#options.ref } as never)
  }
}

/** As `postMessage` hands it over; what cannot be handed over fails there as well. */
function clone(payload: unknown): unknown {
  return payload === undefined ? undefined : structuredClone(payload)
}
