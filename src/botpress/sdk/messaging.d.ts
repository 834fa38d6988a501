/** The messaging server, which keeps the users, conversations and messages of the channels. Since 12.27 (R18.8). */
declare namespace sdk.messaging {
  /** The messaging server for a bot; undefined until the bot's messaging is set up (R18.8). */
  function forBot(botId: string): MessagingClient
}

declare namespace sdk {
  /** A UUID. */
  type uuid = string

  /** Calls to the messaging server for a bot. */
  interface MessagingClient {
    /** The bot's id there. */
    readonly clientId: uuid
    /** The bot's secret there. */
    readonly clientToken: string | undefined
    /** Proves that a call comes from there. */
    readonly webhookToken: string | undefined
    /** Makes a user. */
    createUser(): Promise<MessagingUser>
    /** A user, undefined when there is none. On `web`, `event.target` is such an id (R4.13). */
    getUser(id: uuid): Promise<MessagingUser | undefined>
    /** Begins a conversation of a user. */
    createConversation(userId: uuid): Promise<Conversation>
    /** A conversation, undefined when there is none. On `web`, `event.threadId` is such an id (R4.13). */
    getConversation(id: uuid): Promise<Conversation | undefined>
    /** Conversations of a user. */
    listConversations(userId: uuid, limit?: number): Promise<Conversation[]>
    /**
     * Stores a message. In a conversation of the webchat the bot gets **no event** and the browser is **not told** (R18.8); to say something
     * use `bp.events.replyToEvent` or `bp.events.sendEvent`.
     *
     * @param authorId the user who says it; undefined for the bot
     */
    createMessage(conversationId: uuid, authorId: uuid | undefined, payload: any, flags?: { incomingId: uuid }): Promise<Message>
    /** A message, undefined when there is none. */
    getMessage(id: uuid): Promise<Message | undefined>
    /** Messages of a conversation. */
    listMessages(conversationId: uuid, limit?: number): Promise<Message[]>
    /** Deletes a message; resolves with whether there was one. */
    deleteMessage(id: uuid): Promise<boolean>
    /** Deletes the messages of a conversation; resolves with their number. */
    deleteMessagesByConversation(conversationId: uuid): Promise<number>
    /** The conversation that belongs to someone on a channel, made if there is none. This is how a bot can speak first there. */
    mapEndpoint(endpoint: Endpoint): Promise<uuid>
    /** Where a conversation takes place. */
    listEndpoints(conversationId: uuid): Promise<Endpoint[]>
  }

  /** A conversation. */
  interface Conversation {
    /** Its id. */
    id: uuid
    /** The bot's id there. */
    clientId: uuid
    /** The user. */
    userId: uuid
    /** When it began. */
    createdOn: Date
  }

  /** A user of the messaging server. */
  interface MessagingUser {
    /** The user's id. */
    id: uuid
    /** The bot's id there. */
    clientId: uuid
  }

  /** A message. */
  interface Message {
    /** Its id. */
    id: uuid
    /** The conversation it belongs to. */
    conversationId: uuid
    /** The user who said it; undefined for the bot. */
    authorId: uuid | undefined
    /** When it was said. */
    sentOn: Date
    /** What was said. */
    payload: any
  }

  /** Where a conversation takes place. */
  interface Endpoint {
    /** The channel, with its version if that matters. */
    channel:
      | {
          /** Its name. */
          name: string
          /** Its version. */
          version: string
        }
      | string
    /** The bot's identity on the channel. */
    identity: string
    /** The user's id on the channel. */
    sender: string
    /** The conversation's id on the channel. */
    thread: string
  }
}
