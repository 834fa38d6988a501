import assert from 'node:assert/strict'
import { eventAsText, eventChoices, parseEvent } from '../../src/extension/event-choice.ts'
import { followEvent } from '../../src/extension/follow.ts'
import { offeredEvents } from '../../src/extension/offered-events.ts'
import type { PageEvent } from '../../src/protocol/language.ts'
import { TraceLog } from '../../src/trace/log.ts'

const labels = { handled: 'handled here', page: (uri: string, line: number) => `${uri}:${line}` }
const sent = (via: PageEvent['via'], type: string | undefined, argument: unknown): PageEvent => ({
  via,
  ...(type !== undefined && { type }),
  argument,
  place: { uri: 'page.html', range: { start: { line: 4, character: 0 }, end: { line: 4, character: 9 } } }
})

describe('Events offered to run a hook with', () => {
  it('begin with the types that the hook handles, with the payload that the page sends, one level deeper (R22.2)', () => {
    const known = [{ type: 'proactive-trigger', payload: {}, from: 'this run' }]
    const pages = [sent('sendEvent', 'idle', { type: 'idle', payload: { seconds: 30 } }), sent('sendEvent', undefined, {})]
    assert.deepEqual(offeredEvents(known, pages, { handles: ['idle'] }, labels), [
      { type: 'idle', payload: { type: 'idle', payload: { type: 'idle', payload: { seconds: 30 } } }, from: 'handled here · page.html:5' },
      { type: 'proactive-trigger', payload: {}, from: 'this run' }
    ])
  })

  it('keep what sendPayload sends as it is, and leave out Voiceflow’s pushes and what the widget handles itself (R20.8)', () => {
    const pages = [
      sent('sendPayload', 'raw', { type: 'raw', text: 'x' }),
      sent('push', 'bubble', {}),
      sent('sendEvent', 'show', { type: 'show' })
    ]
    assert.deepEqual(
      offeredEvents([], pages, undefined, labels).map(({ type, payload }) => [type, payload]),
      [['raw', { type: 'raw', text: 'x' }]]
    )
  })

  it('prefer what this run saw over what the page’s text says', () => {
    const known = [{ type: 'idle', payload: { seen: true }, from: 'this run' }]
    const pages = [sent('sendEvent', 'idle', { type: 'idle' })]
    assert.deepEqual(
      offeredEvents(known, pages, null, labels).map(({ payload }) => payload),
      [{ seen: true }]
    )
  })

  it('have the one sent last on top, and none twice', () => {
    const choices = eventChoices(
      [
        { type: 'a', payload: {}, from: 'page' },
        { type: 'b', payload: {}, from: 'page' }
      ],
      { type: 'b', payload: {} },
      'sent last'
    )
    assert.deepEqual(
      choices.map(({ type, from }) => [type, from]),
      [
        ['b', 'sent last'],
        ['a', 'page']
      ]
    )
  })
})

describe('A typed event', () => {
  it('is JSON with a type, or just a type', () => {
    assert.deepEqual(parseEvent(' idle-visitor '), { type: 'idle-visitor', payload: {} })
    assert.deepEqual(parseEvent('{"type":"x","payload":{"a":1}}'), { type: 'x', payload: { a: 1 } })
    assert.deepEqual(parseEvent('{"type":"x"}'), { type: 'x', payload: {} })
  })

  it('says why it is none', () => {
    const answers = ['', '{"type"', '[]', '{"payload":{}}', '{"type":""}', '"two words"'].map(text => parseEvent(text))
    assert.deepEqual(answers, ['empty', 'not-json', 'no-type', 'no-type', 'no-type', 'no-type'])
  })

  it('starts from something that can be sent', () => {
    assert.equal(typeof parseEvent(eventAsText(undefined)), 'object')
    assert.deepEqual(parseEvent(eventAsText({ type: 'x', payload: { a: 1 } })), { type: 'x', payload: { a: 1 } })
  })
})

describe('Following an event', () => {
  const received = (eventId: string, type: string) => ({
    kind: 'event-received' as const,
    at: 0,
    eventId,
    direction: 'incoming' as const,
    type,
    channel: 'web',
    botId: 'shop',
    target: 'ann',
    payload: {},
    from: { by: 'author' as const }
  })
  const started = (file: string) => ({
    kind: 'hook-started' as const,
    at: 0,
    hookType: 'before_incoming_middleware',
    name: 'a.js',
    scope: 'global' as const,
    place: { file }
  })
  const ended = (eventId: string, outcome: 'completed' | 'retried' = 'completed') => ({
    kind: 'event-ended' as const,
    at: 0,
    eventId,
    outcome
  })

  it('ends with that event, and knows whether the hook ran', async () => {
    const trace = new TraceLog()
    const { done } = followEvent(trace, 'idle', '/a.js')
    trace.append(received('1', 'other'), started('/a.js'), ended('1'))
    trace.append(received('2', 'idle'), started('/b.js'), ended('2', 'retried'), ended('2'))
    const { end, hookRan, received: entry } = await done
    assert.deepEqual([end, hookRan, entry?.seq], ['ended', false, 4])
  })

  it('ends when the engine stops, when the event is refused, or when nobody waits any more', async () => {
    const stopped = new TraceLog()
    const first = followEvent(stopped, 'idle', undefined)
    stopped.append(received('1', 'idle'), { kind: 'engine-stopped', at: 0, reason: 'crash', real: '' })
    assert.equal((await first.done).end, 'stopped')

    const refused = new TraceLog()
    const second = followEvent(refused, 'idle', undefined)
    refused.append({ kind: 'event-rejected', at: 0, type: 'idle', botId: 'shop', reason: 'no bot', from: { by: 'author' } })
    assert.equal((await second.done).end, 'rejected')

    const third = followEvent(new TraceLog(), 'idle', undefined)
    third.stop()
    assert.equal((await third.done).end, 'gone')
  })
})
