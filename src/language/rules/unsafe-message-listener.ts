import ts from 'typescript'
import { ancestors, pathOf } from '../analysis/nodes.ts'
import { spanIn } from '../pages/fragments.ts'
import { lifecycleTests } from '../pages/lifecycle.ts'
import { type PageRule, pageSample } from '../rule.ts'

const listen = (test: string) => `window.addEventListener('message', function (event) {
  if (${test}) window.botpressWebChat.sendEvent({ type: 'show' })
})`

export const rule: PageRule = {
  id: 'BPP012',
  name: 'unsafe-message-listener',
  severity: 'info',
  about: 'page',
  title: 'a listener that breaks on other people’s messages',
  visitor: 'The greeting is missing on pages with other frames: advertisements, players, payment forms.',
  why: 'Every frame of the page posts to the same listener, some of them `null` (R21.13). Reading `data.name` of that throws, and the listener ends there.',
  bad: pageSample(listen("event.data.name === 'webchatLoaded'")),
  good: pageSample(listen("event.data && event.data.name === 'webchatLoaded'")),
  check({ fragments, report }) {
    for (const fragment of fragments) {
      const first = lifecycleTests(fragment.source).find(
        ({ test }) => ts.isBinaryExpression(test) && /\.data\.name$/.test(pathOf(test.left) ?? '')
      )
      if (!first || !ts.isBinaryExpression(first.test)) continue
      const { left } = first.test
      const data = left.getText().replace(/\??\.name$/, '')
      const handler = [...ancestors(first.test)].find(ts.isFunctionLike)
      const before = (handler ?? fragment.source).getText()
      if (
        /\?\./.test(left.getText()) ||
        new RegExp(`(!|if \\(|&& |typeof )${data.replace(/\./g, '\\.')}(?![.\\w])|\\.(origin|source)\\b`).test(before)
      )
        continue
      const span = spanIn(fragment, left)
      report(span, 'Other frames post messages too, some without an object in `data`: this throws on them, and the listener ends.', {
        fixes: [{ title: `Test ${data} first`, edits: [{ span: { start: span.start, end: span.start }, text: `${data} && ` }] }]
      })
    }
  }
}
