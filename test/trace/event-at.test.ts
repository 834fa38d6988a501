import assert from 'node:assert/strict'
import { changesAt, eventAt } from '../../src/trace/event-at.ts'
import { Trace } from './make.ts'

describe('the event at a moment of its way', () => {
  const trace = new Trace()
  const id = trace.event('cart', { payload: { type: 'cart', items: ['a'] } })
  trace.add('state-loaded', { eventId: id, sessionId: 's', newSession: true, state: { user: {}, session: { old: 1 } } })
  const first = [
    { path: 'state.session.greeted', after: true },
    { path: 'payload.text', after: 'hi' }
  ]
  trace.hookStarts(id, 'one.js').hookEnds(id, { changes: first }, 'one.js')
  const afterFirst = trace.entries.at(-1)!.seq
  const second = [
    { path: 'state.session.old', before: 1 },
    { path: 'state.temp.deep.value', after: 2 }
  ]
  trace.hookStarts(id, 'two.js').hookEnds(id, { changes: second }, 'two.js')
  const afterSecond = trace.entries.at(-1)!.seq
  trace.decide(id, 'skipped')
  trace.add('state-discarded', { eventId: id, changes: first.slice(0, 1), leaks: second.slice(1) }).end(id)
  const story = trace.index().storyOf(id)!

  it('is as the first hook saw it before any had run', () => {
    assert.deepEqual(eventAt(story), {
      id,
      type: 'cart',
      payload: { type: 'cart', items: ['a'] },
      channel: 'web',
      direction: 'incoming',
      botId: 'shop',
      target: 'ann',
      threadId: 't1',
      state: { user: {}, session: { old: 1 } }
    })
  })

  it('holds what hooks have set, changed and removed up to then', () => {
    const one = eventAt(story, afterFirst) as { payload: object; state: object }
    assert.deepEqual(one.payload, { type: 'cart', items: ['a'], text: 'hi' })
    assert.deepEqual(one.state, { user: {}, session: { old: 1, greeted: true } })
    const two = eventAt(story, afterSecond) as { state: object }
    assert.deepEqual(two.state, { user: {}, session: { greeted: true }, temp: { deep: { value: 2 } } })
  })

  it('leaves the trace as it was', () => {
    eventAt(story, afterSecond)
    assert.deepEqual(story.received?.payload, { type: 'cart', items: ['a'] })
  })

  it('knows what a step changed and what became of it', () => {
    const started = story.entries.find(entry => entry.kind === 'hook-started' && entry.name === 'one.js')!
    assert.deepEqual(
      changesAt(story, started.seq).map(({ path, fate }) => [path, fate]),
      [
        ['state.session.greeted', 'discarded'],
        ['payload.text', 'discarded']
      ]
    )
    const other = story.entries.find(entry => entry.kind === 'hook-started' && entry.name === 'two.js')!
    assert.deepEqual(
      changesAt(story, other.seq).map(({ path, fate }) => [path, fate]),
      [
        ['state.session.old', 'discarded'],
        ['state.temp.deep.value', 'leaking']
      ]
    )
    assert.deepEqual(changesAt(story, story.entries.find(entry => entry.kind === 'decision-made')!.seq), [])
  })

  it('does not reach beyond the event', () => {
    const evil = new Trace()
    const id = evil.event()
    evil.hookStarts(id).hookEnds(id, { changes: [{ path: '__proto__.polluted', after: true }] })
    eventAt(evil.index().storyOf(id)!, evil.entries.at(-1)!.seq)
    assert.equal(({} as { polluted?: boolean }).polluted, undefined)
  })
})
