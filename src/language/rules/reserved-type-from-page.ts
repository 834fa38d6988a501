import { RESERVED_EVENT_TYPES } from '../../botpress/webchat.ts'
import { propertyOf } from '../analysis/nodes.ts'
import { sentBy } from '../pages/page-calls.ts'
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
    for (const call of calls) {
      const sent = call.method === 'sendEvent' && call.api === 'botpress' ? sentBy(call) : undefined
      const type = sent?.type
      if (!sent || type === undefined) continue
      if (type === 'text' && !propertyOf(call.call.arguments[0], 'payload')) {
        report(sent.span, "`sendEvent` of type 'text' is refused by the server. To speak for the visitor use type 'message'.", {
          fixes: [{ title: "Use 'message'", edits: [{ span: sent.span, text: "'message'" }] }]
        })
      }
      // With a payload it was meant for the bot.
      if (Object.hasOwn(RESERVED_EVENT_TYPES, type) && propertyOf(call.call.arguments[0], 'payload')) {
        const effect = RESERVED_EVENT_TYPES[type as keyof typeof RESERVED_EVENT_TYPES]
        report(sent.span, `'${type}' is the widget’s own: it ${effect}, and the payload never reaches the bot.`, {
          fixes: [{ title: `Call it '${type}-event'`, edits: [{ span: sent.span, text: `'${type}-event'` }] }]
        })
      }
    }
  }
}
