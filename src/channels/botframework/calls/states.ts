import type { Answer, Call, Desk } from '../call.ts'
import { dialogStackIn } from '../dialog-stack.ts'

/** E16, read. Nothing stored is `data: null`. */
export function read(call: Call, desk: Desk): Answer {
  return { status: 200, body: { eTag: '*', data: desk.states.get(keyOf(call)) } }
}

/** E16, write. */
export function write(call: Call, desk: Desk): Answer {
  const key = keyOf(call)
  const data = (call.body as { data?: unknown } | undefined)?.data ?? null
  desk.states.set(key, data)
  const stack = dialogStackIn(data)
  desk.note({
    kind: 'bot-state',
    at: desk.now(),
    key,
    data,
    from: 'botstate',
    ...(call.params.c !== undefined && { conversationId: call.params.c }),
    ...(stack && { stack })
  })
  return { status: 200, body: { eTag: '*', data } }
}

/** E16, delete: everything about the user. */
export function forget(call: Call, desk: Desk): Answer {
  desk.states.forget(call.params.channel!, call.params.u!)
  return { status: 200, body: [] }
}

function keyOf({ params }: Call): string {
  const { channel, c, u } = params
  return [channel, ...(c === undefined ? [] : ['conversations', c]), ...(u === undefined ? [] : ['users', u])].join('/')
}
