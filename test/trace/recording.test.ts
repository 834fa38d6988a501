import assert from 'node:assert/strict'
import { ScenarioFile } from '../../src/scenario/schema/index.ts'
import { recordingOf } from '../../src/trace/recording/recording.ts'
import { scenarioOf } from '../../src/trace/recording/scenario.ts'
import type { Gesture } from '../../src/trace/stage-entries.ts'
import { Trace } from './make.ts'

const deeds = (trace: Trace) =>
  recordingOf(trace.entries).map(({ deed }) =>
    deed.do === 'gesture' ? deed.gesture.do : deed.do === 'visitor' ? deed.change.what : deed.do === 'page' ? deed.page : deed.do
  )
const scenario = (trace: Trace) => {
  const draft = scenarioOf(trace.entries, { name: 'A visit', botId: 'shop' })
  ScenarioFile.parse(JSON.parse(JSON.stringify(draft)))
  return draft
}
const gesture = (trace: Trace, gesture: Gesture, by: 'author' | 'visitor' = 'author') =>
  trace.add('page-gesture', { visitorId: 'ann', page: 'shop.html', pageId: 'p1', gesture, by })
const wrote = (trace: Trace, text: string) =>
  trace.add('chat-received', {
    visitorId: 'ann',
    botId: 'shop',
    what: 'message',
    by: 'visitor',
    payload: { payload: { type: 'text', text } },
    shown: true
  })

describe('what was done in a run', () => {
  it('is what visitor and author did, not what came of it', () => {
    const trace = new Trace()
    trace.page().sent('proactive-trigger').greeted()
    gesture(trace, { do: 'scroll', to: 50 })
    trace.add('condition-set', { line: { delayMs: 200 } })
    trace.add('fault-staged', { faults: [{ hook: 'greet.js', what: 'throw' }] })
    trace.event('order', { from: { by: 'author' } })
    assert.deepEqual(deeds(trace), ['shop.html', 'scroll', 'line', 'faults', 'send'])
  })

  it('takes words for one deed, whether a gesture tells of them or only the chat does', () => {
    const trace = new Trace()
    trace.page()
    gesture(trace, { do: 'say', text: 'Hello' }, 'visitor')
    wrote(trace, 'Hello')
    wrote(trace, 'By hand')
    assert.deepEqual(deeds(trace), ['shop.html', 'say', 'say'])
  })

  it('takes a load that a deed has brought about for no deed of its own', () => {
    const trace = new Trace()
    trace.page('p1')
    trace.add('visitor-changed', { visitorId: 'ann', what: 'returned' })
    trace.page('p2')
    gesture(trace, { do: 'reload' })
    trace.page('p3')
    assert.deepEqual(deeds(trace), ['shop.html', 'returned', 'reload'])
    trace.add('page-loaded', { visitorId: 'ann', page: 'pricing.html', pageId: 'p4' })
    assert.deepEqual(deeds(trace).at(-1), 'pricing.html')
  })

  it('leaves out what was played again', () => {
    const trace = new Trace()
    trace.page()
    gesture(trace, { do: 'open' })
    trace.add('replay-started', { what: 'run', why: 'asked', files: [], from: 1, to: 5 })
    trace.add('visitor-changed', { visitorId: 'ben', what: 'new' })
    gesture(trace, { do: 'open' })
    trace.add('replay-ended', { outcome: 'completed' })
    gesture(trace, { do: 'close' })
    assert.deepEqual(deeds(trace), ['shop.html', 'open', 'close'])
  })

  it('waits as long as something still happened, not as long as a person thought', () => {
    const trace = new Trace()
    trace.step = 0
    trace.page()
    trace.now += 2000
    trace.greeted('late')
    trace.now += 600_000
    gesture(trace, { do: 'close' })
    assert.deepEqual(
      recordingOf(trace.entries).map(({ wait }) => wait),
      [0, 2300]
    )
  })
})

describe('a run as a scenario', () => {
  it('has steps for what was done, with what the bot said after each', () => {
    const trace = new Trace()
    trace.step = 0
    trace.page()
    gesture(trace, { do: 'open' })
    trace.now += 550
    trace.greeted('proactive-trigger', 'May I help?')
    trace.now += 4000
    gesture(trace, { do: 'say', text: 'Yes' })
    trace.greeted('text', 'With what?', { from: { by: 'visitor' } })
    assert.deepEqual(scenario(trace), {
      name: 'A visit',
      given: { bot: 'shop', page: 'shop.html' },
      steps: [
        'open',
        { advance: '550ms' },
        { expect: { says: 'May I help?' } },
        { advance: '300ms' },
        { say: 'Yes' },
        { expect: { says: 'With what?' } }
      ],
      expect: { errors: 'none', findings: 'none' }
    })
  })

  it('lets time pass up to what the bot says then, also while the clock is moved', () => {
    const trace = new Trace()
    trace.step = 0
    trace.page()
    const start = trace.now
    trace.now += 30_000
    trace.greeted('idle', 'May I help?')
    trace.now += 30_000
    trace.add('clock', { to: start + 60_000, why: 'advanced by 60000 ms' })
    gesture(trace, { do: 'close' })
    assert.deepEqual(scenario(trace).steps, [{ advance: '30s' }, { expect: { says: 'May I help?' } }, { advance: '30s' }, 'close'])
  })

  it('expects nothing that was wrong', () => {
    const trace = new Trace()
    trace.page()
    const id = trace.event('order', { from: { by: 'author' } })
    trace.hookFails(id).end(id)
    assert.equal(scenario(trace).expect?.errors, undefined)
  })

  const gestures: [Gesture, unknown][] = [
    [{ do: 'scroll', to: 50 }, { scroll: '50%' }],
    [{ do: 'pointerLeaves', edge: 'top' }, { pointerLeaves: 'top' }],
    [{ do: 'idle', ms: 30_000 }, { advance: '30s' }],
    [{ do: 'type', into: '#mail', text: 'a@b' }, { type: { into: '#mail', text: 'a@b' } }],
    [{ do: 'click', selector: 'button' }, { click: 'button' }],
    [{ do: 'navigate', to: '/pricing' }, { navigate: '/pricing' }],
    [{ do: 'choose', title: 'Yes' }, { choose: 'Yes' }],
    [{ do: 'key', key: 'Escape' }, { key: 'Escape' }],
    [{ do: 'hide' }, { hide: true }],
    [{ do: 'reset' }, 'reset'],
    [{ do: 'leave' }, 'leave'],
    [{ do: 'load', page: 'b.html' }, { load: 'b.html' }]
  ]
  for (const [given, step] of gestures) {
    it(`says “${given.do}” in the scenario’s words`, () => {
      const trace = new Trace()
      trace.step = 0
      trace.page()
      gesture(trace, given)
      assert.deepEqual(scenario(trace).steps, [step])
    })
  }

  it('fills a form field by field before it is submitted', () => {
    const trace = new Trace()
    trace.step = 0
    trace.page()
    gesture(trace, { do: 'submit', selector: 'form', values: { name: 'Ann' } })
    assert.deepEqual(scenario(trace).steps, [{ type: { into: '[name="name"]', text: 'Ann' } }, { submit: 'form' }])
  })

  it('names visitors where there are several, and lets sessions expire by time', () => {
    const trace = new Trace()
    trace.step = 0
    trace.page()
    trace.add('visitor-changed', { visitorId: 'ann', what: 'expired' })
    trace.add('visitor-changed', { visitorId: 'ben', what: 'new', page: 'shop.html' })
    trace.add('page-loaded', { visitorId: 'ben', page: 'shop.html', pageId: 'p9' })
    const { given, steps } = scenario(trace)
    assert.deepEqual(given.visitors, { 'visitor 1': {}, 'visitor 2': {} })
    assert.deepEqual(steps, [{ advance: '31min', name: 'The session expires' }, 'reload', { load: 'shop.html', as: 'visitor 2' }])
  })

  it('puts the conversation where it was put', () => {
    const trace = new Trace()
    trace.step = 0
    trace.page()
    trace.add('state-edited', {
      sessionId: 's',
      botId: 'shop',
      channel: 'web',
      target: 'ann',
      state: { context: { currentFlow: 'main.flow.json', currentNode: 'ask' } },
      changes: []
    })
    assert.deepEqual(scenario(trace).steps, [{ state: { flow: 'main.flow.json#ask' } }])
  })
})
