import ts from 'typescript'
import { ancestors, walk } from '../analysis/nodes.ts'
import { indentOf, newLineOf } from '../analysis/rewrite.ts'
import { isTrigger } from '../pages/lifecycle.ts'
import type { PageCall } from '../pages/page-calls.ts'
import type { Fix } from '../problem.ts'
import { type PageRule, pageSample } from '../rule.ts'

const SEND = "window.botpressWebChat.sendEvent({ type: 'idle' })"

export const rule: PageRule = {
  id: 'BPP015',
  name: 'idle-timer-not-cleared',
  severity: 'warning',
  about: 'page',
  title: 'an idle timer that does not notice activity',
  visitor: '“Are you still there?” while they are typing, or after they have closed the chat.',
  why: 'A timer that is to find out whether somebody is idle has to start anew at each sign of life, and to stop when the chat is closed.',
  bad: pageSample(`window.addEventListener('message', function (event) {
  if (event.data && event.data.name === 'webchatReady') {
    setTimeout(function () {
      ${SEND}
    }, 60000)
  }
})`),
  good: pageSample(`let idle
function restart() {
  clearTimeout(idle)
  idle = setTimeout(function () {
    ${SEND}
  }, 60000)
}
window.addEventListener('message', function (event) {
  if (event.data && event.data.name === 'webchatReady') {
    restart()
    document.addEventListener('keydown', restart)
  }
})`),
  check({ calls, report }) {
    for (const call of calls) {
      if (!isTrigger(call)) continue
      const timer = [...ancestors(call.call)].find(
        (node): node is ts.CallExpression => ts.isCallExpression(node) && /(^|\.)setTimeout$/.test(node.expression.getText())
      )
      const ms = timer?.arguments[1]
      // Short ones are delays, not measures of idleness.
      if (!timer || !ms || (ts.isNumericLiteral(ms) && Number(ms.text) < 10_000)) continue
      if (!/idle|inactiv/i.test(call.call.getText())) continue
      let cleared = false
      walk(call.fragment.source, node => {
        if (ts.isCallExpression(node) && /(^|\.)clearTimeout$/.test(node.expression.getText())) cleared = true
      })
      if (!cleared)
        report(
          { start: call.fragment.offset + timer.getStart(), end: call.fragment.offset + timer.expression.end },
          'Nothing stops this timer: the visitor is asked although they are busy, or have left.',
          { fixes: restarting(call, timer) }
        )
    }
  }
}

/** Starts the timer anew at each sign of life, and stops it when the chat is closed. */
function restarting({ fragment: { source, offset } }: PageCall, timer: ts.CallExpression): Fix[] {
  const statement = timer.parent
  if (!ts.isExpressionStatement(statement) || /\b(re)?startIdleTimer\b|\bidleTimer\b/i.test(source.text)) return []
  const lines = [
    'let idleTimer',
    'function restartIdleTimer() {',
    '  clearTimeout(idleTimer)',
    `  idleTimer = ${timer.getText()}`,
    '}',
    'restartIdleTimer()',
    "for (const sign of ['keydown', 'pointerdown', 'scroll']) document.addEventListener(sign, restartIdleTimer)",
    "window.addEventListener('message', function (message) {",
    "  if (message.data && message.data.name === 'webchatClosed') clearTimeout(idleTimer)",
    '})'
  ]
  const text = lines.join(`${newLineOf(source)}${indentOf(statement)}`)
  return [
    {
      title: 'Start it anew at each sign of life',
      edits: [{ span: { start: offset + statement.getStart(), end: offset + statement.end }, text }]
    }
  ]
}
