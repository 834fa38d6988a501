import { pathsIn } from '../analysis/effects.ts'
import { fix, replace } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

const LENGTH = 'event.state.session.lastMessages.length'

export const rule: HookRule = {
  id: 'BPH007',
  name: 'session-is-not-user',
  severity: 'hint',
  about: 'hook',
  title: '`lastMessages` tells a new session, not a new visitor',
  visitor: 'A returning visitor is treated as new: after half an hour of silence, in a new conversation, or after a reset.',
  why: 'A session belongs to one conversation and is deleted after 30 idle minutes (R6.8, R6.10). To know the person, keep an attribute in `event.state.user`. Fine when the session is what you mean.',
  bad: hookSample(`if (event.type === 'hello' && event.state.session.lastMessages.length) {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
}
`),
  good: hookSample(`if (event.type === 'hello' && event.state.user.greeted) {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
}
`),
  check({ source, model, report }) {
    const first = pathsIn([source], model.aliases).find(({ path }) => path === LENGTH)
    if (!first) return
    report(
      first.node,
      'This is empty again after 30 idle minutes and in each new conversation: it tells a new session, not a new visitor.',
      {
        fixes: [fix('Ask for an attribute of the visitor instead', [replace(first.node, 'event.state.user.greeted')])]
      }
    )
  }
}
