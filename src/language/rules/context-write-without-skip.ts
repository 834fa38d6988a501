import { mayRunTogether } from '../analysis/flow.ts'
import { INCOMING, settings } from '../analysis/hook-model.ts'
import { fix, insertAfter } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

export const rule: HookRule = {
  id: 'BPH037',
  name: 'context-write-without-skip',
  severity: 'warning',
  about: 'hook',
  title: 'the position is changed and used at once',
  visitor: 'The trigger counts as their answer to the first question of the new place: it is skipped, or asked twice.',
  why: 'The dialog engine runs on the same event and hands it to the node that the context names (R7.12). Use `bp.dialog.jumpTo`, which starts the node anew, or skip the engine and save the state.',
  bad: hookSample("if (event.type === 'go') {\n  event.state.context.currentNode = 'offer'\n}\n"),
  good: hookSample("if (event.type === 'go') {\n  return bp.dialog.jumpTo(bp.dialog.createId(event), event, 'main', 'offer')\n}\n"),
  check({ model, type, report }) {
    if (!INCOMING.has(type.id)) return
    for (const write of model.writes) {
      if (!/^context\b/.test(write.path)) continue
      if (settings(model, 'SKIP_DIALOG_ENGINE').some(flag => mayRunTogether(flag.call, write.node))) continue
      report(write.node, 'The dialog engine runs on this very event: the node that is set here takes it for its answer.', {
        fixes: [
          fix(
            'Skip the engine for this event and save the position',
            insertAfter(write.node, [
              'event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)',
              'event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)'
            ])
          )
        ]
      })
    }
  }
}
