import assert from 'node:assert/strict'
import { SeenEvents } from '../../src/trace/seen-events.ts'
import { at, FILE, hook, Trace } from './make.ts'

const OTHER = FILE.replace('greet.js', 'later.js')
const ref = (file: string) => ({
  eventId: 'e1',
  hookType: 'before_incoming_middleware',
  name: 'a.js',
  scope: 'global' as const,
  place: at(1, file)
})
const received = (trace: Trace, eventId = 'e1', type = 'lead') =>
  trace.add('event-received', {
    eventId,
    direction: 'incoming',
    type,
    channel: 'web',
    botId: 'shop',
    target: 'ann',
    payload: { type, payload: { plan: 'pro' } },
    from: hook()
  })

describe('trace: what a hook saw', () => {
  it('is the event as received, with its state, and with what hooks before changed', () => {
    const trace = received(new Trace())
      .add('state-loaded', { eventId: 'e1', sessionId: 's', state: { session: { count: 1, old: true } }, newSession: false })
      .add('hook-started', ref(FILE))
      .add('hook-ended', {
        ...ref(FILE),
        outcome: 'completed',
        ms: 1,
        awaited: false,
        changes: [
          { path: 'state.session.count', before: 1, after: 2 },
          { path: 'state.session.old', before: true },
          { path: 'payload.payload.plan', before: 'pro', after: 'team' },
          { path: 'state.temp.name', after: 'Ann' }
        ]
      })
      .add('hook-started', ref(OTHER))
    const [first, second, ...more] = new SeenEvents().read(trace.entries)
    assert.deepEqual(more, [])
    assert.deepEqual([first!.hook, first!.type, second!.hook], [FILE, 'lead', OTHER])
    assert.deepEqual(first!.event.payload, { type: 'lead', payload: { plan: 'pro' } })
    assert.deepEqual(first!.event.state, { session: { count: 1, old: true } })
    assert.deepEqual(second!.event.payload, { type: 'lead', payload: { plan: 'team' } })
    assert.deepEqual(second!.event.state, { session: { count: 2 }, temp: { name: 'Ann' } })
  })

  it('is nothing for a hook that no event led to, or whose event has ended', () => {
    const { eventId, ...without } = ref(FILE)
    const trace = received(new Trace())
      .add('hook-started', { ...without, hookType: 'after_bot_mount' })
      .add('event-ended', { eventId, outcome: 'completed' })
      .add('hook-started', ref(FILE))
    assert.deepEqual(new SeenEvents().read(trace.entries), [])
  })

  it('keeps an event that is tried again', () => {
    const trace = received(new Trace()).add('event-ended', { eventId: 'e1', outcome: 'retried' }).add('hook-started', ref(FILE))
    assert.equal(new SeenEvents().read(trace.entries).length, 1)
  })
})
