/** How a channel differs from another where bots notice it. The simulator plays one of these; limits can be edited, vendors change theirs. */
export interface ChannelPreset {
  /** What the bot reads as `channelId`. */
  id: ChannelId
  title: string
  /**
   * How a bot learns that somebody is there (C10, S59). `together`: one `conversationUpdate` with bot and user; `apart`: one for each;
   * `late`: the user's own only with their first message; `none`: no update at all.
   */
  joins: JoinEvents
  /** Whether a bot may open a conversation (R11). */
  canCreate: boolean
  /** Whether a bot may only write to people who have talked to it or installed it (Q1). */
  needsContact: boolean
  /** Activities a bot may send in so many ms before it is answered 429. */
  quota?: Quota
}

export interface Quota {
  calls: number
  perMs: number
}

export const CHANNEL_IDS = ['emulator', 'webchat', 'directline', 'msteams'] as const
export type ChannelId = (typeof CHANNEL_IDS)[number]
export const JOIN_EVENTS = ['together', 'apart', 'late', 'none'] as const
export type JoinEvents = (typeof JOIN_EVENTS)[number]

export const PRESETS: Record<ChannelId, ChannelPreset> = {
  emulator: { id: 'emulator', title: 'Emulator', joins: 'together', canCreate: true, needsContact: false },
  webchat: { id: 'webchat', title: 'Web Chat', joins: 'late', canCreate: false, needsContact: true },
  directline: { id: 'directline', title: 'Direct Line', joins: 'late', canCreate: false, needsContact: true },
  msteams: {
    id: 'msteams',
    title: 'Microsoft Teams',
    joins: 'apart',
    canCreate: true,
    needsContact: true,
    quota: { calls: 7, perMs: 1000 }
  }
}

/** Whether a user can be reached by the bot, as a channel keeps it (C18, Q1, Q2). */
export const REACHABILITY = ['unknown', 'met', 'installed', 'removed', 'blocked'] as const
export type Reachability = (typeof REACHABILITY)[number]

/** Why a channel refuses a message to such a user, for good. The codes are those that Teams answers with. */
export const REFUSALS: Partial<Record<Reachability, { code: string; message: string }>> = {
  unknown: {
    code: 'ForbiddenOperationException',
    message: 'This user has never talked to the bot nor installed it, so this channel does not let the bot write first.'
  },
  removed: { code: 'BotNotInConversationRoster', message: 'The user removed the bot. Nothing can be sent until it is installed again.' },
  blocked: { code: 'MessageWritesBlocked', message: 'The user blocked the bot. Nothing can be sent until it is unblocked.' }
}
