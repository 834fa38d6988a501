import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fragmentsOf } from '../../src/language/pages/fragments.ts'
import { arrivingPayload, pageCalls, sentEvents } from '../../src/language/pages/page-calls.ts'
import { exampleOf } from '../../src/language/pages/shapes.ts'

const sentBy = (html: string) => sentEvents(pageCalls(fragmentsOf('index.html', html)))
const script = (code: string) => `<script>\n${code}\n</script>`

/** What is written in the page, and the events that it sends: type and payload, `?` for a type that is computed. */
const WAYS: Record<string, readonly [code: string, ...sent: string[]]> = {
  'a variable': ["var sent = { type: 'lead', payload: { plan: 'pro' } }\nbotpressWebChat.sendEvent(sent)", 'lead {"plan":"pro"}'],
  'a constant for the type': ["const LEAD = 'lead'\nbotpressWebChat.sendEvent({ type: LEAD })", 'lead'],
  'a table of types': ["const TYPES = { lead: 'lead' }\nbotpressWebChat.sendEvent({ type: TYPES.lead })", 'lead'],
  'a constant for the payload': [
    "const plan = { plan: 'pro', seats }\nbotpressWebChat.sendEvent({ type: 'lead', payload: plan })",
    'lead {"plan":"pro"}'
  ],
  'a later assignment': ["let sent\nif (a) sent = { type: 'a' }\nelse sent = { type: 'b' }\nbotpressWebChat.sendEvent(sent)", 'a', 'b'],
  'a condition': ["botpressWebChat.sendEvent({ type: paid ? 'paid' : 'failed' })", 'paid', 'failed'],
  'a default': ["function send(sent) {\n  botpressWebChat.sendEvent(sent || { type: 'hello' })\n}", '?', 'hello'],
  'the parameter of a function': [
    "function nudge(type, payload) {\n  botpressWebChat.sendEvent({ type, payload })\n}\nnudge('a', { n: 1 })\nnudge('b')",
    'a',
    'b'
  ],
  'the parameter of an arrow function': ["const nudge = type => botpressWebChat.sendEvent({ type })\nnudge('a')", 'a'],
  'a method': ["const chat = {\n  nudge(type) {\n    botpressWebChat.sendEvent({ type })\n  }\n}\nchat.nudge('a')", 'a'],
  'a function of window': ["window.nudge = function (type) {\n  botpressWebChat.sendEvent({ type })\n}\nnudge('a')", 'a'],
  'a function called at once': ["(function (type) {\n  botpressWebChat.sendEvent({ type })\n})('a')", 'a'],
  'the elements of an array': ["['a', 'b'].forEach(type => botpressWebChat.sendEvent({ type }))", 'a', 'b'],
  'a queue': ["var queue = []\nqueue.push({ type: 'a' })\nqueue.splice(0).forEach(sent => botpressWebChat.sendEvent(sent))", 'a'],
  'a loop over a queue': ["const queue = [{ type: 'a' }]\nfor (const sent of queue) botpressWebChat.sendEvent(sent)", 'a'],
  'a queue that is emptied': [
    "const queue = []\nqueue.push({ type: 'a' })\nwhile (queue.length) botpressWebChat.sendEvent(queue.shift())",
    'a'
  ],
  'a name that leads back to itself': ["let sent = sent || { type: 'a' }\nqueue = queue.slice()\nbotpressWebChat.sendEvent(sent)", 'a'],
  'a name of an inner function': [
    "const type = 'outer'\nfunction send() {\n  const type = 'inner'\n  botpressWebChat.sendEvent({ type })\n}",
    'inner'
  ],
  'nothing that is known': ["fetch('/event').then(sent => botpressWebChat.sendEvent(sent))", '?']
}

describe('language: what pages send by way of names', () => {
  for (const [how, [code, ...expected]] of Object.entries(WAYS)) {
    it(`follows ${how}`, () => {
      const sent = sentBy(script(code)).map(({ type = '?', shape }) => {
        const payload = (exampleOf(shape) as { payload?: unknown } | undefined)?.payload
        return payload === undefined ? type : `${type} ${JSON.stringify(payload)}`
      })
      assert.deepEqual(sent, expected)
    })
  }

  it('follows a call in an attribute to a function in a script', () => {
    const html = `<button onclick="nudge('a')">Ask</button>\n${script('function nudge(type) {\n  botpressWebChat.sendEvent({ type })\n}')}`
    const [sent] = sentBy(html)
    assert.equal(html.slice(sent!.span.start, sent!.span.end), "'a'")
  })

  it('finds the event of the sample’s checkout once, though two calls send it, with what a hook finds in event.payload (R22.3)', () => {
    const html = readFileSync(new URL('../../samples/shop/pages/checkout.html', import.meta.url), 'utf8')
    const own = sentBy(html).filter(({ type }) => type !== 'show')
    assert.deepEqual(
      own.map(sent => exampleOf(arrivingPayload(sent))),
      [
        {
          type: 'payment-failed',
          payload: { type: 'payment-failed', payload: { page: 'checkout', total: 59, reason: 'the card has expired' } }
        }
      ]
    )
    assert.equal(html.slice(own[0]!.span.start, own[0]!.span.end), "'payment-failed'")
  })
})
