import assert from 'node:assert/strict'
import type { Activity } from '../../src/botframework/activity.ts'
import { judgedOf } from '../../src/trace/bots/reading.ts'
import { threadsOf } from '../../src/trace/bots/threads.ts'
import { Trace } from './make.ts'

/** A trace of one conversation `c`; ids of what the visitor says are `m1`, `m2` … */
class Talk extends Trace {
  #ids = 0

  opened(by: 'visitor' | 'bot', conversationId = 'c'): this {
    const serviceUrl = 'http://127.0.0.1:1/x'
    return this.add('bot-conversation', {
      conversationId,
      channelId: 'emulator',
      serviceUrl,
      by,
      bot: { id: 'bot' },
      members: [{ id: 'ann' }]
    })
  }

  asks(text = 'hello'): this {
    const activityId = `m${++this.#ids}`
    const activity = { type: 'message', text }
    return this.add('activity-to-bot', {
      activityId,
      conversationId: 'c',
      type: 'message',
      activity,
      channelId: 'emulator',
      userId: 'ann',
      by: 'visitor'
    })
  }

  answered(outcome: 'done' | 'accepted' | 'hanging', activityId = `m${this.#ids}`): this {
    return this.add('bot-answered', { activityId, conversationId: 'c', outcome, status: outcome === 'accepted' ? 202 : 200, ms: 1 })
  }

  sends(
    replyTo: string | undefined,
    activity: Partial<Activity> = { type: 'message', text: 'hi' },
    more: { conversationId?: string; via?: 'update' | 'delete'; activityId?: string } = {}
  ): this {
    const { conversationId = 'c', via = replyTo === undefined ? 'send' : 'reply', activityId = `b${++this.#ids}` } = more
    const type = activity.type ?? 'message'
    return this.add('activity-from-bot', {
      activityId,
      conversationId,
      type,
      activity,
      via,
      sdk: 'v4',
      ...(replyTo !== undefined && { replyTo })
    })
  }

  waits(ms: number): this {
    this.now += ms
    return this
  }
}

const last = (talk: Talk) => {
  const { rule, kind, cause } = judgedOf(talk.entries).at(-1)!.judgement
  return [rule, kind, cause?.by]
}

describe('what of a bot is proactive', () => {
  const cases: Record<string, [(talk: Talk) => void, unknown[]]> = {
    'P1 in a conversation of its own': [
      talk => talk.opened('bot', 'd').sends('x', undefined, { conversationId: 'd' }),
      ['P1', 'proactive', 'bot']
    ],
    'P2 without a reply id, no turn open': [talk => talk.asks().answered('done').sends(undefined), ['P2', 'proactive', 'bot']],
    'P3 a reply id made up, even while a turn is open': [talk => talk.asks().sends('made-up'), ['P3', 'proactive', 'bot']],
    'P4 while the request is open': [talk => talk.asks().sends('m1'), ['P4', 'reply', undefined]],
    'P4 while the request hangs': [talk => talk.asks().answered('hanging').sends('m1'), ['P4', 'reply', undefined]],
    'P5 after the request ended': [talk => talk.asks().answered('done').sends('m1'), ['P5', 'proactive', 'bot']],
    'P6 at once after 202': [talk => talk.asks().answered('accepted').sends('m1'), ['P6', 'reply', undefined]],
    'P6 long after 202': [talk => talk.asks().answered('accepted').waits(3000).sends('m1'), ['P6', 'proactive', 'bot']],
    'P6 after v3 said that the turn is over': [
      talk => talk.asks().answered('accepted').sends('m1', { type: 'event', name: 'debug', value: [] }).sends('m1'),
      ['P6', 'proactive', 'bot']
    ],
    'P6 unclear after a newer message': [
      talk => talk.asks().answered('accepted').asks().answered('accepted', 'm2').sends('m1'),
      ['P6', 'unclear', 'bot']
    ],
    'P7 without a reply id, a turn open': [talk => talk.asks().sends(undefined), ['P7', 'reply', undefined]]
  }
  for (const [name, [play, expected]] of Object.entries(cases)) {
    it(name, () => {
      const talk = new Talk().opened('visitor')
      play(talk)
      assert.deepEqual(last(talk), expected)
    })
  }

  it('names the call that triggered it, also when that has just answered, and a turn elsewhere', () => {
    const called = new Talk().opened('visitor').asks().answered('done')
    called.add('bot-triggered', { triggerId: 't', method: 'GET', url: 'http://127.0.0.1/api/notify' })
    assert.deepEqual(last(called.sends('x')), ['P3', 'proactive', 'trigger'])
    called.add('bot-trigger-ended', { triggerId: 't', status: 200, ms: 1 })
    assert.deepEqual(last(called.sends('x')), ['P3', 'proactive', 'trigger'])
    assert.deepEqual(last(called.waits(5000).sends('x')), ['P3', 'proactive', 'bot'])
    const elsewhere = new Talk().opened('visitor').asks().opened('bot', 'd').sends('y', undefined, { conversationId: 'd' })
    assert.deepEqual(last(elsewhere), ['P1', 'proactive', 'turn'])
  })
})

describe('conversations of a bot as chats show them', () => {
  const stream = (text: string, streamType: string, streamId?: string): Partial<Activity> => {
    const entities = [{ type: 'streaminfo', streamType, ...(streamId && { streamId }) }]
    return { type: streamType === 'final' ? 'message' : 'typing', text, entities }
  }

  it('a stream is one bubble that grows (R8)', () => {
    const talk = new Talk().opened('visitor').asks().sends('m1', stream('Let me see', 'informative'), { activityId: 's' })
    talk.sends('m1', stream('It', 'streaming', 's')).sends('m1', stream('It is', 'streaming', 's'))
    const shown = () => threadsOf(talk.entries)[0]!.messages.map(({ activity, open }) => [activity.text, open])
    assert.deepEqual(shown(), [
      ['hello', false],
      ['It is', true]
    ])
    talk.sends('m1', stream('It is done.', 'final', 's'))
    assert.deepEqual(shown().at(-1), ['It is done.', false])
  })

  it('changes and deletions are shown in place, with what was there before (R9)', () => {
    const talk = new Talk().opened('visitor').asks().sends('m1', { text: 'one' }, { activityId: 'a' })
    talk.sends(undefined, { text: 'two' }, { activityId: 'a', via: 'update' })
    const [, message] = threadsOf(talk.entries)[0]!.messages
    assert.deepEqual([message!.activity.text, message!.before, message!.deleted], ['two', ['one'], false])
    talk.sends(undefined, { text: 'two' }, { activityId: 'a', via: 'delete' })
    assert.equal(threadsOf(talk.entries)[0]!.messages[1]!.deleted, true)
  })

  it('typing ends with what was typed; traces and debug events stay out (R7)', () => {
    const talk = new Talk().opened('visitor').asks().sends('m1', { type: 'typing' })
    assert.equal(threadsOf(talk.entries)[0]!.typing, true)
    talk.sends('m1', { type: 'trace', text: 'secret' }).sends('m1', { type: 'event', name: 'debug', value: [] }).sends('m1')
    const [thread] = threadsOf(talk.entries)
    assert.deepEqual([thread!.typing, thread!.messages.length], [false, 2])
  })
})
