import ts from 'typescript'
import { pathsIn } from '../analysis/effects.ts'
import { coversBranch, INCOMING, isCustomType, isIn, settings } from '../analysis/hook-model.ts'
import { fix, insertAfter, insertBefore } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

const GUARD = [
  'if (event.state.session.greeted) return',
  'event.state.session.greeted = true',
  'event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)'
]
const SKIP = 'event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)'
/** What a page does to send only once. */
const ONCE = /sessionStorage|localStorage|\bonce\b|removeEventListener|\b(sent|shown|greeted|done|fired)\b/i

export const rule: HookRule = {
  id: 'BPH032',
  name: 'no-frequency-guard',
  severity: 'warning',
  about: 'hook',
  title: 'a proactive message without a limit',
  visitor: 'The same words on every page they open, and each time the page sends its trigger.',
  why: '`webchatReady` comes once per page load (R21.6), so a trigger sent there reaches the bot on every page of the site. Ask a stored marker, a count or a date before speaking, and save it. Fine when the page itself takes care.',
  bad: hookSample(`if (event.type === 'page-ready') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: 'Can I help?' }])
}
`),
  good: hookSample(`if (event.type === 'page-ready') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  if (event.state.session.greeted) return
  event.state.session.greeted = true
  event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: 'Can I help?' }])
}
`),
  check({ model, type, workspace, report }) {
    if (!INCOMING.has(type.id)) return
    for (const branch of model.branches) {
      const custom = branch.types.filter(isCustomType)
      const reply = model.replies.find(call => isIn(call, branch.code))
      if (custom.length === 0 || custom.length < branch.types.length || !reply) continue
      // A payload of type `data` only tells the page something.
      if (/type:\s*['"]data['"]/.test(reply.getText())) continue
      const asked = [...branch.code, branch.test.parent, ...conditionsAround(branch.test)]
      const looked = pathsIn(asked, model.aliases).some(
        ({ path }) =>
          /^event\.state\.(user|session|temp|context)\b/.test(path) || /^bp\.(kvs|users|database|events\.findEvents)\b/.test(path)
      )
      if (looked) continue
      const pages = custom.flatMap(name => workspace.sendersOf(name))
      const guarded = pages.length > 0 && pages.every(({ page }) => ONCE.test(page.text))
      const skip = settings(model, 'SKIP_DIALOG_ENGINE').find(
        flag => coversBranch(model, flag, branch) && branch.region.includes(flag.call.parent)
      )
      const first = branch.region[0]
      const fixable = first && ts.isStatement(first)
      report(
        branch.literal,
        `Nothing limits how often '${custom[0]}' is answered: the visitor gets the same words on every page they open.`,
        {
          ...(guarded && { severity: 'info' as const }),
          fixes: fixable ? [fix('Once per session', skip ? insertAfter(skip.call, GUARD) : insertBefore(first, [SKIP, ...GUARD]))] : []
        }
      )
    }
  }
}

/** Conditions of `if`s around a test: a guard may stand further out. */
function conditionsAround(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = []
  for (let at: ts.Node = node; at; at = at.parent) if (ts.isIfStatement(at)) found.push(at.expression)
  return found
}
