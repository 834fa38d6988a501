import ts from 'typescript'
import { ancestors } from '../analysis/nodes.ts'
import { type PageRule, pageSample } from '../rule.ts'

const PUSH = "window.voiceflow.chat.proactive.push({ type: 'text', payload: { message: 'Need help with prices?' } })"
const ROUTE = /\b(popstate|hashchange|routeChange\w*|afterEach|beforeEach|navigate)\b/

export const rule: PageRule = {
  id: 'VFP003',
  name: 'stale-nudge',
  severity: 'info',
  about: 'page',
  title: 'a bubble that stays when its page is left',
  visitor: 'On the contact page they still see the bubble about prices, below the next one.',
  why: 'In a single-page application the widget outlives the page; bubbles pile up until `proactive.clear()`.',
  bad: pageSample(`window.addEventListener('popstate', () => {\n  ${PUSH}\n})`),
  good: pageSample(`window.addEventListener('popstate', () => {\n  window.voiceflow.chat.proactive.clear()\n  ${PUSH}\n})`),
  check({ calls, report }) {
    if (calls.some(call => call.api === 'voiceflow' && call.method === 'clear')) return
    for (const call of calls) {
      if (call.api !== 'voiceflow' || call.method !== 'push') continue
      const route = [...ancestors(call.call)].some(
        node => ts.isCallExpression(node) && ROUTE.test(`${node.expression.getText()} ${node.arguments[0]?.getText() ?? ''}`)
      )
      const { start } = call.span
      if (route) {
        report(call.span, 'Nothing clears the bubbles of the page that was left: they stay below this one.', {
          fixes: [
            {
              title: 'Clear the older ones first',
              safe: true,
              edits: [{ span: { start, end: start }, text: 'window.voiceflow.chat.proactive.clear()\n  ' }]
            }
          ]
        })
      }
    }
  }
}
