import { createHash } from 'node:crypto'
import type { EngineApi } from '../../runtime/api.ts'
import type { Conversation, Message, WebchatStore } from './store.ts'

/** Where a conversation takes place, as hooks name it. */
interface Endpoint {
  channel: { name: string; version: string } | string
  identity: string
  sender: string
  thread: string
}

type EndpointRow = { channel: string; identity: string; sender: string; thread: string; conversationId: string }

const TABLES = `
  CREATE TABLE IF NOT EXISTS msg_users (id TEXT PRIMARY KEY, botId TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS msg_endpoints (
    botId TEXT NOT NULL, channel TEXT NOT NULL, identity TEXT NOT NULL, sender TEXT NOT NULL, thread TEXT NOT NULL, conversationId TEXT NOT NULL,
    PRIMARY KEY (botId, channel, identity, sender, thread));
`

/**
 * What `bp.messaging.forBot` gives a hook (R18.8), over the users, conversations and messages of the web chat. As on the server, a message that is
 * made here is stored and nothing else: no event, no word to the browser.
 */
export function messagingOf(engine: EngineApi, store: WebchatStore): (botId: string) => object {
  const { database, uuid } = engine
  database.exec(TABLES)
  engine.onForget(visitorId => {
    if (visitorId === undefined) database.exec('DELETE FROM msg_users; DELETE FROM msg_endpoints;')
  })
  return botId => {
    const clientId = uuidOf(botId)
    const conversation = ({ id, userId, createdOn }: Conversation) => ({ id, clientId, userId, createdOn: new Date(createdOn) })
    const message = ({ id, conversationId, authorId, sentOn, payload }: Message) => ({
      id,
      conversationId,
      authorId,
      sentOn: new Date(sentOn),
      payload
    })
    const isUser = (id: string) =>
      store.userById(botId, id) !== undefined || database.get('SELECT 1 FROM msg_users WHERE id = ? AND botId = ?', id, botId) !== undefined
    const begin = (userId: string) => store.newConversation({ botId, userId })
    const createUser = () => {
      const id = uuid()
      database.run('INSERT INTO msg_users (id, botId) VALUES (?, ?)', id, botId)
      return { id, clientId }
    }
    const need = <T>(found: T | undefined, what: string, id: unknown): T => {
      if (found === undefined) throw new Error(`The messaging server knows no ${what} ${id}`)
      return found
    }
    return {
      clientId,
      clientToken: uuidOf(`token of ${botId}`),
      webhookToken: uuidOf(`webhook of ${botId}`),
      createUser: async () => createUser(),
      getUser: async (id: string) => (isUser(id) ? { id, clientId } : undefined),
      createConversation: async (userId: string) => conversation(begin(need(isUser(userId) ? userId : undefined, 'user', userId))),
      getConversation: async (id: string) => {
        const found = store.conversationById(botId, id)
        return found && conversation(found)
      },
      listConversations: async (userId: string, limit = 20) => store.conversations({ botId, userId }).slice(0, limit).map(conversation),
      createMessage: async (conversationId: string, authorId: string | undefined, payload: Record<string, unknown>) => {
        need(store.conversationById(botId, conversationId), 'conversation', conversationId)
        return message(store.addMessage(conversationId, authorId, payload))
      },
      getMessage: async (id: string) => {
        const found = store.message(id)
        return found && message(found)
      },
      listMessages: async (conversationId: string, limit = 20) => store.messages(conversationId, limit).reverse().map(message),
      deleteMessage: async (id: string) => store.deleteMessage(id),
      deleteMessagesByConversation: async (conversationId: string) => store.deleteMessages(conversationId),
      mapEndpoint: async (endpoint: Endpoint) => {
        const { identity, sender, thread } = endpoint
        const channel = channelOf(endpoint)
        const where = [botId, channel, identity, sender, thread]
        const found = database.get<EndpointRow>(
          'SELECT * FROM msg_endpoints WHERE botId = ? AND channel = ? AND identity = ? AND sender = ? AND thread = ?',
          ...where
        )
        if (found) return found.conversationId
        const { id } = begin(createUser().id)
        database.run(
          'INSERT INTO msg_endpoints (botId, channel, identity, sender, thread, conversationId) VALUES (?, ?, ?, ?, ?, ?)',
          ...where,
          id
        )
        return id
      },
      listEndpoints: async (conversationId: string): Promise<Endpoint[]> =>
        database
          .all<EndpointRow>('SELECT * FROM msg_endpoints WHERE botId = ? AND conversationId = ?', botId, conversationId)
          .map(({ channel, identity, sender, thread }) => ({ channel: versioned(channel), identity, sender, thread }))
    }
  }
}

const channelOf = ({ channel }: Endpoint) => (typeof channel === 'string' ? channel : `${channel.name}@${channel.version}`)

function versioned(channel: string): Endpoint['channel'] {
  const [name = '', version] = channel.split('@')
  return version === undefined ? name : { name, version }
}

/** The same text has the same id in every life and on every computer. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}
