import ts from 'typescript'
import { callsOf } from '../analysis/effects.ts'
import { propertyOf } from '../analysis/nodes.ts'
import { fix } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

/** What an event needs (R4.8), with what fills it from the event at hand. */
const NEEDED: Record<string, string> = {
  type: "'text'",
  channel: 'event.channel',
  direction: "'incoming'",
  target: 'event.target',
  botId: 'event.botId',
  payload: '{}'
}

export const rule: HookRule = {
  id: 'BPH017',
  name: 'incomplete-destination',
  severity: 'error',
  about: 'hook',
  title: 'an event without its address',
  visitor: 'Nothing comes. In production it may go to nobody, or to a session that no one has.',
  why: 'Outside of production an event without `type`, `channel`, `direction`, `target`, `botId` or `payload` is refused; in production nothing is checked (R4.8), so the server behaves differently where it matters.',
  bad: hookSample(
    "return bp.events.sendEvent(bp.IO.Event({ type: 'follow-up', direction: 'incoming', channel: event.channel, payload: {} }))\n",
    {
      type: 'after_event_processed'
    }
  ),
  good: hookSample(
    "return bp.events.sendEvent(bp.IO.Event({ type: 'follow-up', direction: 'incoming', channel: event.channel, payload: {}, target: event.target, botId: event.botId }))\n",
    { type: 'after_event_processed' }
  ),
  check({ source, model, type, report }) {
    for (const { call } of callsOf([source], model.aliases, path => path === 'bp.IO.Event')) {
      const [argument] = call.arguments
      if (!argument || !ts.isObjectLiteralExpression(argument) || argument.properties.some(ts.isSpreadAssignment)) continue
      const missing = Object.keys(NEEDED).filter(name => propertyOf(argument, name) === undefined)
      if (missing.length === 0) continue
      const last = argument.properties.at(-1)
      const at = last ? last.end : argument.getStart() + 1
      const hasEvent = type.args.some(({ name }) => name === 'event')
      const text = missing.map(name => `${name}: ${NEEDED[name]}`).join(', ')
      report(
        argument,
        `The event has no ${missing.join(', no ')}: it is refused${missing.includes('target') ? ', or reaches nobody' : ''}.`,
        {
          fixes: hasEvent
            ? [fix('Fill in what is missing from the event', [{ span: { start: at, end: at }, text: last ? `, ${text}` : ` ${text} ` }])]
            : []
        }
      )
    }
  }
}
