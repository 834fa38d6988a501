import { callsOf, fullPath } from '../analysis/effects.ts'
import { fix, replace } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

export const rule: HookRule = {
  id: 'BPH030',
  name: 'jump-session-id',
  severity: 'error',
  about: 'hook',
  title: 'a session id that is none',
  visitor: 'Nothing happens where they are: another session, which nobody has, is changed.',
  why: 'The first argument is the session’s id, which has bot, channel, user and thread in it (R6.1); `event.target` is only the user. `jumpTo` ignores it in 12.31, `processEvent` and `deleteSession` do not. Both are strings, so types cannot tell them apart.',
  bad: hookSample('return bp.dialog.deleteSession(event.target, event.botId)\n', { type: 'after_event_processed' }),
  good: hookSample('return bp.dialog.deleteSession(bp.dialog.createId(event), event.botId)\n', { type: 'after_event_processed' }),
  check({ source, model, report }) {
    for (const { call, path } of callsOf([source], model.aliases, name => /^bp\.dialog\.(jumpTo|processEvent|deleteSession)$/.test(name))) {
      const [id] = call.arguments
      const given = id && fullPath(id, model.aliases)
      if (!id || given === undefined || !/^event\.(target|id|threadId|botId|channel)$|^botId$/.test(given)) continue
      const jump = path.endsWith('jumpTo')
      const then = jump ? '`jumpTo` happens to ignore it in this version' : 'nothing happens for this visitor'
      report(id, `\`${given}\` is no session id: ${then}. Use \`bp.dialog.createId(event)\`.`, {
        ...(jump && { severity: 'warning' as const }),
        fixes: [fix('Use bp.dialog.createId(event)', [replace(id, 'bp.dialog.createId(event)')], true)]
      })
    }
  }
}
