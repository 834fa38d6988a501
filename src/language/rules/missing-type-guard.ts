import { callsOf } from '../analysis/effects.ts'
import { statementOf } from '../analysis/nodes.ts'
import { fix, indentOf, newLineOf } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

const INCOMING = new Set(['before_incoming_middleware', 'after_incoming_middleware'])

export const rule: HookRule = {
  id: 'BPH014',
  name: 'missing-type-guard',
  severity: 'warning',
  about: 'hook',
  title: 'a reply to every event',
  visitor: 'The same words after each message, after each page load, when they press a button, when they reset the chat.',
  why: 'An incoming hook runs for every event: messages, but also `visit`, quick replies, `session_reset`, and whatever pages send. Test `event.type` first.',
  bad: hookSample(
    "event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)\nreturn bp.events.replyToEvent(event, [{ type: 'text', text: 'Hi' }])\n"
  ),
  good: hookSample(`if (event.type === 'hello') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: 'Hi' }])
}
`),
  check({ source, text, model, type, workspace, report }) {
    if (!INCOMING.has(type.id)) return
    if (
      /\b(event\s*\.\s*(type|preview|channel|payload|nlu|state|suggestions)|lastMessages|\{[^}]*\b(type|preview|channel|payload|state)\b[^}]*\}\s*=\s*event)\b/.test(
        text
      )
    )
      return
    const acts = [...model.replies, ...callsOf([source], model.aliases, path => path === 'bp.dialog.jumpTo').map(({ call }) => call)]
    const [first] = acts
    if (!first) return
    const sent = workspace.pages.flatMap(page => page.sent).find(event => event.type !== undefined && event.via === 'sendEvent')
    const wanted = sent?.type ?? 'proactive-trigger'
    const statement = statementOf(first)
    const top = statement?.parent === source ? source.statements[0]! : undefined
    const guard = `if (event.type !== '${wanted}') return`
    report(first, 'Nothing tells which events this answers: it happens after every message, page load, button and reset.', {
      fixes: top
        ? [
            fix(`Only for events of type '${wanted}'`, [
              { span: { start: top.getStart(), end: top.getStart() }, text: `${guard}${newLineOf(source)}${indentOf(top)}` }
            ])
          ]
        : []
    })
  }
}
