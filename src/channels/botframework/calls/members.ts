import type { ChannelAccount } from '../../../botframework/activity.ts'
import { type Answer, type Call, CallError, type Desk } from '../call.ts'
import { usersOf } from '../conversations.ts'

const MAX_PAGE = 500

/** E8 */
export function all(call: Call, desk: Desk): Answer {
  return { status: 200, body: usersOf(desk.conversations.get(call.params.c!)) }
}

/** E9: `continuationToken` is the position of the next page. */
export function paged(call: Call, desk: Desk): Answer {
  const users = usersOf(desk.conversations.get(call.params.c!))
  const asked = Number(call.query.get('pageSize') ?? MAX_PAGE)
  const size = Number.isInteger(asked) && asked > 0 ? Math.min(asked, MAX_PAGE) : MAX_PAGE
  const from = Math.max(0, Number(call.query.get('continuationToken') ?? 0) || 0)
  const members = users.slice(from, from + size)
  const next = from + size < users.length ? { continuationToken: String(from + size) } : {}
  return { status: 200, body: { members, ...next } }
}

/** E10 */
export function one(call: Call, desk: Desk): Answer {
  return { status: 200, body: memberOf(call, desk) }
}

/** E11 */
export function remove(call: Call, desk: Desk): Answer {
  memberOf(call, desk)
  desk.conversations.get(call.params.c!).members.delete(call.params.m!)
  return { status: 200 }
}

/** E12 */
export function ofActivity(call: Call, desk: Desk): Answer {
  const conversation = desk.conversations.get(call.params.c!)
  desk.conversations.activity(conversation, call.params.a!)
  return { status: 200, body: usersOf(conversation) }
}

function memberOf(call: Call, desk: Desk): ChannelAccount {
  const { c, m } = call.params
  const member = desk.conversations.get(c!).members.get(m!)
  if (!member) throw new CallError(404, 'MemberNotFoundInConversation', `${m} is no member of conversation ${c}.`)
  return member
}
