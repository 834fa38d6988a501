import { mayRunTogether } from '../analysis/flow.ts'
import { coversBranch, INCOMING, isIn, settings } from '../analysis/hook-model.ts'
import { fix, insertAfter } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

const PERSIST = 'event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)'

export const rule: HookRule = {
  id: 'BPH005',
  name: 'state-not-persisted',
  severity: 'warning',
  about: 'hook',
  title: 'state is changed and thrown away',
  visitor: 'The bot forgets what it was just told: the form they filled in, or that it has greeted them already.',
  why: 'A skipped event is not saved (R6.5): with SKIP_DIALOG_ENGINE, changes of session, temp and context are lost unless FORCE_PERSIST_STATE is set too. Those of `user` seem to stay, because the attributes are cached in memory, until the server restarts (R6.3).',
  bad: hookSample(`if (event.type === 'contact-form') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  event.state.session.contact = event.payload.payload.payload
}
`),
  good: hookSample(`if (event.type === 'contact-form') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
  event.state.session.contact = event.payload.payload.payload
}
`),
  check({ model, type, workspace, path, report }) {
    if (!INCOMING.has(type.id)) return
    const skips = settings(model, 'SKIP_DIALOG_ENGINE')
    const saves = settings(model, 'FORCE_PERSIST_STATE')
    for (const write of model.writes) {
      const branch = model.branches.find(candidate => isIn(write.node, candidate.code))
      const counts = (flag: (typeof skips)[number]) =>
        mayRunTogether(flag.call, write.node) &&
        (branch ? coversBranch(model, flag, branch) : model.branches.every(other => !isIn(flag.call, other.code)))
      const skip = skips.find(counts)
      if (!skip || saves.some(flag => counts(flag) || flag.call === skip.call)) continue
      const elsewhere = branch?.types.every(name =>
        workspace.hooksHandling(name).some(hook => hook.path !== path && /FORCE_PERSIST_STATE/.test(hook.text))
      )
      if (elsewhere) continue
      const user = /^user\b/.test(write.path)
      const fate = user
        ? 'kept in memory only, and gone when the server restarts'
        : 'thrown away when this event ends, so the next event does not see it'
      report(
        write.node,
        `The dialog engine is skipped and the state not saved: \`${write.path}\` is ${fate}. Set FORCE_PERSIST_STATE as well.`,
        { fixes: [fix('Save the state of this event', insertAfter(skip.call, [PERSIST]), true)] }
      )
    }
  }
}
