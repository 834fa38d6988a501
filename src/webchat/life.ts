import { isAtLeast, NEWEST, SINCE } from '../botpress/versions.ts'
import { LIFECYCLE_MESSAGES, type LifecycleMessage, MESSAGE_TYPES, RESERVED_EVENT_TYPES } from '../botpress/webchat.ts'
import type { PagePhase, Place } from '../trace/entry.ts'
import { type ChatConfig, configured, merged } from './config.ts'
import { History } from './history.ts'
import type { Outside } from './outside.ts'
import type { BotInfo, ListedConversation } from './types.ts'

const ANIMATION_MS = 300
const DISPLAY_POLL_MS = 250
const SOCKET_LIMIT_MS = 30_000
/** A `userId` of at least so many characters is the visitor id itself (R20.5). */
const VISITOR_ID_LENGTH = 24

export type View = 'widget' | 'side' | 'fullscreen'
type Via = 'sendEvent' | 'sendPayload' | 'widget'

/** The life of a chat on a page, from loading to ready, without drawing anything: sections 20 to 23 of the reference. */
export class Life {
  config: ChatConfig
  botInfo: BotInfo | undefined
  view: View
  /** Set before the animation ends, when `show` was called. */
  isOpen = false
  unread = 0
  /** The page about the bot is seen instead of the conversation. */
  showsBotInfo = false
  readonly history: History
  #outside: Outside
  #listeners = new Set<() => void>()
  #isLoaded = false
  #isInitialised = false
  #isInitialising = false
  #socket: Promise<{ userId: string }> | undefined
  /** How often each socket payload is posted to the page (R21.8, R21.9). */
  #handlers = 0
  #freshVisitor: string | undefined
  readonly #since: (what: keyof typeof SINCE) => boolean

  /** @param version the release of Botpress whose chat this is (section 25) */
  constructor(outside: Outside, config: unknown, viewMode: string, version: string = NEWEST) {
    this.#since = what => isAtLeast(version, SINCE[what])
    this.#outside = outside
    this.config = configured(config)
    this.view = viewMode === 'Embedded' ? 'widget' : 'fullscreen'
    this.isOpen = this.view === 'fullscreen'
    this.history = new History(outside, () => this.#changed())
  }

  /** Events are accepted (R21.1 `webchatReady`). */
  get isInitialised(): boolean {
    return this.#isInitialised
  }

  get phase(): PagePhase {
    if (this.#isInitialised) return 'ready'
    if (!this.#isLoaded) return 'loading'
    return this.isOpen ? 'opening' : 'loaded'
  }

  /** Calls the listener whenever something to be drawn changed. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Loads (R21.3, R21.7, R21.8). Rejects when start-up fails, after which the page hears nothing more of it. */
  async start(): Promise<void> {
    this.#postConfig()
    this.#postConfig()
    const answer = await this.#request('botInfo', {})
    if (answer.status !== 200) throw new Error(`The bot's information could not be fetched: ${reasonOf(answer)}`)
    this.botInfo = answer.body as BotInfo
    this.showsBotInfo = this.botInfo.showBotInfoPage === true
    this.#changed()
    const isLazy = this.config.lazySocket ?? this.botInfo.lazySocket
    if (this.view === 'fullscreen') this.#handlers++
    if (!isLazy) await this.#connect()
    this.#isLoaded = true
    this.#postLife('webchatLoaded')
    this.#postClass()
    if (this.view === 'fullscreen') this.#initialiseWhenDisplayed()
  }

  /** A message from the page: what `inject.js` wraps, or a raw one (R20.2, R20.10). */
  command(action: unknown, payload: unknown, place?: Place): void {
    const { type } = asObject(payload)
    if (action === 'configure') this.#reconfigure(configured(payload))
    else if (action === 'mergeConfig') this.#mergeConfig(payload)
    else if (action === 'event') this.#event(type, payload, place)
    else if (action === 'sendPayload') this.#send(asObject(payload), 'sendPayload', payload, place)
    else if (action === 'new-session') void this.#newSession(this.#outside.newVisitorId())
    else if (action === 'change-user-id' && typeof payload === 'string') void this.#newSession(payload)
  }

  /** Opens (R21.1): told at once, drawn after the animation. */
  show(): void {
    this.#postLife('webchatOpened')
    this.isOpen = true
    this.unread = 0
    this.#changed()
    if (this.view === 'fullscreen') return
    this.#animate('side')
  }

  hide(): void {
    if (this.view === 'fullscreen') return
    this.#postLife('webchatClosed')
    this.isOpen = false
    this.#changed()
    this.#animate('widget')
  }

  toggle(): void {
    if (this.isOpen) this.hide()
    else this.show()
  }

  /** Each press closes, even what is closed (R21.1). */
  escape(): void {
    if (this.config.closeOnEscape) this.hide()
  }

  /** What the visitor types or presses in the chat: not wrapped (R22.7). */
  say(payload: Record<string, unknown>): void {
    this.#send(payload, 'widget', payload)
  }

  async reset(): Promise<void> {
    if (this.#isInitialised) await this.#checked('conversations/reset', { conversationId: this.history.conversationId }, 'session_reset')
  }

  /** The visitor's conversations, the one active last first. Empty when they cannot be had. */
  async conversations(): Promise<ListedConversation[]> {
    const answer = await this.#request('conversations/list', {}).catch(() => undefined)
    return answer?.status === 200 ? (answer.body as { conversations: ListedConversation[] }).conversations : []
  }

  /** Shows one of them. */
  async openConversation(id: string): Promise<void> {
    if (this.#isInitialised) await this.#switchTo(id)
  }

  async newConversation(): Promise<void> {
    if (!this.#isInitialised) return
    const answer = await this.#request('conversations/new', {}).catch(() => undefined)
    if (answer?.status === 200) await this.#switchTo((answer.body as { convoId: string }).convoId)
  }

  /** The messages of the conversation are deleted; the server tells the chat so. */
  async deleteMessages(): Promise<void> {
    if (this.#isInitialised) await this.#checked('messages/delete', { conversationId: this.history.conversationId })
  }

  /** The visitor finds a message good (1) or bad (-1). */
  async rate(messageId: string, feedback: 1 | -1): Promise<void> {
    await this.#checked('saveFeedback', { messageId, feedback })
  }

  toggleBotInfo(): void {
    this.showsBotInfo = !this.showsBotInfo
    this.#changed()
  }

  /** *Start conversation* on the page about the bot (R20.11). */
  startConversation(): void {
    this.showsBotInfo = false
    this.#changed()
    this.say({ type: 'request_start_conversation' })
  }

  #event(type: unknown, payload: unknown, place?: Place): void {
    if (typeof type !== 'string' || !Object.hasOwn(RESERVED_EVENT_TYPES, type)) {
      // The whole object is nested once more (R22.1).
      this.#send({ type, payload }, 'sendEvent', payload, place)
      return
    }
    const { text, conversationId } = asObject(payload)
    if (type === 'message') {
      this.#send({ type: 'text', text }, 'sendEvent', payload, place)
      return
    }
    this.#reportSent('sendEvent', type, payload, 'handled', place)
    if (type === 'show') this.show()
    else if (type === 'hide') this.hide()
    else if (type === 'toggle') this.toggle()
    else if (type === 'toggleBotInfo') this.toggleBotInfo()
    else if (type === 'loadConversation' && this.#isInitialised && typeof conversationId === 'string') void this.#switchTo(conversationId)
  }

  /** The single exit for everything sent: before readiness a warning and nothing else (R20.6), once upon a time a request that came too early. */
  #send(payload: Record<string, unknown>, via: Via, source: unknown, place?: Place): void {
    const type = typeof payload.type === 'string' ? payload.type : undefined
    const given = asObject(source).type
    const givenType = typeof given === 'string' ? given : undefined
    if (!this.#isInitialised && this.#since('dropsEarly')) {
      this.#outside.warn('[webchat] The conversation is not loaded yet, so this event is dropped. Send it after webchatReady.')
      this.#reportSent(via, givenType, source, 'dropped', place)
      return
    }
    this.#reportSent(via, givenType, source, 'posted', place)
    const isMessage = (MESSAGE_TYPES as readonly unknown[]).includes(type) || (type === 'visit' && !this.#since('visitIsEvent'))
    const route = isMessage ? 'messages' : 'events'
    void this.#checked(route, { conversationId: this.history.conversationId, payload }, type)
  }

  #reportSent(via: Via, type: string | undefined, payload: unknown, fate: 'posted' | 'handled' | 'dropped', place?: Place): void {
    this.#outside.report({
      kind: 'page-sent',
      via,
      ...(type !== undefined && { type }),
      payload,
      phase: this.phase,
      fate,
      ...(place && { place })
    })
  }

  #reconfigure(config: ChatConfig): void {
    this.config = config
    this.#postConfig()
    this.#changed()
  }

  /** Only here a changed user id is told to the server (R20.3). */
  #mergeConfig(change: unknown): void {
    const { userId } = this.config
    this.#reconfigure(merged(this.config, change))
    if (this.config.userId && this.config.userId !== userId) void this.#checked('users/customId', { customId: this.config.userId })
  }

  #animate(view: View): void {
    const ms = this.config.disableAnimations ? 0 : ANIMATION_MS
    this.#outside.set(() => {
      this.view = view
      this.#postClass()
      this.#changed()
      if (view !== 'widget') this.#initialiseWhenDisplayed()
    }, ms)
  }

  /** Looks every 250 ms whether the chat is displayed; the first time it is, the conversation is loaded (R21.4). */
  #initialiseWhenDisplayed(): void {
    if (this.#isInitialising) return
    this.#isInitialising = true
    const poll = () => {
      if (this.view === 'widget') this.#outside.set(poll, DISPLAY_POLL_MS)
      else void this.#initialise().catch(error => this.#outside.warn(`[webchat] ${error}`))
    }
    this.#outside.set(poll, DISPLAY_POLL_MS)
  }

  /** Conversations, `webchatReady`, preferences, `visit`, in this order (R21.4, R20.9). */
  async #initialise(): Promise<void> {
    // A lazy chat connects first and then waits for its socket like any other: the page hears the visitor id twice (R21.7).
    if (this.#socket === undefined && this.#freshVisitor === undefined) await this.#connect()
    await this.#connect()
    try {
      await this.history.load(this.config.conversationId)
    } catch (error) {
      // A new conversation is tried, but the chat never becomes ready (R21.10).
      await this.#request('conversations/new', {}).catch(() => {})
      throw error
    }
    this.#isInitialised = true
    this.#changed()
    this.#postLife('webchatReady')
    await this.#request('preferences', {})
    const visit = { type: 'visit', text: 'User visit', ...this.#outside.locale() }
    this.#send(visit, 'widget', visit)
  }

  /** Waits for the socket and tells the page the visitor id, each time (R21.2). */
  async #connect(): Promise<void> {
    const isNew = this.#socket === undefined
    this.#socket ??= this.#withinLimit(
      this.#outside.connect({
        visitorId:
          this.#freshVisitor ?? (this.config.userId && this.config.userId.length >= VISITOR_ID_LENGTH ? this.config.userId : undefined),
        scope: this.config.userIdScope,
        useSessionStorage: this.config.useSessionStorage,
        onPush: (name, payload) => this.#pushed(name, payload)
      })
    )
    const { userId } = await this.#socket
    if (isNew) {
      this.#handlers++
      if (this.config.userId) void this.#checked('users/customId', { customId: this.config.userId })
    }
    this.#post({ userId, chatId: this.config.chatId })
  }

  #withinLimit<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = this.#outside.set(() => reject(new Error('No socket was obtained within 30 seconds.')), SOCKET_LIMIT_MS)
      promise.then(resolve, reject).finally(() => this.#outside.clear(timer))
    })
  }

  /** A new visitor on the same page; the handlers of the old one stay (R20.10, R21.9). */
  async #newSession(visitorId: string): Promise<void> {
    this.#freshVisitor = visitorId
    this.#socket = undefined
    this.#isInitialised = false
    this.history.clear()
    this.#changed()
    await this.#initialise().catch(error => this.#outside.warn(`[webchat] ${error}`))
  }

  /** The page hears it first, once for each handler (R21.2, R21.9, R21.13). */
  #pushed(name: string, payload: Record<string, unknown>): void {
    for (let index = 0; index < this.#handlers; index++) this.#post({ ...payload, chatId: this.config.chatId })
    // Not yet loaded: it is in the history when the chat is opened (R21.11).
    if (!this.#isInitialised || name === 'webchat.data') return
    const { conversationId } = payload
    if (typeof conversationId === 'string' && conversationId !== this.history.conversationId) {
      if (!this.config.conversationId) void this.#switchTo(conversationId)
      return
    }
    if (name === 'webchat.message' && payload.authorId == null) {
      if (!this.isOpen) this.unread++
      if (!(this.config.disableNotificationSound ?? this.botInfo?.disableNotificationSound)) this.#outside.ring?.(this.isOpen)
    }
    this.history.pushed(name, payload)
    this.#changed()
  }

  /** A notice of another conversation makes the chat show that one (R21.12). */
  async #switchTo(conversationId: string): Promise<void> {
    await this.history.load(conversationId).catch(error => this.#outside.warn(`[webchat] ${error}`))
    this.#changed()
  }

  #request(route: string, body: Record<string, unknown>): ReturnType<Outside['request']> {
    return this.#outside.request(route, body)
  }

  /** A request whose refusal is told in the trace. */
  async #checked(route: string, body: Record<string, unknown>, type?: string): Promise<void> {
    const answer = await this.#request(route, body).catch(error => ({ status: 0, body: { message: String(error) } }))
    if (answer.status === 200) return
    this.#outside.warn(`[webchat] ${route}: ${reasonOf(answer)}`)
    this.#outside.report({ kind: 'page-refused', ...(type !== undefined && { type }), status: answer.status, reason: reasonOf(answer) })
  }

  #postConfig(): void {
    this.#postLife('configChanged', JSON.stringify(this.config))
  }

  #postLife(name: LifecycleMessage, payload?: string): void {
    this.#post({ name, chatId: this.config.chatId, payload })
  }

  #postClass(): void {
    const { chatId, className, containerWidth, hideWidget } = this.config
    const hidden = hideWidget && this.view === 'widget' ? ' bp-widget-hidden' : ''
    const value = `bp-widget-web bp-widget-${this.view}${hidden}${className ? ` ${className}` : ''}`
    this.#post({ type: 'setClass', value, chatId })
    if (containerWidth !== undefined && this.view === 'side') this.#post({ type: 'setWidth', value: containerWidth, chatId })
  }

  #post(message: Record<string, unknown>): void {
    const { name } = message
    const isLife = typeof name === 'string' && Object.hasOwn(LIFECYCLE_MESSAGES, name)
    this.#outside.report({ kind: 'page-posted', ...(isLife && { name }), data: message })
    this.#outside.post(message)
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function reasonOf(answer: { status: number; body: unknown }): string {
  const { message } = asObject(answer.body)
  return typeof message === 'string' ? message : `status ${answer.status}`
}
