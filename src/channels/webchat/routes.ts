import { isAtLeast, NEWEST, SINCE } from '../../botpress/versions.ts'
import { attributesOfVisit } from '../../botpress/webchat.ts'
import { WEBCHAT_HEADERS } from '../../protocol/engine.ts'
import type { BotEvent, EngineApi } from '../../runtime/api.ts'
import { milliseconds } from '../../runtime/durations.ts'
import type { Origin } from '../../trace/entry.ts'
import { ACCEPTED_MESSAGE_TYPES, configOf, MAX_VISITOR_ID_LENGTH, TEXTLESS_MESSAGE_TYPES, type WebchatConfig } from './config.ts'
import type { Outbox } from './outbox.ts'
import type { Conversation, WebchatStore, WebUser } from './store.ts'

/** A refusal, as the HTTP status and sentence the widget gets. */
export class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

type Body = Record<string, unknown>
type Payload = Record<string, unknown>

/** Who asks, and what. */
interface Request {
  user: WebUser
  body: Body
  from: Origin
}

/** The routes of channel-web below `/api/v1/bots/:botId/mod/channel-web` (R19.1 to R19.5). */
export class Routes {
  #engine: EngineApi
  #store: WebchatStore
  #outbox: Outbox
  #table: Record<string, (request: Request) => unknown>

  constructor(engine: EngineApi, store: WebchatStore, outbox: Outbox) {
    this.#engine = engine
    this.#store = store
    this.#outbox = outbox
    this.#table = {
      events: request => this.#event(request),
      messages: request => this.#message(request),
      'messages/delete': request => this.#deleteMessages(request),
      'conversations/list': request => this.#list(request),
      'conversations/get': request => this.#get(request),
      'conversations/new': ({ user }) => ({ convoId: this.#store.newConversation(user).id }),
      'conversations/reset': request => this.#reset(request),
      'conversations/reference': request => this.#reference(request),
      'users/customId': request => this.#customId(request),
      preferences: ({ user }) => ({
        language: this.#engine.users.getOrCreate('web', user.userId, user.botId).result.attributes.language ?? null
      }),
      botInfo: ({ user }) => this.#botInfo(user.botId),
      saveFeedback: request => this.#feedback(request)
    }
  }

  /** @throws Refusal */
  async answer(botId: string, visitorId: string, route: string, body: unknown, headers: Record<string, string>): Promise<unknown> {
    if (!this.#engine.bots.config(botId)) throw new Refusal(404, this.#engine.bots.whyNone(botId))
    if (this.#engine.bots.isUnmounted(botId)) throw new Refusal(404, `The bot “${botId}” is not mounted.`)
    if (visitorId.length > MAX_VISITOR_ID_LENGTH) {
      throw new Refusal(500, `The visitor id has ${visitorId.length} characters; ${MAX_VISITOR_ID_LENGTH} is the limit.`)
    }
    const handler = Object.hasOwn(this.#table, route) ? this.#table[route] : undefined
    if (!handler) throw new Refusal(404, `channel-web has no route “${route}”.`)
    const pageId = headers[WEBCHAT_HEADERS.page]
    const from: Origin = {
      by: headers[WEBCHAT_HEADERS.author] ? 'author' : route === 'events' ? 'page' : 'visitor',
      ...(pageId !== undefined && { pageId })
    }
    return handler({ user: this.#store.userOf(botId, visitorId), body: isObject(body) ? body : {}, from })
  }

  /** The visitor's messaging user and most recent conversation, or a new one. */
  address(botId: string, visitorId: string): { target: string; threadId: string } {
    const user = this.#store.userOf(botId, visitorId)
    return { target: user.userId, threadId: this.#conversation(user, undefined).id }
  }

  async #event({ user, body, from }: Request): Promise<unknown> {
    const payload = payloadOf(body)
    const conversation = this.#conversation(user, body.conversationId)
    await this.#send(this.#incoming(user, conversation, payload), from)
    return {}
  }

  async #message({ user, body, from }: Request): Promise<unknown> {
    const payload = payloadOf(body)
    const type = payload.type
    if (!ACCEPTED_MESSAGE_TYPES.includes(type as string)) {
      throw new Refusal(
        400,
        `The route for messages does not accept the type “${type}”; it accepts ${ACCEPTED_MESSAGE_TYPES.join(', ')} (R19.3).`
      )
    }
    const limit = configOf(this.#engine, user.botId).maxMessageLength
    if (!TEXTLESS_MESSAGE_TYPES.includes(type as string)) {
      const text = payload.text
      if (typeof text !== 'string' || text.length === 0) {
        throw new Refusal(
          500,
          `A message of type “${type}” needs a top-level text (R19.3). sendEvent nests its argument, so use the type “message” (R22.6).`
        )
      }
      if (text.length > limit) throw new Refusal(500, `The text has ${text.length} characters; maxMessageLength is ${limit} (R19.3).`)
    }
    if (type === 'visit' && !isAtLeast(this.#engine.settings.botpressVersion ?? NEWEST, SINCE.visitIsEvent)) this.#remember(user, payload)
    const conversation = this.#conversation(user, body.conversationId)
    await this.#converse(user, conversation, payload, from)
    return {}
  }

  /** Before 12.30.7 this route kept what a visit tells of the visitor (R19.9). */
  #remember({ userId, botId }: WebUser, payload: Payload): void {
    const { attributes } = this.#engine.users.getOrCreate('web', userId, botId).result
    this.#engine.users.updateAttributes('web', userId, attributesOfVisit(payload, attributes))
  }

  /** Stores, echoes, sends (R19.3). */
  async #converse(user: WebUser, conversation: Conversation, payload: Payload, from: Origin): Promise<void> {
    const message = this.#store.addMessage(conversation.id, user.userId, withoutSensitive(payload))
    this.#outbox.message(user, message)
    await this.#send(this.#incoming(user, conversation, payload, message.id), from)
  }

  async #reset({ user, body, from }: Request): Promise<unknown> {
    const conversation = this.#conversation(user, body.conversationId)
    await this.#converse(user, conversation, { type: 'session_reset', text: 'Reset the conversation' }, from)
    const sessionId = this.#engine.dialog.createId({ botId: user.botId, channel: 'web', target: user.userId, threadId: conversation.id })
    await this.#engine.dialog.deleteSession(sessionId)
    return {}
  }

  #deleteMessages({ user, body }: Request): unknown {
    const conversation = this.#conversation(user, body.conversationId)
    this.#store.deleteMessages(conversation.id)
    this.#outbox.cleared(user, conversation.id)
    return {}
  }

  #list({ user }: Request): unknown {
    const config = configOf(this.#engine, user.botId)
    return {
      conversations: this.#store.conversations(user),
      startNewConvoOnTimeout: config.startNewConvoOnTimeout,
      recentConversationLifetimeMs: lifetimeOf(config),
      now: new Date(this.#engine.clock.now()).toISOString()
    }
  }

  #get({ user, body }: Request): unknown {
    const conversation = typeof body.conversationId === 'string' && this.#store.conversation(user, body.conversationId)
    if (!conversation) throw new Refusal(404, 'This visitor has no such conversation.')
    const { maxMessagesHistory } = configOf(this.#engine, user.botId)
    return { ...conversation, messages: this.#store.messages(conversation.id, maxMessagesHistory) }
  }

  /** A page opened with a signed reference starts with an event of type `session_reference`. */
  async #reference({ user, body, from }: Request): Promise<unknown> {
    const { reference } = body
    if (typeof reference !== 'string' || reference === '') throw new Refusal(400, 'A reference is needed.')
    const conversation = this.#conversation(user, body.conversationId)
    await this.#send(this.#incoming(user, conversation, { type: 'session_reference', text: reference }), from)
    return {}
  }

  #customId({ user, body }: Request): unknown {
    const { customId } = body
    if (typeof customId !== 'string' || customId === '') throw new Refusal(400, 'A customId is needed.')
    this.#engine.users.getOrCreate('web', user.userId, user.botId)
    this.#engine.users.updateAttributes('web', user.userId, { webchatCustomId: customId })
    return {}
  }

  #botInfo(botId: string): unknown {
    const bot = this.#engine.bots.config(botId)!
    const config = configOf(this.#engine, botId)
    return {
      showBotInfoPage: config.showBotInfoPage,
      name: bot.name ?? botId,
      description: bot.description ?? '',
      details: bot.details ?? {},
      languages: bot.languages ?? [],
      lazySocket: config.lazySocket,
      maxMessageLength: config.maxMessageLength,
      alwaysScrollDownOnMessages: config.alwaysScrollDownOnMessages,
      disableNotificationSound: config.disableNotificationSound
    }
  }

  #feedback({ user, body }: Request): unknown {
    const { messageId, feedback } = body
    if (typeof messageId !== 'string' || (feedback !== 1 && feedback !== -1))
      throw new Refusal(400, 'messageId and feedback (1 or -1) are needed.')
    this.#store.saveFeedback(messageId, user.userId, feedback)
    return {}
  }

  /** The one named, else the most recent one, else a new one (R19.2). */
  #conversation(user: WebUser, id: unknown): Conversation {
    if (typeof id === 'string') {
      const conversation = this.#store.conversation(user, id)
      if (!conversation) throw new Refusal(404, 'This visitor has no such conversation.')
      return conversation
    }
    const config = configOf(this.#engine, user.botId)
    const lifetime = config.startNewConvoOnTimeout ? lifetimeOf(config) : undefined
    return this.#store.recentConversation(user, lifetime) ?? this.#store.newConversation(user)
  }

  #incoming(user: WebUser, conversation: Conversation, payload: Payload, messageId?: string): BotEvent {
    return this.#engine.events.create({
      type: payload.type as string,
      channel: 'web',
      direction: 'incoming',
      payload,
      target: user.userId,
      botId: user.botId,
      threadId: conversation.id,
      messageId
    })
  }

  async #send(event: BotEvent, from: Origin): Promise<void> {
    try {
      await this.#engine.events.sendEvent(event, from)
    } catch (error) {
      throw new Refusal(500, error instanceof Error ? error.message : String(error))
    }
  }
}

/** One that cannot be read never ends. */
const lifetimeOf = (config: WebchatConfig) => milliseconds(config.recentConversationLifetime, Number.POSITIVE_INFINITY)

function payloadOf(body: Body): Payload {
  if (!isObject(body.payload)) throw new Refusal(400, 'The request has no payload.')
  return body.payload
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What is stored and echoed lacks the keys named in `sensitive` (R19.3). */
function withoutSensitive(payload: Payload): Payload {
  const names = Array.isArray(payload.sensitive) ? payload.sensitive : typeof payload.sensitive === 'string' ? [payload.sensitive] : []
  return Object.fromEntries(Object.entries(payload).filter(([key]) => !names.includes(key)))
}
