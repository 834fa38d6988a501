import ts from 'typescript'
import { ancestors } from '../analysis/nodes.ts'
import { type PageRule, pageSample } from '../rule.ts'

const PUSH = "window.voiceflow.chat.proactive.push({ type: 'text', payload: { message: 'Hi' } })"
const LOAD = "window.voiceflow.chat.load({ verify: { projectID: 'p' } })"

export const rule: PageRule = {
  id: 'VFP001',
  name: 'push-before-load',
  severity: 'warning',
  about: 'page',
  title: 'a bubble that is pushed before the widget is loaded',
  visitor: 'No bubble.',
  why: 'Until the promise of `load` resolves, `proactive.push` writes a warning and does nothing; it is not kept for later.',
  bad: pageSample(`${LOAD}\n${PUSH}`),
  good: pageSample(`${LOAD}.then(() => {\n  ${PUSH}\n})`),
  check({ calls, report }) {
    for (const call of calls) {
      if (call.api !== 'voiceflow' || (call.method !== 'push' && call.method !== 'clear' && call.method !== 'interact')) continue
      if (call.fragment.kind === 'handler') continue
      const inner = [...ancestors(call.call)].find(ts.isFunctionLike)
      const immediate = inner && ts.isParenthesizedExpression(inner.parent) && ts.isCallExpression(inner.parent.parent)
      if (inner && !immediate) continue
      // After an `await` of `load` in the same script it is there.
      if (/await\s+[\w.]*voiceflow\.chat\s*\.\s*load/.test(call.fragment.source.text.slice(0, call.call.getStart()))) continue
      report(
        call.span,
        'The widget is not loaded yet: this has no effect and is not kept for later. Do it when the promise of `load` has resolved.'
      )
    }
  }
}
