import { isTrigger, momentOf } from '../pages/lifecycle.ts'
import { type PageRule, pageSample } from '../rule.ts'

const listen = (name: string) => `window.addEventListener('message', function (event) {
  if (event.data && event.data.name === '${name}') window.botpressWebChat.sendEvent({ type: 'hello' })
})`

export const rule: PageRule = {
  id: 'BPP002',
  name: 'send-on-opened',
  severity: 'warning',
  about: 'page',
  title: 'an event that is lost when the chat opens for the first time',
  visitor: 'Nothing at the first opening; the greeting comes when they open the chat for the second time.',
  why: '`webchatOpened` is posted at once, the conversation is loaded half a second later (R21.4). What is sent in between is dropped; at later openings it arrives (R21.6). `webchatReady` comes once per page, after the first opening.',
  bad: pageSample(listen('webchatOpened')),
  good: pageSample(listen('webchatReady')),
  check({ calls, report }) {
    for (const call of calls) {
      if (!isTrigger(call)) continue
      const moment = momentOf(call)
      if (moment.at !== 'message' || moment.test.name !== 'webchatOpened') continue
      const { literal } = moment.test
      const span = { start: call.fragment.offset + literal.getStart(), end: call.fragment.offset + literal.end }
      report(span, 'At the first opening the chat accepts no events yet: this one is dropped, and arrives only at later openings.', {
        fixes: [{ title: "Wait for 'webchatReady'", safe: true, edits: [{ span, text: "'webchatReady'" }] }]
      })
    }
  }
}
