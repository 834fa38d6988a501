import assert from 'node:assert/strict'
import { Frequency, isQuiet } from '../../src/trace/frequency.ts'
import { breachesOf, ledgerOf } from '../../src/trace/ledger.ts'
import { Trace } from './make.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Five pages qualify in an hour, then one just before and one at the end of the day (S54). */
function nudges(times: readonly number[], start = Date.UTC(2026, 2, 3, 12)): Trace {
  const trace = new Trace()
  trace.step = 0
  for (const [n, at] of times.entries()) {
    trace.now = start + at
    trace.greeted(`page-${n}`, `Offer ${n}`)
  }
  return trace
}
const breaches = (trace: Trace, frequency: unknown) =>
  breachesOf(ledgerOf(trace.index(), trace.entries), Frequency.parse(frequency)).map(({ notice }) => notice.texts[0])

describe('the ledger of unasked messages', () => {
  it('holds who was told what, when, on which event', () => {
    const trace = new Trace()
    trace.sent('idle').greeted('idle', 'May I help?')
    const [account] = ledgerOf(trace.index(), trace.entries)
    assert.equal(account!.visitorId, 'ann')
    const { type, texts, page, from, reaction } = account!.notices[0]!
    assert.deepEqual(
      { type, texts, page, by: from.name, reaction },
      { type: 'idle', texts: ['May I help?'], page: 'shop.html', by: 'greet.js', reaction: 'nothing' }
    )
  })

  it('counts messages on one event as one, and answers to the visitor not at all', () => {
    const trace = new Trace()
    const id = trace.event('idle')
    trace.reply(id, 'One').reply(id, 'Two').end(id)
    trace.greeted('text', 'An answer')
    const [account] = ledgerOf(trace.index(), trace.entries)
    assert.deepEqual(
      account!.notices.map(notice => notice.texts),
      [['One', 'Two']]
    )
  })

  const reactions: [string, (trace: Trace) => void][] = [
    ['closed', trace => void trace.add('page-posted', { visitorId: 'ann', page: 'x', pageId: 'p1', name: 'webchatClosed', data: {} })],
    ['left', trace => void trace.page('p2')],
    [
      'answered',
      trace =>
        void trace.add('chat-received', { visitorId: 'ann', botId: 'shop', what: 'message', by: 'visitor', payload: {}, shown: true })
    ]
  ]
  for (const [reaction, react] of reactions) {
    it(`knows that the visitor ${reaction}`, () => {
      const trace = new Trace()
      trace.page().greeted('idle')
      react(trace)
      assert.equal(ledgerOf(trace.index(), trace.entries)[0]!.notices[0]!.reaction, reaction)
    })
  }

  it('allows one in 24 hours: one, then none at 23:59:59, then one at 24:00:00 (S54)', () => {
    const daily = { caps: [{ messages: 1, hours: 24 }] }
    assert.deepEqual(breaches(nudges([0, 600_000, 1_200_000]), daily), ['Offer 1', 'Offer 2'])
    assert.deepEqual(breaches(nudges([0, DAY - 1000]), daily), ['Offer 1'])
    assert.deepEqual(breaches(nudges([0, DAY]), daily), [])
  })

  it('takes a limit of zero for never, and no limit for none (S54)', () => {
    assert.deepEqual(breaches(nudges([0]), { caps: [{ messages: 0, hours: 24 }] }), ['Offer 0'])
    assert.deepEqual(breaches(nudges([0, 1, 2]), {}), [])
  })

  it('wants quiet at night, over midnight, by the clock of the zone or of the visitor (S53)', () => {
    const night = { from: '22:00', to: '08:00' }
    const at = (hour: number, minute = 0) => Date.UTC(2026, 2, 3, hour, minute)
    assert.deepEqual(
      [21, 22, 23, 0, 7, 8].map(hour => isQuiet(at(hour), night)),
      [false, true, true, true, true, false]
    )
    assert.equal(isQuiet(at(21, 59), night), false)
    assert.equal(isQuiet(at(21, 30), night, 1), true)
    assert.equal(isQuiet(at(21, 30), { ...night, timeZone: 'Europe/Zurich' }), true)
    // Zurich is one hour ahead in winter, two in summer.
    assert.equal(isQuiet(Date.UTC(2026, 6, 3, 20, 30), { ...night, timeZone: 'Europe/Zurich' }), true)
    assert.equal(isQuiet(Date.UTC(2026, 2, 3, 20, 30), { ...night, timeZone: 'Europe/Zurich' }), false)
    assert.deepEqual(breaches(nudges([0], at(23, 30)), { quietHours: night }), ['Offer 0'])
    assert.deepEqual(breaches(nudges([0], at(12)), { quietHours: night }), [])
  })

  it('refuses settings that make no sense', () => {
    assert.equal(Frequency.safeParse({ quietHours: { from: '25:00', to: '08:00' } }).success, false)
    assert.equal(Frequency.safeParse({ caps: [{ messages: -1, hours: 1 }] }).success, false)
    assert.equal(Frequency.safeParse({ caps: [{ messages: 1, hours: 0 }] }).success, false)
  })
})
