import { indentOf, newLineOf } from '../analysis/rewrite.ts'
import { type Fragment, spanIn } from '../pages/fragments.ts'
import { lifecycleTests } from '../pages/lifecycle.ts'
import type { Fix } from '../problem.ts'
import { type PageRule, pageSample } from '../rule.ts'

const READY = `window.botpressWebChat.init({ host: 'http://localhost:3000', botId: 'shop' })
window.addEventListener('message', function (event) {
  if (event.data && event.data.name === 'webchatReady') window.botpressWebChat.sendEvent({ type: 'hello' })
})`

const OPEN = [
  "window.addEventListener('message', function (event) {",
  "  if (event.data && event.data.name === 'webchatLoaded') window.botpressWebChat.sendEvent({ type: 'show' })",
  '})'
]

export const rule: PageRule = {
  id: 'BPP003',
  name: 'ready-without-open',
  severity: 'info',
  about: 'page',
  title: 'a page that waits for a chat which nobody opens',
  visitor: 'No greeting while only the bubble is shown: it comes after they have opened the chat themselves.',
  why: '`webchatReady` is not posted when the page loads, but after the chat was opened for the first time (R21.3, R21.4). To greet unasked, open the chat at `webchatLoaded`. Fine when the greeting shall wait for the visitor.',
  bad: pageSample(READY),
  good: pageSample(`${READY}
window.addEventListener('message', function (event) {
  if (event.data && event.data.name === 'webchatLoaded') window.botpressWebChat.sendEvent({ type: 'show' })
})`),
  check({ text, fragments, calls, report }) {
    const opens = calls.some(call => call.sent.some(({ type = '' }) => /^(show|toggle)$/.test(type)))
    // A page of its own for the chat is open from the start.
    if (opens || /Fullscreen/.test(text) || !calls.some(call => call.method === 'init')) return
    for (const fragment of fragments) {
      const ready = lifecycleTests(fragment.source).find(test => test.name === 'webchatReady')
      if (!ready) continue
      report(
        spanIn(fragment, ready.literal),
        'Nothing on this page opens the chat, and webchatReady comes only after it was opened: no greeting until the visitor presses the bubble.',
        { fixes: [opening(fragment)] }
      )
      return
    }
  }
}

/** Opens the chat as soon as it is loaded, at the end of the script. */
function opening({ source, offset }: Fragment): Fix {
  const last = source.statements.at(-1)!
  const eol = newLineOf(source)
  const lines = OPEN.map(line => `${eol}${indentOf(last)}${line}`)
  const at = offset + last.end
  return { title: 'Open the chat when it is loaded', edits: [{ span: { start: at, end: at }, text: lines.join('') }] }
}
