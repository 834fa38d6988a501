import ts from 'typescript'
import { callsOf, directionOf } from '../analysis/effects.ts'
import { type BranchModel, INCOMING, isIn } from '../analysis/hook-model.ts'
import { literalOf, plain, propertyOf } from '../analysis/nodes.ts'
import { fix, insertBefore } from '../analysis/rewrite.ts'
import type { Fix } from '../problem.ts'
import { type HookRule, hookSample } from '../rule.ts'

export const rule: HookRule = {
  id: 'BPH018',
  name: 'event-loop-risk',
  severity: 'warning',
  about: 'hook',
  title: 'a hook that calls itself for ever',
  visitor: 'The chat is busy for ever; their own messages wait behind an endless row of events.',
  why: 'An incoming event sent by a hook passes the same hook again (R16.4). Send another type, or put a mark into the payload and leave early when it is there.',
  bad: hookSample(`if (event.type === 'again') {
  return bp.events.sendEvent(
    bp.IO.Event({ type: 'again', direction: 'incoming', channel: event.channel, target: event.target, botId: event.botId, payload: {} })
  )
}
`),
  good: hookSample(`if (event.type === 'first') {
  return bp.events.sendEvent(
    bp.IO.Event({ type: 'second', direction: 'incoming', channel: event.channel, target: event.target, botId: event.botId, payload: {} })
  )
}
`),
  check({ source, model, type, report }) {
    if (!INCOMING.has(type.id)) return
    for (const { call } of callsOf([source], model.aliases, path => path === 'bp.events.sendEvent')) {
      if (directionOf(call, model.aliases) !== 'incoming') continue
      const made = plain(call.arguments[0]!) as ts.CallExpression
      const sent = literalOf(propertyOf(made.arguments[0], 'type'))
      const around = model.branches.filter(branch => isIn(call, branch.code))
      // Whoever leaves on a mark of the hook's own does not start over.
      if (/\bevent\.payload\.sentByHook\b/.test(source.text)) continue
      const same = around.find(branch => typeof sent === 'string' && branch.types.includes(sent))
      const unguarded = model.branches.length === 0 && !/event\s*\.\s*(payload|preview|id)\b/.test(source.text)
      if (same)
        report(
          call,
          `This sends '${sent as string}' from the branch that handles '${sent as string}': it starts over without end for this visitor.`,
          { fixes: onlyOnce(made, same) }
        )
      else if (unguarded)
        report(call, 'This sends an incoming event for every incoming event: each one passes the hook again, without end.')
    }
  }
}

/** Marks what is sent, and leaves early when the mark is there. */
function onlyOnce(made: ts.CallExpression, { region }: BranchModel): Fix[] {
  const payload = propertyOf(made.arguments[0], 'payload')
  const [first] = region
  if (!first || !ts.isStatement(first) || !payload || !ts.isObjectLiteralExpression(payload)) return []
  const at = payload.getStart() + 1
  const rest = payload.properties.length > 0 ? ',' : ' '
  const mark = { span: { start: at, end: at }, text: ` sentByHook: true${rest}` }
  return [fix('Send it once', [...insertBefore(first, ['if (event.payload.sentByHook) return']), mark])]
}
