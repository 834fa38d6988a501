import type { ChannelAccount } from '../../botframework/activity.ts'
import type { Coordinates } from '../../botframework/reference-forms.ts'
import type { TraceEntry } from '../entry.ts'

/** A conversation that the bot has seen, with what it could have stored about it. */
export interface Reference extends Coordinates {
  by: 'visitor' | 'bot'
  firstAt: number
  lastAt: number
  /** Where `serviceUrl` is not the connector's address of now: what the bot stored then leads nowhere (C9, V4). */
  isStale: boolean
}

/** Every conversation that a bot was told of, oldest first. `serviceUrl` is the connector's address of now. */
export function referencesOf(entries: readonly TraceEntry[], serviceUrl: string): Reference[] {
  const references = new Map<string, Reference>()
  for (const entry of entries) {
    if (entry.kind === 'bot-conversation') {
      const user = entry.members.find(member => member.id !== entry.bot.id) ?? { id: '' }
      const { conversationId, channelId, bot, by, at } = entry
      const isStale = entry.serviceUrl !== serviceUrl
      references.set(conversationId, {
        conversationId,
        channelId,
        bot,
        user,
        by,
        serviceUrl: entry.serviceUrl,
        firstAt: at,
        lastAt: at,
        isStale
      })
    } else if (entry.kind === 'activity-to-bot') {
      const before = references.get(entry.conversationId)
      if (!before) continue
      const { from, locale } = entry.activity as { from?: ChannelAccount; locale?: string }
      before.activityId = entry.activityId
      before.lastAt = entry.at
      if (from && entry.by !== 'channel') before.user = from
      if (locale) before.locale = locale
    } else if (entry.kind === 'activity-from-bot') {
      const before = references.get(entry.conversationId)
      if (before) before.lastAt = entry.at
    }
  }
  return [...references.values()]
}
