import ts from 'typescript'
import { momentOf } from '../pages/lifecycle.ts'
import type { PageCall } from '../pages/page-calls.ts'
import type { Fix } from '../problem.ts'
import { type PageRule, pageSample } from '../rule.ts'

const INIT = "window.botpressWebChat.init({ host: 'http://localhost:3000', botId: 'shop' })"
const SHOW = "window.botpressWebChat.sendEvent({ type: 'show' })"

export const rule: PageRule = {
  id: 'BPP014',
  name: 'api-before-init',
  severity: 'warning',
  about: 'page',
  title: 'the chat is spoken to before it is there',
  visitor: 'The call has no effect, or the script of the page stops with an error.',
  why: 'Before `init` the functions print a warning and do nothing (R20.2); before the script `inject.js` there is no `botpressWebChat` at all.',
  bad: pageSample(`${SHOW}\n${INIT}`),
  good: pageSample(
    `${INIT}\nwindow.addEventListener('message', function (event) {\n  if (event.data && event.data.name === 'webchatLoaded') ${SHOW}\n})`
  ),
  check({ text, calls, report }) {
    const inject = text.search(/<script[^>]+inject\.js/i)
    const init = calls.find(call => call.api === 'botpress' && call.method === 'init')
    for (const call of calls) {
      if (call.api !== 'botpress' || momentOf(call).at !== 'load') continue
      if (inject > call.span.start)
        report(
          call.span,
          'The script that defines botpressWebChat comes further down: this throws, and the rest of the script does not run.',
          { fixes: scriptFirst(text, call) }
        )
      else if (init && call !== init && call.method !== 'init' && call.span.start < init.span.start) {
        report(call.span, 'Before `init` this has no effect: there is no chat yet, and nothing is kept for it.', {
          fixes: behind(text, call, init)
        })
      }
    }
  }
}

const INJECT = /[ \t]*<script[^>]+inject\.js[^>]*>\s*<\/script\s*>[ \t]*\r?\n?/i

/** Moves the script that defines the API before the one that calls it. */
function scriptFirst(text: string, call: PageCall): Fix[] {
  const tag = INJECT.exec(text)
  const script = text.lastIndexOf('<script', call.fragment.offset)
  if (!tag || script < 0 || call.fragment.kind !== 'script') return []
  const line = text.lastIndexOf('\n', script) + 1
  const start = text.slice(line, script).trim() === '' ? line : script
  const moved = tag[0].endsWith('\n') ? tag[0] : `${tag[0]}\n`
  return [
    {
      title: 'Load inject.js first',
      edits: [
        { span: { start, end: start }, text: moved },
        { span: { start: tag.index, end: tag.index + tag[0].length }, text: '' }
      ]
    }
  ]
}

/** Moves a call behind `init`, where both are statements side by side. */
function behind(text: string, call: PageCall, init: PageCall): Fix[] {
  const [statement, after] = [call.call.parent, init.call.parent]
  if (!ts.isExpressionStatement(statement) || !ts.isExpressionStatement(after) || statement.parent !== after.parent) return []
  const { offset } = call.fragment
  const [start, end, target] = [offset + statement.getStart(), offset + statement.end, offset + after.end]
  const rest = /^[ \t]*\r?\n[ \t]*/.exec(text.slice(end))?.[0] ?? ''
  const before = offset + after.getStart()
  const indent = /[ \t]*$/.exec(text.slice(text.lastIndexOf('\n', before - 1) + 1, before))![0]
  return [
    {
      title: 'Do it after init',
      edits: [
        { span: { start, end: end + rest.length }, text: '' },
        { span: { start: target, end: target }, text: `${rest.includes('\r') ? '\r\n' : '\n'}${indent}${statement.getText()}` }
      ]
    }
  ]
}
