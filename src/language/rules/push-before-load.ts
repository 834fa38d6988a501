import ts from 'typescript'
import { ancestors } from '../analysis/nodes.ts'
import { indentOf } from '../analysis/rewrite.ts'
import { spanIn } from '../pages/fragments.ts'
import type { PageCall } from '../pages/page-calls.ts'
import type { Fix } from '../problem.ts'
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
        'The widget is not loaded yet: this has no effect and is not kept for later. Do it when the promise of `load` has resolved.',
        { fixes: afterLoad(call, calls) }
      )
    }
  }
}

/** Moves the call into a `then` of the `load` above it in the same script, when both are statements of their own. */
function afterLoad({ call, fragment }: PageCall, calls: readonly PageCall[]): Fix[] {
  const load = calls.find(other => other.api === 'voiceflow' && other.method === 'load' && other.fragment === fragment)
  const statement = call.parent
  if (!load || load.call.end > call.pos || !ts.isExpressionStatement(statement) || !ts.isExpressionStatement(load.call.parent)) return []
  const { end } = spanIn(fragment, load.call)
  const span = spanIn(fragment, statement)
  const { text } = fragment.source
  // With the line break before it.
  const gap = /[ \t]*\r?\n[ \t]*$|$/.exec(text.slice(0, statement.getStart()))![0].length
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const indent = indentOf(load.call)
  return [
    {
      title: 'Do it when the widget is loaded',
      edits: [
        { span: { start: end, end }, text: `.then(() => {${eol}${indent}  ${call.getText()}${eol}${indent}})` },
        { span: { start: span.start - gap, end: span.end }, text: '' }
      ]
    }
  ]
}
