import { literalOf, propertyOf } from '../analysis/nodes.ts'
import { spanIn } from '../pages/fragments.ts'
import { type PageRule, pageSample } from '../rule.ts'

const init = (id: string) => `window.botpressWebChat.init({ host: 'http://localhost:3000', botId: 'shop', userId: '${id}' })`

export const rule: PageRule = {
  id: 'BPP009',
  name: 'user-id-length',
  severity: 'warning',
  about: 'page',
  title: 'a visitor’s id that is not used, or refused',
  visitor: 'On another device they are a stranger; with an id that is too long the chat does not work at all.',
  why: 'An id of at least 24 characters becomes the visitor’s id, a shorter one only an attribute (R20.5). The server refuses ids of more than 40 (R19.1).',
  bad: pageSample(init('ann')),
  good: pageSample(init('customer-000000000000000042')),
  check({ calls, report }) {
    for (const call of calls) {
      if (!/^(init|configure|mergeConfig)$/.test(call.method)) continue
      const given = propertyOf(call.call.arguments[0], 'userId')
      const id = literalOf(given)
      if (!given || typeof id !== 'string') continue
      if (id.length > 40)
        report(
          spanIn(call.fragment, given),
          `The server refuses ids of more than 40 characters (this has ${id.length}): the chat would not work.`
        )
      else if (id.length < 24)
        report(
          spanIn(call.fragment, given),
          `An id of fewer than 24 characters (this has ${id.length}) does not identify the visitor: it is kept as an attribute only.`
        )
    }
  }
}
