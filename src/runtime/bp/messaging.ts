import { refuse } from './refuse.ts'

const NAMES = [
  'createUser',
  'getUser',
  'createConversation',
  'getConversation',
  'listConversations',
  'createMessage',
  'getMessage',
  'listMessages',
  'sync'
]

/** `bp.messaging` (R18.8). */
export function messagingOf() {
  const instead =
    'there is no messaging server here; use bp.events.replyToEvent to speak, and the tables web_user_map and web_messages of bp.database to look.'
  const client = Object.fromEntries(NAMES.map(name => [name, refuse(`bp.messaging.forBot().${name}`, instead)]))
  return { forBot: (_botId: string) => client }
}
