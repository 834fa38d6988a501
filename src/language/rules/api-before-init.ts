import { momentOf } from '../pages/lifecycle.ts'
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
          'The script that defines botpressWebChat comes further down: this throws, and the rest of the script does not run.'
        )
      else if (init && call !== init && call.method !== 'init' && call.span.start < init.span.start) {
        report(call.span, 'Before `init` this has no effect: there is no chat yet, and nothing is kept for it.')
      }
    }
  }
}
