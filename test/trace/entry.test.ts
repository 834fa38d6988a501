import assert from 'node:assert/strict'
import { Report, TraceEntry } from '../../src/trace/entry.ts'

describe('trace entries', () => {
  it('keep their kind where a body tells what was sent', () => {
    const entry = {
      kind: 'chat-received',
      seq: 1,
      at: 0,
      visitorId: 'v',
      botId: 'shop',
      what: 'typing',
      by: 'bot',
      payload: { timeInMs: 500 },
      shown: true
    }
    assert.deepEqual(TraceEntry.parse(entry), entry)
    const instruction = {
      kind: 'dialog-instruction',
      at: 0,
      eventId: 'e',
      flow: 'main.flow.json',
      node: 'entry',
      what: 'say',
      text: '#!builtin_text-a'
    }
    assert.deepEqual(Report.parse(instruction), instruction)
  })

  it('are refused when a field is missing and lose keys that nobody knows', () => {
    assert.equal(TraceEntry.safeParse({ kind: 'event-started', seq: 1, at: 0, attempt: 1 }).success, false)
    assert.deepEqual(TraceEntry.parse({ kind: 'event-paused', seq: 1, at: 0, eventId: 'e', extra: 1 }), {
      kind: 'event-paused',
      seq: 1,
      at: 0,
      eventId: 'e'
    })
  })
})
