import type { Activity, ChannelAccount } from '../../../botframework/activity.ts'
import { REFUSALS } from '../../../botframework/presets.ts'
import { type Answer, badRequest, type Call, CallError, type Desk } from '../call.ts'
import { store } from './activities.ts'

interface Parameters {
  bot?: ChannelAccount
  members?: unknown
  isGroup?: boolean
  tenantId?: string
  activity?: Activity
}

/** E1: a conversation of its own, with the first message in it if one is given. Members come in any shape (R10). */
export async function create(call: Call, desk: Desk): Promise<Answer> {
  const preset = desk.preset()
  if (!preset.canCreate) throw new CallError(405, 'MethodNotAllowed', `${preset.title} does not let bots open conversations.`)
  const { bot, members: given, isGroup, tenantId, activity } = (call.body ?? {}) as Parameters
  const members = membersIn(given)
  if (members.length === 0) throw badRequest('A conversation needs at least one member beside the bot.')
  for (const { id } of members) {
    const reach = desk.reachOf(id)
    const refusal = reach === 'unknown' && !preset.needsContact ? undefined : REFUSALS[reach]
    if (refusal) throw new CallError(403, refusal.code, refusal.message, { staged: true })
  }
  const after = await desk.limits.pass(true)
  const conversation = desk.conversations.open({
    id: desk.newId(),
    channelId: preset.id,
    by: 'bot',
    bot: bot?.id ? bot : { id: 'bot', name: 'Bot' },
    members,
    isGroup: isGroup === true || members.length > 1,
    ...(tenantId !== undefined && { tenantId })
  })
  desk.note({
    kind: 'bot-conversation',
    at: desk.now(),
    conversationId: conversation.id,
    channelId: conversation.channelId,
    serviceUrl: desk.serviceUrl,
    by: 'bot',
    bot: conversation.bot,
    members: [...conversation.members.values()]
  })
  const activityId = activity ? store(desk, conversation, activity, { via: 'create', sdk: call.sdk }) : undefined
  if (after)
    throw new CallError(500, 'ServiceError', 'Staged: the conversation was opened and the bot is told that it failed.', { staged: true })
  return { status: 201, body: { id: conversation.id, serviceUrl: desk.serviceUrl, ...(activityId !== undefined && { activityId }) } }
}

/** E2 */
export function list(_: Call, desk: Desk): Answer {
  const conversations = desk.conversations.all.map(({ id, members }) => ({ id, members: [...members.values()] }))
  return { status: 200, body: { conversations } }
}

function membersIn(given: unknown): ChannelAccount[] {
  const many = Array.isArray(given) ? given : given === undefined || given === null ? [] : [given]
  return many.flatMap(member => {
    if (typeof member === 'string' && member !== '') return [{ id: member }]
    const id = (member as { id?: unknown } | null)?.id
    return typeof id === 'string' && id !== '' ? [member as ChannelAccount] : []
  })
}
