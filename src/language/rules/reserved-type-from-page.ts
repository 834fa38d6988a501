import { RESERVED_EVENT_TYPES } from '../../botpress/webchat.ts'
import { sentEvents } from '../pages/page-calls.ts'
import { memberOf } from '../pages/shapes.ts'
import { type PageRule, pageSample } from '../rule.ts'

const click = (type: string) =>
  `document.querySelector('button').addEventListener('click', () => {\n  window.botpressWebChat.sendEvent({ type: '${type}', payload: { sku: 7 } })\n})`

export const rule: PageRule = {
  id: 'BPP008',
  name: 'reserved-type-from-page',
  severity: 'warning',
  about: 'page',
  title: 'an event of one’s own with a name of the widget’s',
  visitor: 'The chat opens or closes, or words appear as if they had typed them; the bot hears nothing of the data.',
  why: 'The widget handles these types itself and sends nothing to the bot (R20.8), whatever else is in the object. Give the event a name of its own, in page and hook.',
  bad: pageSample(click('show')),
  good: pageSample(click('show-offer')),
  check({ calls, report }) {
    for (const { type, shape, span } of sentEvents(calls.filter(({ api, method }) => api === 'botpress' && method === 'sendEvent'))) {
      if (type === undefined) continue
      const withPayload = memberOf(shape, 'payload') !== undefined
      if (type === 'text' && !withPayload) {
        report(span, "`sendEvent` of type 'text' is refused by the server. To speak for the visitor use type 'message'.", {
          fixes: [{ title: "Use 'message'", edits: [{ span: span, text: "'message'" }] }]
        })
      }
      // With a payload it was meant for the bot.
      if (Object.hasOwn(RESERVED_EVENT_TYPES, type) && withPayload) {
        const effect = RESERVED_EVENT_TYPES[type as keyof typeof RESERVED_EVENT_TYPES]
        report(span, `'${type}' is the widget’s own: it ${effect}, and the payload never reaches the bot.`, {
          fixes: [{ title: `Call it '${type}-event'`, edits: [{ span: span, text: `'${type}-event'` }] }]
        })
      }
    }
  }
}
