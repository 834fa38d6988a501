import assert from 'node:assert/strict'
import { Expander, Shortener } from '../../src/protocol/shorthand.ts'

describe('the shorthand between engine and host', () => {
  const one = { hookType: 'before_incoming_middleware', name: '1.js', scope: 'global', place: { file: '/data/1.js' } }
  const two = { hookType: 'before_incoming_middleware', name: '2.js', scope: 'bot', botId: 'shop', place: { file: '/data/2.js' } }
  const messages = [
    { kind: 'event-started', at: 1, eventId: '1', attempt: 1 },
    { kind: 'hook-started', eventId: '1', ...one, at: 2 },
    { kind: 'hook-ended', eventId: '1', ...one, outcome: 'completed', ms: 1, awaited: false, changes: [], at: 3 },
    { kind: 'hook-started', ...two, at: 4, staged: 'slow' },
    { kind: 'hook-started', eventId: '2', ...one, at: 5 },
    { kind: 'log', level: 'info', logger: 'x', message: 'hook', hook: 'a word', at: 6 }
  ]

  it('says everything', () => {
    const shortener = new Shortener()
    const expander = new Expander()
    const texts = messages.flatMap(message => shortener.texts(message))
    assert.deepEqual(texts.map(text => expander.message(JSON.parse(text))).filter(Boolean), messages)
  })

  it('says once which hook it is', () => {
    const shortener = new Shortener()
    const texts = messages.flatMap(message => shortener.texts(message))
    assert.equal(texts.filter(text => text.includes('/data/1.js')).length, 1)
  })
})
