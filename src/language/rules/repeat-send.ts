import ts from 'typescript'
import { ancestors } from '../analysis/nodes.ts'
import { isTrigger, momentOf } from '../pages/lifecycle.ts'
import { type PageRule, pageSample } from '../rule.ts'

/** Things of a page that happen again and again. */
const OFTEN = /^(scroll|focus|focusin|mousemove|mouseleave|mouseout|visibilitychange|resize|pageshow|hashchange|popstate)$/

export const rule: PageRule = {
  id: 'BPP006',
  name: 'repeat-send',
  severity: 'warning',
  about: 'page',
  title: 'a trigger that is sent again and again',
  visitor: 'The same message each time they scroll, switch tabs or open the chat.',
  why: 'These events of the page come many times. Without a mark, or `{ once: true }`, each sends the trigger anew, and the second may count as the visitor’s answer (R7.12).',
  bad: pageSample(`window.addEventListener('scroll', function () {
  window.botpressWebChat.sendEvent({ type: 'scrolled' })
})`),
  good: pageSample(`window.addEventListener(
  'scroll',
  function () {
    window.botpressWebChat.sendEvent({ type: 'scrolled' })
  },
  { once: true }
)`),
  check({ calls, report }) {
    for (const call of calls) {
      if (!isTrigger(call)) continue
      const listener = [...ancestors(call.call)].find(
        (node): node is ts.CallExpression => ts.isCallExpression(node) && /addEventListener$/.test(node.expression.getText())
      )
      const [event, callback, options] = listener?.arguments ?? []
      const moment = momentOf(call)
      const opened = moment.at === 'message' && moment.test.name === 'webchatClosed'
      const name = event && ts.isStringLiteralLike(event) ? event.text : undefined
      if (!listener || !callback || (!opened && !(name && OFTEN.test(name)))) continue
      if (options && /once/.test(options.getText())) continue
      if (/\b(if|return|removeEventListener|sessionStorage|localStorage|clearTimeout|setTimeout)\b/.test(callback.getText()) && !opened)
        continue
      const { offset } = call.fragment
      report(
        call.span,
        `'${opened ? moment.test.name : name}' happens many times: each one sends the trigger again, and the visitor gets the same words again.`,
        {
          fixes: opened
            ? []
            : [
                {
                  title: 'Send it once',
                  edits: [{ span: { start: offset + callback.end, end: offset + callback.end }, text: ', { once: true }' }]
                }
              ]
        }
      )
    }
  }
}
