import type { Activity, ChannelAccount } from '../../botframework/activity.ts'
import { CallError } from './call.ts'

export interface Conversation {
  id: string
  channelId: string
  by: 'visitor' | 'bot'
  bot: ChannelAccount
  /** Bot included, by id. */
  members: Map<string, ChannelAccount>
  /** What was said and not deleted, by id. */
  activities: Map<string, Activity>
  isGroup: boolean
  tenantId?: string
}

/** Every conversation that the channel knows. Lives in memory: a conversation is as old as the connector. */
export class Conversations {
  #byId = new Map<string, Conversation>()

  open(conversation: Omit<Conversation, 'members' | 'activities'> & { members: readonly ChannelAccount[] }): Conversation {
    const { members, ...rest } = conversation
    const opened: Conversation = {
      ...rest,
      members: new Map([...members, rest.bot].map(member => [member.id, member])),
      activities: new Map()
    }
    this.#byId.set(opened.id, opened)
    return opened
  }

  find(id: string): Conversation | undefined {
    return this.#byId.get(id)
  }

  /** @throws CallError 404 `ConversationNotFound` (R3) */
  get(id: string): Conversation {
    const conversation = this.#byId.get(id)
    if (!conversation) throw new CallError(404, 'ConversationNotFound', `There is no conversation ${id} here.`)
    return conversation
  }

  /** @throws CallError 404 `ActivityNotFoundInConversation` */
  activity(conversation: Conversation, id: string): Activity {
    const activity = conversation.activities.get(id)
    if (!activity)
      throw new CallError(404, 'ActivityNotFoundInConversation', `There is no activity ${id} in conversation ${conversation.id}.`)
    return activity
  }

  get all(): Conversation[] {
    return [...this.#byId.values()]
  }

  /** Those in which a user and the bot are alone. */
  personalOf(userId: string): Conversation | undefined {
    return this.all.find(({ isGroup, members }) => !isGroup && members.has(userId) && members.size <= 2)
  }
}

/** People, without the bot. */
export const usersOf = (conversation: Conversation): ChannelAccount[] =>
  [...conversation.members.values()].filter(({ id }) => id !== conversation.bot.id)
