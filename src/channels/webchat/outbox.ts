import { isAtLeast, NEWEST, SINCE } from '../../botpress/versions.ts'
import type { BotEvent, EngineApi } from '../../runtime/api.ts'
import { TYPING_MS } from './config.ts'
import type { Message, WebchatStore, WebUser } from './store.ts'

/** What leaves for the visitor's browser. Every message is reported before it is pushed. */
export class Outbox {
  #engine: EngineApi
  #store: WebchatStore
  #open = new Set<string>()

  constructor(engine: EngineApi, store: WebchatStore) {
    this.#engine = engine
    this.#store = store
  }

  /** A page of the visitor came or went: decides what counts as shown. */
  socket(visitorId: string, open: boolean): void {
    if (open) this.#open.add(visitorId)
    else this.#open.delete(visitorId)
  }

  /** A stored message, the visitor's own (echo, R19.3) or the bot's (R19.6). */
  message(user: WebUser, message: Message, eventId?: string): void {
    const by = message.authorId === undefined ? 'bot' : 'visitor'
    this.#report(user, by, 'message', message.payload, message.conversationId, eventId, message.id)
    // Pages knew the type by this name before 12.26 (R21.2).
    const old = isAtLeast(this.#engine.settings.botpressVersion ?? NEWEST, SINCE.messagingIds) ? {} : { message_type: message.payload.type }
    this.#push(user, 'webchat.message', { ...message, ...old })
  }

  cleared(user: WebUser, conversationId: string): void {
    this.#report(user, 'bot', 'clear', {}, conversationId)
    this.#push(user, 'webchat.clear', { conversationId })
  }

  /** The middleware `web.sendMessages`: R19.6 to R19.8. */
  deliver(event: BotEvent): void {
    const user = this.#store.userById(event.botId, event.target)
    if (!user) {
      const reason = `No visitor of ${event.botId} has the id ${event.target}, so the web channel does not send this.`
      this.#engine.report({ kind: 'log', level: 'warn', logger: 'channel-web', message: reason, botId: event.botId, eventId: event.id })
      this.#engine.report({ kind: 'reply-lost', eventId: event.id, reason })
      return
    }
    if (event.type === 'default') event.type = 'text'
    const payload: Record<string, unknown> = event.payload ?? {}
    if (!payload.type) payload.type = event.type

    if (payload.type === 'data') {
      this.#report(user, 'bot', 'data', payload, event.threadId, event.id)
      this.#push(user, 'webchat.data', payload)
      return
    }
    const conversationId = event.threadId ?? (this.#store.recentConversation(user) ?? this.#store.newConversation(user)).id
    if (payload.typing === true || payload.type === 'typing') {
      const timeInMs = payload.type === 'typing' && payload.value ? payload.value : TYPING_MS
      this.#report(user, 'bot', 'typing', { timeInMs }, conversationId, event.id)
      this.#push(user, 'webchat.typing', { timeInMs, conversationId })
    }
    if (payload.type === 'typing') return
    const message = this.#store.addMessage(conversationId, undefined, payload)
    event.messageId = message.id
    this.message(user, message, event.id)
  }

  #report(
    user: WebUser,
    by: 'bot' | 'visitor',
    what: 'message' | 'typing' | 'data' | 'clear',
    payload: unknown,
    conversationId?: string,
    eventId?: string,
    messageId?: string
  ): void {
    this.#engine.report({
      kind: 'chat-received',
      visitorId: user.visitorId,
      botId: user.botId,
      conversationId,
      eventId,
      messageId,
      what,
      by,
      payload,
      shown: this.#open.has(user.visitorId)
    })
  }

  /** Every socket payload carries its room (R21.2). */
  #push(user: WebUser, name: string, payload: Record<string, unknown>): void {
    this.#engine.push({ visitorId: user.visitorId, botId: user.botId, name, payload: { ...payload, __room: `visitor:${user.visitorId}` } })
  }
}
