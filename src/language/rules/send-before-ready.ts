import ts from 'typescript'
import { statementOf } from '../analysis/nodes.ts'
import { indentOf } from '../analysis/rewrite.ts'
import { isTrigger, momentOf } from '../pages/lifecycle.ts'
import type { PageCall } from '../pages/page-calls.ts'
import type { Fix } from '../problem.ts'
import { type PageRule, pageSample } from '../rule.ts'

const INIT = "window.botpressWebChat.init({ host: 'http://localhost:3000', botId: 'shop' })\n"

export const rule: PageRule = {
  id: 'BPP001',
  name: 'send-before-ready',
  severity: 'warning',
  about: 'page',
  title: 'an event that is sent before the chat accepts any',
  visitor: 'Nothing. The event never leaves their browser.',
  why: 'Until `webchatReady` the widget drops what the page sends, with one warning in the frame’s console and no word to the page (R20.6, R21.6). It does not queue. `show`, `hide` and `toggle` work earlier.',
  bad: pageSample(`${INIT}window.botpressWebChat.sendEvent({ type: 'hello' })`),
  good: pageSample(`${INIT}window.addEventListener('message', event => {
  if (event.data && event.data.name === 'webchatReady') window.botpressWebChat.sendEvent({ type: 'hello' })
})`),
  check({ calls, report }) {
    for (const call of calls) {
      if (!isTrigger(call)) continue
      const moment = momentOf(call)
      if (moment.at === 'load') {
        report(
          call.span,
          'This is sent before the chat accepts events: it is dropped in the browser, and the bot never hears of it. Wait for webchatReady.',
          {
            fixes: wrapped(call)
          }
        )
      } else if (moment.at === 'message' && moment.test.name === 'webchatLoaded') {
        const start = call.fragment.offset + moment.test.literal.getStart()
        report(
          call.span,
          'At webchatLoaded the chat accepts no events yet: this is dropped in the browser, even after `show`. Wait for webchatReady.',
          {
            fixes: [
              {
                title: "Wait for 'webchatReady'",
                edits: [{ span: { start, end: call.fragment.offset + moment.test.literal.end }, text: "'webchatReady'" }]
              }
            ]
          }
        )
      }
    }
  }
}

function wrapped(call: PageCall): Fix[] {
  const statement = statementOf(call.call)
  if (!statement || !ts.isExpressionStatement(statement)) return []
  const indent = indentOf(statement)
  const lines = [
    "window.addEventListener('message', function (event) {",
    `${indent}  if (event.data && event.data.name === 'webchatReady') {`,
    `${indent}    ${statement.getText()}`,
    `${indent}  }`,
    `${indent}})`
  ]
  const span = { start: call.fragment.offset + statement.getStart(), end: call.fragment.offset + statement.end }
  return [{ title: 'Send it when the chat is ready', safe: true, edits: [{ span, text: lines.join('\n') }] }]
}
