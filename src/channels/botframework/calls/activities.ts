import type { Activity } from '../../../botframework/activity.ts'
import { REFUSALS } from '../../../botframework/presets.ts'
import type { EntryOf } from '../../../trace/entry.ts'
import { type Answer, activityOf, badRequest, type Call, CallError, type Desk } from '../call.ts'
import { type Conversation, usersOf } from '../conversations.ts'
import { dialogStackIn } from '../dialog-stack.ts'

type Via = EntryOf<'activity-from-bot'>['via']

/** E3, E4: accepts any reply id, since v4 makes them up for every proactive turn (R1), and ids of other conversations (R2). */
export async function send(call: Call, desk: Desk): Promise<Answer> {
  const conversation = desk.conversations.get(call.params.c!)
  const replyTo = call.params.a
  const activity = activityOf(call.body)
  refuseUnreachable(conversation, desk)
  const after = await desk.limits.pass(desk.isProactive(conversation.id, replyTo))
  const id = store(desk, conversation, activity, { via: replyTo === undefined ? 'send' : 'reply', replyTo, sdk: call.sdk })
  if (after) throw new CallError(500, 'ServiceError', 'Staged: the message was kept and the bot is told that it failed.', { staged: true })
  return { status: 200, body: { id } }
}

/** E5 */
export async function update(call: Call, desk: Desk): Promise<Answer> {
  const conversation = desk.conversations.get(call.params.c!)
  const id = call.params.a!
  desk.conversations.activity(conversation, id)
  refuseUnreachable(conversation, desk)
  await desk.limits.pass(desk.isProactive(conversation.id, id))
  const activity = { ...activityOf(call.body), id }
  conversation.activities.set(id, activity)
  note(desk, conversation, activity, 'update', call.sdk)
  return { status: 200, body: { id } }
}

/** E6 */
export function remove(call: Call, desk: Desk): Answer {
  const conversation = desk.conversations.get(call.params.c!)
  const id = call.params.a!
  const activity = desk.conversations.activity(conversation, id)
  conversation.activities.delete(id)
  note(desk, conversation, activity, 'delete', call.sdk)
  return { status: 200 }
}

/** E7: what the bot imports keeps its own times. */
export function history(call: Call, desk: Desk): Answer {
  const conversation = desk.conversations.get(call.params.c!)
  const { activities } = (call.body ?? {}) as { activities?: unknown }
  if (!Array.isArray(activities)) throw badRequest('The body must hold a list of activities.')
  for (const activity of activities) store(desk, conversation, activityOf(activity), { via: 'history', sdk: call.sdk })
  return { status: 200, body: { id: desk.newId() } }
}

/** Takes an activity into the conversation and the trace; the id is the channel's (R5), conversation and reply id are those of the address (R4). */
export function store(
  desk: Desk,
  conversation: Conversation,
  given: Activity,
  how: { via: Via; replyTo?: string | undefined; sdk: Call['sdk'] }
): string {
  const id = how.via === 'history' && typeof given.id === 'string' && given.id !== '' ? given.id : desk.newId()
  const activity: Activity = {
    ...given,
    type: given.type ?? 'message',
    id,
    channelId: conversation.channelId,
    conversation: { id: conversation.id },
    timestamp: how.via === 'history' && given.timestamp ? given.timestamp : new Date(desk.now()).toISOString(),
    ...(how.replyTo !== undefined && { replyToId: how.replyTo })
  }
  conversation.activities.set(id, activity)
  note(desk, conversation, activity, how.via, how.sdk, how.replyTo)
  if (how.via !== 'history') showInChat(desk, conversation, activity)
  noteInspected(desk, conversation, activity)
  return id
}

/** @throws CallError 403 when nobody is left whom the bot may write to (Q2) */
export function refuseUnreachable(conversation: Conversation, desk: Desk): void {
  const users = usersOf(conversation)
  const refusals = users.map(({ id }) => REFUSALS[desk.reachOf(id) === 'unknown' ? 'met' : desk.reachOf(id)])
  const refusal = refusals.find(Boolean)
  if (refusal && refusals.every(Boolean)) throw new CallError(403, refusal.code, refusal.message, { staged: true })
}

function note(desk: Desk, conversation: Conversation, activity: Activity, via: Via, sdk: Call['sdk'], replyTo?: string): void {
  desk.note({
    kind: 'activity-from-bot',
    at: desk.now(),
    activityId: activity.id!,
    conversationId: conversation.id,
    type: activity.type ?? 'message',
    activity,
    via,
    sdk,
    ...(replyTo !== undefined && { replyTo })
  })
}

/** What people see of it: the chat of each of them holds it from now on (R6, R7). */
function showInChat(desk: Desk, conversation: Conversation, activity: Activity): void {
  if (activity.type !== 'message' && activity.type !== 'typing') return
  for (const { id } of usersOf(conversation)) {
    desk.note({
      kind: 'chat-received',
      at: desk.now(),
      visitorId: id,
      botId: desk.botId,
      conversationId: conversation.id,
      eventId: activity.id!,
      what: activity.type,
      by: 'bot',
      payload: activity,
      shown: true
    })
  }
}

/** The inspection middleware of v4 sends the state of every turn as a trace; the conversation that it is about stands in `relatesTo` or is this one (S3). */
function noteInspected(desk: Desk, conversation: Conversation, activity: Activity): void {
  if (activity.type !== 'trace' || !/BotState/i.test(`${activity.name} ${activity.valueType}`)) return
  const about = (activity.relatesTo as { conversation?: { id?: string } } | null | undefined)?.conversation?.id ?? conversation.id
  const stack = dialogStackIn(activity.value)
  desk.note({
    kind: 'bot-state',
    at: desk.now(),
    key: 'inspection',
    conversationId: about,
    data: activity.value,
    from: 'inspection',
    ...(stack && { stack })
  })
}
