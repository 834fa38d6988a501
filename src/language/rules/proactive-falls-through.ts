import { isFlagName } from '../analysis/effects.ts'
import { mayRunTogether } from '../analysis/flow.ts'
import { coversBranch, INCOMING, isCustomType, isIn, settings } from '../analysis/hook-model.ts'
import { fix, insertBefore } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

const SKIP = 'event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)'

export const rule: HookRule = {
  id: 'BPH004',
  name: 'proactive-falls-through',
  severity: 'warning',
  about: 'hook',
  title: 'a trigger is answered and then processed as a message',
  visitor:
    'Two answers to one trigger: the hook’s words, and the next step of the flow as if they had written something. Each refresh of the page moves the flow on.',
  why: 'Without SKIP_DIALOG_ENGINE an event of any type enters the dialog engine, and a waiting node takes it for the visitor’s answer (R7.10, R7.12). Set the flag before the reply. Starting the flow may be the wish: then do not reply from the hook.',
  bad: hookSample(`if (event.type === 'proactive-trigger') {
  return bp.events.replyToEvent(event, [{ type: 'text', text: 'Need a hand?' }])
}
`),
  good: hookSample(`if (event.type === 'proactive-trigger') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: 'Need a hand?' }])
}
`),
  check({ model, type, workspace, path, report }) {
    if (!INCOMING.has(type.id)) return
    const skips = settings(model, 'SKIP_DIALOG_ENGINE')
    for (const branch of model.branches) {
      const custom = branch.types.filter(isCustomType)
      if (custom.length === 0) continue
      const reply = model.replies.find(call => isIn(call, branch.code))
      if (!reply || skips.some(flag => coversBranch(model, flag, branch) && mayRunTogether(flag.call, reply))) continue
      // A flag that was meant but misspelt has its own rule (BPH010), and its fix is enough.
      if (model.flags.some(flag => isIn(flag.call, branch.code) && !isFlagName(flag.name) && /skip_?dialog/i.test(flag.flag.getText())))
        continue
      const elsewhere = custom.every(name =>
        workspace.hooksHandling(name).some(hook => hook.path !== path && /SKIP_DIALOG_ENGINE/.test(hook.text))
      )
      if (elsewhere) continue
      const [first] = branch.region
      report(
        branch.literal,
        `The hook answers '${custom[0]}' but lets it through: the dialog engine takes it for a message, so the visitor gets the flow’s next step as well, on each refresh anew.`,
        { fixes: first ? [fix('Skip the dialog engine for this event', insertBefore(first, [SKIP]), true)] : [] }
      )
    }
  }
}
