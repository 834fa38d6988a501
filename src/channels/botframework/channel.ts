import type { Activity, ChannelAccount } from '../../botframework/activity.ts'
import { adviceFor } from '../../botframework/advice.ts'
import type { SdkId } from '../../botframework/sdk.ts'
import type { EntryOf } from '../../trace/entry.ts'
import { store } from './calls/activities.ts'
import type { Connector } from './connector.ts'
import { type Conversation, usersOf } from './conversations.ts'
import { callBot, type Outcome } from './post.ts'
import { NOTICE_MS, Unanswered } from './unanswered.ts'

export interface BotChannelOptions {
  connector: Connector
  /** Where the bot takes activities, e.g. `http://localhost:3978/api/messages`. */
  endpoint: () => string
  /** What the bot is made with, as far as it is known; it decides the advice. */
  sdk?: () => SdkId | undefined
  bot?: ChannelAccount
  locale?: string
  /** After so many ms without an answer the trace says that the bot hangs (C11). Default 15 s. */
  noticeMs?: number
  /** After so many ms a post is given up. Default 5 min. */
  limitMs?: number
}

export type By = EntryOf<'activity-to-bot'>['by']

const BOT: ChannelAccount = { id: 'bot', name: 'Bot', role: 'bot' }
const LIMIT_MS = 300_000

/** The people's side of the channel: opens conversations, says and does things in them, and posts each as an activity to the bot. */
export class BotChannel {
  readonly bot: ChannelAccount
  readonly unanswered: Unanswered
  #options: BotChannelOptions
  #connector: Connector
  /** Users whose own join is held back until they speak (C10), by conversation. */
  #late = new Map<string, ChannelAccount[]>()
  #closing = new AbortController()

  constructor(options: BotChannelOptions) {
    this.#options = options
    this.#connector = options.connector
    this.unanswered = new Unanswered(this.#connector.now)
    this.bot = options.bot ?? BOT
  }

  /** Opens a conversation and tells the bot who is in it, as the channel does. Resolves when the bot has answered. */
  async open(users: readonly ChannelAccount[], id = this.#connector.newId()): Promise<Conversation> {
    const { id: channelId, joins } = this.#connector.preset()
    const members = users.map(user => ({ role: 'user', ...user }))
    const conversation = this.#connector.conversations.open({
      id,
      channelId,
      by: 'visitor',
      bot: this.bot,
      members,
      isGroup: members.length > 1
    })
    this.#connector.note({
      kind: 'bot-conversation',
      at: this.#connector.now(),
      conversationId: id,
      channelId,
      serviceUrl: this.#connector.serviceUrl,
      by: 'visitor',
      bot: this.bot,
      members: [...conversation.members.values()]
    })
    if (joins === 'together') await this.#join(conversation, [this.bot, ...members])
    else if (joins === 'apart') {
      await this.#join(conversation, [this.bot])
      await this.#join(conversation, members)
    } else if (joins === 'late') {
      this.#late.set(id, members)
      await this.#join(conversation, [this.bot])
    }
    return conversation
  }

  /** A user writes. Resolves when the bot has answered the post. */
  async say(conversationId: string, text: string, more: Partial<Activity> = {}): Promise<EntryOf<'bot-answered'>> {
    return this.send(conversationId, { type: 'message', text, textFormat: 'plain', ...more })
  }

  /**
   * Sends any activity; what the protocol demands is filled in (C2). An id is always the channel's own (C3).
   *
   * @param given `from` may name a user of the conversation; default the first
   * @throws CallError when there is no such conversation
   */
  async send(conversationId: string, given: Partial<Activity>, by: By = 'visitor'): Promise<EntryOf<'bot-answered'>> {
    const conversation = this.#connector.conversations.get(conversationId)
    const late = this.#late.get(conversationId)
    this.#late.delete(conversationId)
    if (late) await this.#join(conversation, late)
    const user = (given.from as ChannelAccount | undefined) ?? usersOf(conversation)[0] ?? { id: 'user' }
    // Who speaks to a bot may be written to by it (Q1); who removed or blocked it stays so.
    if (by !== 'channel' && this.#connector.reachOf(user.id) === 'unknown') this.#connector.setReach(user.id, 'met')
    return this.#post(conversation, { ...given, from: user }, by)
  }

  async addMembers(conversationId: string, accounts: readonly ChannelAccount[]): Promise<void> {
    const conversation = this.#connector.conversations.get(conversationId)
    for (const account of accounts) conversation.members.set(account.id, account)
    await this.#join(conversation, accounts)
  }

  async removeMembers(conversationId: string, ids: readonly string[]): Promise<void> {
    const conversation = this.#connector.conversations.get(conversationId)
    const membersRemoved = ids.flatMap(id => conversation.members.get(id) ?? [])
    await this.#post(conversation, { type: 'conversationUpdate', membersRemoved, from: usersOf(conversation)[0] ?? this.bot }, 'channel')
    for (const id of ids) conversation.members.delete(id)
  }

  /** A user installs the bot, or takes it away: from then on the channel refuses what the bot sends (Q2). */
  async install(conversationId: string, action: 'add' | 'remove'): Promise<void> {
    const conversation = this.#connector.conversations.get(conversationId)
    const users = usersOf(conversation)
    for (const { id } of users) this.#connector.setReach(id, action === 'add' ? 'installed' : 'removed')
    await this.#post(conversation, { type: 'installationUpdate', action, from: users[0] ?? { id: 'user' } }, 'channel')
  }

  /**
   * Calls an address of the bot's own, as an outside system would.
   *
   * @param url absolute, or a path on the bot's server
   */
  async trigger(url: string, method = 'GET', body?: unknown): Promise<EntryOf<'bot-trigger-ended'>> {
    const full = new URL(url, this.#options.endpoint()).href
    const triggerId = this.#connector.newId()
    const { now, note } = this.#noting()
    note({ kind: 'bot-triggered', at: now(), triggerId, method, url: full, ...(body !== undefined && { body }) })
    const start = now()
    const limitMs = this.#options.limitMs ?? LIMIT_MS
    const outcome = await callBot(full, { method, body, limitMs, signal: this.#closing.signal })
    return note({
      kind: 'bot-trigger-ended',
      at: now(),
      triggerId,
      ms: now() - start,
      ...(outcome.kind === 'answered' ? { status: outcome.status, body: parsed(outcome.body) } : { reason: outcome.message })
    }) as EntryOf<'bot-trigger-ended'>
  }

  /** Gives up what is under way. */
  close(): void {
    this.#closing.abort()
  }

  async #join(conversation: Conversation, members: readonly ChannelAccount[]): Promise<void> {
    const from = members.find(({ id }) => id !== this.bot.id) ?? this.bot
    await this.#post(conversation, { type: 'conversationUpdate', membersAdded: [...members], from }, 'channel')
  }

  async #post(conversation: Conversation, given: Partial<Activity>, by: By): Promise<EntryOf<'bot-answered'>> {
    const { now, note } = this.#noting()
    const activity = this.#complete(conversation, given)
    const activityId = activity.id!
    const conversationId = conversation.id
    conversation.activities.set(activityId, activity)
    const userId = (activity.from as ChannelAccount).id
    const type = activity.type ?? 'message'
    note({ kind: 'activity-to-bot', at: now(), activityId, conversationId, type, activity, channelId: conversation.channelId, userId, by })
    if (type === 'message') {
      const { botId } = this.#connector
      note({
        kind: 'chat-received',
        at: now(),
        visitorId: userId,
        botId,
        conversationId,
        eventId: activityId,
        what: 'message',
        by: 'visitor',
        payload: activity,
        shown: true
      })
    }
    const endpoint = this.#options.endpoint()
    const start = now()
    const ended = this.unanswered.begin(() => {
      const { says, todo } = adviceFor('hanging', endpoint, this.#sdk)
      note({ kind: 'bot-answered', at: now(), activityId, conversationId, outcome: 'hanging', ms: now() - start, says, todo })
    }, this.#options.noticeMs ?? NOTICE_MS)
    const outcome = await callBot(endpoint, { body: activity, limitMs: this.#options.limitMs ?? LIMIT_MS, signal: this.#closing.signal })
    ended()
    if (outcome.kind === 'answered') this.#takeInline(conversation, outcome.body)
    return note({
      kind: 'bot-answered',
      at: now(),
      activityId,
      conversationId,
      ms: now() - start,
      ...this.#ending(outcome, endpoint, type)
    }) as EntryOf<'bot-answered'>
  }

  #ending(
    outcome: Outcome,
    endpoint: string,
    type: string
  ): Pick<EntryOf<'bot-answered'>, 'outcome' | 'status' | 'body' | 'says' | 'todo'> {
    if (outcome.kind !== 'answered') {
      const kind = outcome.kind === 'given-up' ? 'hanging' : outcome.kind
      return { outcome: kind, ...adviceFor(kind, endpoint, this.#sdk) }
    }
    const { status, body } = outcome
    // An invoke's answer is its result, whatever its status (C13).
    if (status < 400 || (type === 'invoke' && status < 500 && status !== 401)) {
      return { outcome: status === 202 ? 'accepted' : 'done', status, ...(body !== '' && { body: parsed(body) }) }
    }
    return { outcome: 'refused', status, body: parsed(body), ...adviceFor('status', endpoint, this.#sdk, status, body) }
  }

  /** Activities in the answer itself: `deliveryMode: expectReplies` (C12). */
  #takeInline(conversation: Conversation, body: string): void {
    const activities = (parsed(body) as { activities?: unknown } | null)?.activities
    if (!Array.isArray(activities)) return
    const isActivity = (one: unknown): one is Activity => typeof one === 'object' && one !== null
    for (const activity of activities.filter(isActivity)) store(this.#connector, conversation, activity, { via: 'answer', sdk: this.#sdk })
  }

  #complete(conversation: Conversation, given: Partial<Activity>): Activity {
    const at = new Date(this.#connector.now()).toISOString()
    return {
      ...given,
      localTimestamp: given.localTimestamp ?? at,
      locale: given.locale ?? this.#options.locale ?? 'en-US',
      recipient: given.recipient ?? conversation.bot,
      type: given.type ?? 'message',
      id: this.#connector.newId(),
      timestamp: at,
      channelId: conversation.channelId,
      serviceUrl: this.#connector.serviceUrl,
      conversation: {
        id: conversation.id,
        ...(conversation.isGroup && { isGroup: true }),
        ...(conversation.tenantId && { tenantId: conversation.tenantId })
      }
    }
  }

  get #sdk(): SdkId {
    return this.#options.sdk?.() ?? this.#connector.sdk ?? 'other'
  }

  #noting() {
    return { now: this.#connector.now, note: this.#connector.note.bind(this.#connector) }
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
