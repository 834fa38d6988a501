import ts from 'typescript'
import { isTrigger, momentOf } from '../pages/lifecycle.ts'
import type { PageCall } from '../pages/page-calls.ts'
import type { Fix } from '../problem.ts'
import { type PageRule, pageSample } from '../rule.ts'

export const rule: PageRule = {
  id: 'BPP004',
  name: 'timer-instead-of-ready',
  severity: 'warning',
  about: 'page',
  title: 'a guess at how long the chat takes to load',
  visitor: 'On a slow line nothing; on a fast one a greeting.',
  why: 'Between loading and accepting events lie several requests (R21.4). What is sent too early is dropped (R20.6). A timer is fine when it is started after `webchatReady`.',
  bad: pageSample(`setTimeout(function () {
  window.botpressWebChat.sendEvent({ type: 'hello' })
}, 1500)`),
  good: pageSample(`window.addEventListener('message', function (event) {
  if (event.data && event.data.name === 'webchatReady') window.botpressWebChat.sendEvent({ type: 'hello' })
})`),
  check({ calls, report }) {
    for (const call of calls) {
      const moment = isTrigger(call) ? momentOf(call) : undefined
      if (moment?.at !== 'timer' || startedLater(moment.timer)) continue
      report(
        call.span,
        'Whether the chat is ready by then depends on the visitor’s line: too early, and the event is dropped. Wait for webchatReady.',
        {
          fixes: listener(call, moment.timer)
        }
      )
    }
  }
}

/** A timer that is started by something later, such as the ready message. */
function startedLater(timer: ts.Node): boolean {
  for (let at = timer.parent; at; at = at.parent) if (ts.isFunctionLike(at) && !ts.isCallExpression(at.parent)) return true
  for (let at = timer.parent; at; at = at.parent) {
    if (ts.isFunctionLike(at) && ts.isCallExpression(at.parent) && /addEventListener$/.test(at.parent.expression.getText())) return true
  }
  return false
}

function listener(call: PageCall, timer: ts.CallExpression): Fix[] {
  const statement = timer.parent
  const [callback] = timer.arguments
  if (!ts.isExpressionStatement(statement) || !callback || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) return []
  const body = callback.body.getText()
  const block = ts.isBlock(callback.body) ? body : `{ ${body} }`
  const { offset } = call.fragment
  return [
    {
      title: 'Send it when the chat is ready',
      edits: [
        {
          span: { start: offset + statement.getStart(), end: offset + statement.end },
          text: `window.addEventListener('message', function (event) {\n  if (event.data && event.data.name === 'webchatReady') ${block}\n})`
        }
      ]
    }
  ]
}
