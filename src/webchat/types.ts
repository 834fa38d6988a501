/** A message as the server stores and pushes it (R19.6). No author: the bot. */
export interface ChatMessage {
  id: string
  conversationId: string
  authorId?: string | null
  sentOn: string
  payload: Record<string, unknown>
}

export interface Conversation {
  id: string
  messages: ChatMessage[]
}

export interface BotInfo {
  name: string
  description: string
  lazySocket: boolean
  maxMessageLength: number
  disableNotificationSound?: boolean
  /** A page about the bot comes before the conversation. */
  showBotInfoPage?: boolean
}

/** One of the visitor's conversations, as the list tells of it. */
export interface ListedConversation {
  id: string
  createdOn: string
  lastMessage?: ChatMessage
}

/** Timers, so that time can be played. */
export interface Timers {
  now(): number
  set(callback: () => void, ms: number): unknown
  clear(timer: unknown): void
}
