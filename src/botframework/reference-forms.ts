import type { ChannelAccount } from './activity.ts'

/** The coordinates of a conversation that a bot needs in order to write to it later. */
export interface Coordinates {
  activityId?: string
  user: ChannelAccount
  bot: ChannelAccount
  conversationId: string
  channelId: string
  serviceUrl: string
  locale?: string
}

export const REFERENCE_FORMS = ['v3', 'v4', 'agents'] as const
export type ReferenceForm = (typeof REFERENCE_FORMS)[number]

/** What the user chooses from. */
export const FORM_TITLES: Record<ReferenceForm, string> = {
  v3: 'v3 address',
  v4: 'v4 ConversationReference',
  agents: 'Agents SDK record'
}

/**
 * The same coordinates as each SDK stores them. v3 names the activity `id`; Agents calls the bot `agent` (a v4 reference fails there) and keeps the claims
 * of the token beside the reference, of which `aud` must not be empty.
 */
export function referenceAs(form: ReferenceForm, at: Coordinates): Record<string, unknown> {
  const conversation = { id: at.conversationId }
  const common = { user: at.user, conversation, channelId: at.channelId, serviceUrl: at.serviceUrl }
  const activityId = at.activityId === undefined ? {} : { activityId: at.activityId }
  const locale = at.locale === undefined ? {} : { locale: at.locale }
  if (form === 'v3') return { ...(at.activityId !== undefined && { id: at.activityId }), ...common, bot: at.bot }
  if (form === 'v4') return { ...activityId, ...common, bot: at.bot, ...locale }
  return { claims: { aud: 'local-bot' }, reference: { ...activityId, ...common, agent: at.bot, ...locale } }
}
