import type { Outside } from './outside.ts'
import type { ChatMessage, Conversation } from './types.ts'
import { TypingQueue } from './typing-queue.ts'

interface Listed {
  conversations: { id: string; lastMessage?: { sentOn: string }; createdOn: string }[]
  startNewConvoOnTimeout: boolean
  recentConversationLifetimeMs: number | null
  now: string
}

/** The conversation that is shown: its messages, and those that the bot still “types”. */
export class History {
  conversationId: string | undefined
  messages: ChatMessage[] = []
  #outside: Outside
  #typing: TypingQueue<ChatMessage>

  constructor(outside: Outside, onChange: () => void) {
    this.#outside = outside
    const show = (message: ChatMessage) => {
      this.#add(message)
      onChange()
    }
    this.#typing = new TypingQueue(outside, show, onChange)
  }

  get isTyping(): boolean {
    return this.#typing.isTyping
  }

  /**
   * Loads a conversation: the wanted one, else the most recent one, else a new one. Requests list, for a first-time visitor new and list, then get (R21.4).
   *
   * @throws Error when the server refuses
   */
  async load(wanted?: string): Promise<void> {
    let listed = (await this.#ask('conversations/list', {})) as Listed
    if (listed.conversations.length === 0 || isOver(listed)) {
      await this.#ask('conversations/new', {})
      listed = (await this.#ask('conversations/list', {})) as Listed
    }
    const conversationId = wanted ?? listed.conversations[0]?.id
    const conversation = (await this.#ask('conversations/get', { conversationId })) as Conversation
    this.#typing.clear()
    this.conversationId = conversation.id
    this.messages = conversation.messages
  }

  /** A socket payload of this conversation. The bot's messages wait while it types, the visitor's never (R23.1). */
  pushed(name: string, payload: Record<string, unknown>): void {
    if (name === 'webchat.typing') this.#typing.typing(Number(payload.timeInMs) || 0)
    else if (name === 'webchat.clear') this.messages = []
    else if (name === 'webchat.message') {
      const message = payload as unknown as ChatMessage
      if (message.authorId == null) this.#typing.message(message)
      else this.#add(message)
    }
  }

  clear(): void {
    this.#typing.clear()
    this.conversationId = undefined
    this.messages = []
  }

  #add(message: ChatMessage): void {
    if (this.messages.some(({ id }) => id === message.id)) return
    this.messages = [...this.messages, message]
  }

  async #ask(route: string, body: Record<string, unknown>): Promise<unknown> {
    const answer = await this.#outside.request(route, body)
    if (answer.status === 200) return answer.body
    throw new Error((answer.body as { message?: string } | null)?.message ?? `${route} was answered with ${answer.status}`)
  }
}

/** The most recent conversation is too old to be continued, where the bot's configuration says so (R19.11). */
function isOver({ conversations: [recent], startNewConvoOnTimeout, recentConversationLifetimeMs, now }: Listed): boolean {
  if (!recent || !startNewConvoOnTimeout || recentConversationLifetimeMs === null) return false
  const last = recent.lastMessage?.sentOn ?? recent.createdOn
  return Date.parse(now) - Date.parse(last) > recentConversationLifetimeMs
}
