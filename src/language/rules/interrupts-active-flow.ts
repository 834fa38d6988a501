import { pathsIn } from '../analysis/effects.ts'
import { INCOMING, isCustomType, isIn, settings } from '../analysis/hook-model.ts'
import { fix, insertBefore } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

const ASKS = /single-choice|dropdown|quick_repl|\?\s*['"`]/

const IF_FREE = 'if (event.state.context.currentNode) return'
const LEAVE = ['event.state.context = {}', 'event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)']

export const rule: HookRule = {
  id: 'BPH033',
  name: 'interrupts-active-flow',
  severity: 'info',
  about: 'hook',
  title: 'a question that comes in the middle of another one',
  visitor: 'They answer the hook’s question, and the bot takes it for the answer to what it had asked before.',
  why: 'A reply from a hook changes nothing about where the conversation stands: the next message goes to the node that waits (R7.12). Look at `event.state.context.currentNode` before asking, or jump to a node that takes the answer.',
  bad: hookSample(`if (event.type === 'idle' && !event.state.session.asked) {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: 'Can I help?' }])
}
`),
  good: hookSample(`if (event.type === 'idle' && !event.state.session.asked) {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  if (event.state.context.currentNode) return
  return bp.events.replyToEvent(event, [{ type: 'text', text: 'Can I help?' }])
}
`),
  check({ source, model, type, report }) {
    if (!INCOMING.has(type.id)) return
    if (
      pathsIn([source], model.aliases).some(
        ({ path }) => /^event\.state\.context\b/.test(path) || /^bp\.dialog\.(jumpTo|processEvent)$/.test(path)
      )
    )
      return
    for (const branch of model.branches) {
      if (!branch.types.some(isCustomType) || settings(model, 'SKIP_DIALOG_ENGINE').length === 0) continue
      const reply = model.replies.find(call => isIn(call, branch.code))
      if (!reply || !ASKS.test(branch.code.map(node => node.getText()).join('\n'))) continue
      report(
        branch.literal,
        'This asks without looking whether the bot waits for an answer already: the visitor’s answer would go to that older question.',
        {
          fixes: [
            fix('Ask only when the bot waits for nothing', insertBefore(reply, [IF_FREE])),
            fix('Give up what the bot was asking', insertBefore(reply, LEAVE))
          ]
        }
      )
    }
  }
}
