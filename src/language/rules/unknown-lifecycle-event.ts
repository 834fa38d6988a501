import { closest } from '../analysis/rewrite.ts'
import { spanIn } from '../pages/fragments.ts'
import { LIFECYCLE_NAMES, lifecycleTests } from '../pages/lifecycle.ts'
import { type PageRule, pageSample } from '../rule.ts'

const listen = (name: string) => `window.addEventListener('message', function (event) {
  if (event.data && event.data.name === '${name}') window.botpressWebChat.sendEvent({ type: 'show' })
})`

export const rule: PageRule = {
  id: 'BPP005',
  name: 'unknown-lifecycle-event',
  severity: 'error',
  about: 'page',
  title: 'a message that the widget never posts',
  visitor: 'Nothing: the branch is never reached.',
  why: 'The widget posts `webchatLoaded`, `webchatOpened`, `webchatClosed`, `webchatReady` and `configChanged`, and nothing else under `data.name` (R21.1).',
  bad: pageSample(listen('webchatOpenned')),
  good: pageSample(listen('webchatLoaded')),
  check({ text, fragments, report }) {
    if (!/botpressWebChat|webchat/i.test(text)) return
    for (const fragment of fragments) {
      for (const { name, literal } of lifecycleTests(fragment.source)) {
        if (LIFECYCLE_NAMES.includes(name)) continue
        const meant = closest(name, LIFECYCLE_NAMES) ?? (/start|init|load/i.test(name) && /chat/i.test(name) ? 'webchatLoaded' : undefined)
        // Other frames post messages with names of their own.
        if (!meant && !/web-?chat/i.test(name)) continue
        const span = spanIn(fragment, literal)
        report(
          span,
          `The widget never posts '${name}'.${meant ? ` Did you mean '${meant}'?` : ` It knows ${LIFECYCLE_NAMES.join(', ')}.`}`,
          {
            fixes: meant ? [{ title: `Listen for '${meant}'`, safe: true, edits: [{ span, text: `'${meant}'` }] }] : []
          }
        )
      }
    }
  }
}
