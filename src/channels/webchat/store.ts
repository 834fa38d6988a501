import type { Database } from '../../runtime/api.ts'
import type { Clock } from '../../runtime/clock.ts'
import { MAX_CONVERSATIONS } from './config.ts'

/** A conversation of a visitor with a bot; its id is the `threadId` of events (R4.13). */
export interface Conversation {
  id: string
  botId: string
  userId: string
  createdOn: string
}

/** A message as the widget gets it (R19.6). `authorId` is absent for the bot's own. */
export interface Message {
  id: string
  conversationId: string
  authorId: string | undefined
  sentOn: string
  payload: Record<string, unknown>
}

/** A messaging user: what `event.target` names (R4.13). */
export interface WebUser {
  userId: string
  botId: string
  visitorId: string
}

/** The target of events that name none (`EventInput`). */
const VISITOR = 'visitor'

interface ConversationRow {
  id: string
  botId: string
  userId: string
  createdOn: number
  active: number
}
interface MessageRow {
  id: string
  conversationId: string
  authorId: string | null
  sentOn: number
  payload: string
}

/** Visitors, conversations and messages of the web channel, in the engine's database. */
export class WebchatStore {
  #database: Database
  #clock: Clock
  #uuid: () => string
  #hasMessaging: boolean

  /** @param hasMessaging whether ids are those of the messaging server: since 12.26 */
  constructor(database: Database, clock: Clock, uuid: () => string, hasMessaging: boolean) {
    this.#hasMessaging = hasMessaging
    this.#database = database
    this.#clock = clock
    this.#uuid = uuid
    database.exec(`
      CREATE TABLE IF NOT EXISTS web_user_map (botId TEXT NOT NULL, visitorId TEXT NOT NULL, userId TEXT NOT NULL, PRIMARY KEY (botId, visitorId), UNIQUE (botId, userId));
      CREATE TABLE IF NOT EXISTS web_conversations (
        id TEXT PRIMARY KEY, botId TEXT NOT NULL, userId TEXT NOT NULL, createdOn INTEGER NOT NULL, active INTEGER NOT NULL, seq INTEGER NOT NULL);
      CREATE INDEX IF NOT EXISTS web_conversations_of ON web_conversations (userId, active);
      CREATE TABLE IF NOT EXISTS web_messages (
        seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, conversationId TEXT NOT NULL, authorId TEXT, sentOn INTEGER NOT NULL, payload TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS web_messages_of ON web_messages (conversationId, seq);
      CREATE TABLE IF NOT EXISTS web_feedback (messageId TEXT PRIMARY KEY, userId TEXT NOT NULL, feedback INTEGER NOT NULL);
    `)
  }

  /** The user of a visitor, made on first use (R19.1): the messaging server's, before 12.26 the visitor's own id. */
  userOf(botId: string, visitorId: string): WebUser {
    const known = this.#database.get<{ userId: string }>(
      'SELECT userId FROM web_user_map WHERE botId = ? AND visitorId = ?',
      botId,
      visitorId
    )
    if (known) return { userId: known.userId, botId, visitorId }
    const userId = this.#hasMessaging ? this.#uuid() : visitorId
    this.#database.run('INSERT INTO web_user_map (botId, visitorId, userId) VALUES (?, ?, ?)', botId, visitorId, userId)
    return { userId, botId, visitorId }
  }

  /** The user behind `event.target`, or undefined when no visitor of the bot has that id. */
  userById(botId: string, userId: string): WebUser | undefined {
    if (userId === VISITOR) return this.#visitorItself(botId)
    const row = this.#database.get<{ visitorId: string }>(
      'SELECT visitorId FROM web_user_map WHERE botId = ? AND userId = ?',
      botId,
      userId
    )
    return row && { userId, botId, visitorId: row.visitorId }
  }

  /** Events sent without a page name the simulator's visitor instead of a messaging user; what they are answered is to be seen all the same. */
  #visitorItself(botId: string): WebUser {
    this.#database.run('INSERT OR IGNORE INTO web_user_map (botId, visitorId, userId) VALUES (?, ?, ?)', botId, VISITOR, VISITOR)
    return { userId: VISITOR, botId, visitorId: VISITOR }
  }

  /** User ids of a visitor, one for each bot they talked to. */
  userIdsOf(visitorId: string): string[] {
    return this.#database.all<{ userId: string }>('SELECT userId FROM web_user_map WHERE visitorId = ?', visitorId).map(row => row.userId)
  }

  newConversation(user: Pick<WebUser, 'botId' | 'userId'>): Conversation {
    const id = this.#hasMessaging ? this.#uuid() : this.#nextNumber()
    const now = this.#clock.now()
    this.#database.run(
      'INSERT INTO web_conversations (id, botId, userId, createdOn, active, seq) VALUES (?, ?, ?, ?, ?, (SELECT COALESCE(MAX(seq), 0) + 1 FROM web_conversations))',
      id,
      user.botId,
      user.userId,
      now,
      now
    )
    return { id, botId: user.botId, userId: user.userId, createdOn: iso(now) }
  }

  #nextNumber(): string {
    const last = this.#database.get<{ n: number }>('SELECT COALESCE(MAX(CAST(id AS INTEGER)), 0) AS n FROM web_conversations')
    return String(Number(last!.n) + 1)
  }

  /** A conversation of this user, or undefined when it is nobody's or somebody else's. */
  conversation(user: WebUser, id: string): Conversation | undefined {
    const row = this.#database.get<ConversationRow>(
      'SELECT * FROM web_conversations WHERE id = ? AND botId = ? AND userId = ?',
      id,
      user.botId,
      user.userId
    )
    return row && toConversation(row)
  }

  /** A conversation with the bot, whoever it is. */
  conversationById(botId: string, id: string): Conversation | undefined {
    const row = this.#database.get<ConversationRow>('SELECT * FROM web_conversations WHERE id = ? AND botId = ?', id, botId)
    return row && toConversation(row)
  }

  /** The user's conversations, the one active last first, each with its last message (R19.5). */
  conversations(user: Pick<WebUser, 'botId' | 'userId'>): (Conversation & { lastMessage: Message | undefined })[] {
    const rows = this.#database.all<ConversationRow>(
      'SELECT * FROM web_conversations WHERE botId = ? AND userId = ? ORDER BY active DESC, seq DESC LIMIT ?',
      user.botId,
      user.userId,
      MAX_CONVERSATIONS
    )
    return rows.map(row => ({ ...toConversation(row), lastMessage: this.messages(row.id, 1).at(-1) }))
  }

  /** The most recent conversation, or undefined when there is none, or none active within `lifetimeMs`. */
  recentConversation(user: WebUser, lifetimeMs = Number.POSITIVE_INFINITY): Conversation | undefined {
    const row = this.#database.get<ConversationRow>(
      'SELECT * FROM web_conversations WHERE botId = ? AND userId = ? ORDER BY active DESC, seq DESC LIMIT 1',
      user.botId,
      user.userId
    )
    return row && this.#clock.now() - Number(row.active) <= lifetimeMs ? toConversation(row) : undefined
  }

  addMessage(conversationId: string, authorId: string | undefined, payload: Record<string, unknown>): Message {
    const id = this.#uuid()
    const now = this.#clock.now()
    this.#database.run(
      'INSERT INTO web_messages (id, conversationId, authorId, sentOn, payload) VALUES (?, ?, ?, ?, ?)',
      id,
      conversationId,
      authorId ?? null,
      now,
      JSON.stringify(payload)
    )
    this.#database.run('UPDATE web_conversations SET active = ? WHERE id = ?', now, conversationId)
    return { id, conversationId, authorId, sentOn: iso(now), payload }
  }

  /** The last `count` messages, oldest first. */
  messages(conversationId: string, count: number): Message[] {
    return this.#database
      .all<MessageRow>('SELECT * FROM web_messages WHERE conversationId = ? ORDER BY seq DESC LIMIT ?', conversationId, count)
      .reverse()
      .map(toMessage)
  }

  message(id: string): Message | undefined {
    const row = this.#database.get<MessageRow>('SELECT * FROM web_messages WHERE id = ?', id)
    return row && toMessage(row)
  }

  /** @returns whether there was one */
  deleteMessage(id: string): boolean {
    return this.#database.run('DELETE FROM web_messages WHERE id = ?', id).changes > 0
  }

  /** @returns how many there were */
  deleteMessages(conversationId: string): number {
    return this.#database.run('DELETE FROM web_messages WHERE conversationId = ?', conversationId).changes
  }

  saveFeedback(messageId: string, userId: string, feedback: number): void {
    this.#database.run('INSERT OR REPLACE INTO web_feedback (messageId, userId, feedback) VALUES (?, ?, ?)', messageId, userId, feedback)
  }

  /** Drops all rows of a visitor, or of everybody. */
  forget(visitorId?: string): void {
    const users = visitorId === undefined ? '' : 'WHERE userId IN (SELECT userId FROM web_user_map WHERE visitorId = ?)'
    const params = visitorId === undefined ? [] : [visitorId]
    this.#database.transaction(() => {
      this.#database.run(`DELETE FROM web_feedback ${users}`, ...params)
      this.#database.run(
        `DELETE FROM web_messages ${users && `WHERE conversationId IN (SELECT id FROM web_conversations ${users})`}`,
        ...params
      )
      this.#database.run(`DELETE FROM web_conversations ${users}`, ...params)
      this.#database.run(`DELETE FROM web_user_map ${users && 'WHERE visitorId = ?'}`, ...params)
    })
  }
}

function toConversation(row: ConversationRow): Conversation {
  return { id: row.id, botId: row.botId, userId: row.userId, createdOn: iso(Number(row.createdOn)) }
}

function toMessage(row: MessageRow): Message {
  const { id, conversationId, authorId, sentOn, payload } = row
  return { id, conversationId, authorId: authorId ?? undefined, sentOn: iso(Number(sentOn)), payload: JSON.parse(payload) }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
