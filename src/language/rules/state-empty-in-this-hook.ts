import { pathsIn } from '../analysis/effects.ts'
import { type HookRule, hookSample } from '../rule.ts'

export const rule: HookRule = {
  id: 'BPH012',
  name: 'state-empty-in-this-hook',
  severity: 'warning',
  about: 'hook',
  title: 'outgoing events have no state',
  visitor: 'What the hook should change about a reply stays as it was: the line throws, the reply goes out unchanged.',
  why: 'The state of an outgoing event is empty: no user, session, temp or context (R7.8). Read it in an incoming hook, put what you need into the payload of the reply, or look up the incoming event by `event.incomingEventId`.',
  bad: hookSample("event.payload.text = event.payload.text.replace('[name]', event.state.user.name)\n", {
    type: 'before_outgoing_middleware'
  }),
  good: hookSample("event.payload.text = event.payload.text.replace('[bot]', event.botId)\n", { type: 'before_outgoing_middleware' }),
  check({ source, model, type, report }) {
    if (type.id !== 'before_outgoing_middleware') return
    for (const { node, path } of pathsIn([source], model.aliases)) {
      const match = /^event\.state\.(user|session|temp|context)(\.|$)/.exec(path)
      if (!match) continue
      const then = match[2] ? 'reading from it throws, and the reply goes out unchanged' : 'it is undefined'
      report(node, `An outgoing event has no \`state.${match[1]}\`: ${then}.`)
    }
  }
}
