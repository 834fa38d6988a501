import assert from 'node:assert/strict'
import { Line, type Lost } from '../../src/host/line-conditions.ts'
import { SharedClock } from '../../src/host/shared-clock.ts'
import type { LineConditions } from '../../src/trace/stage-entries.ts'

const START = 1_000_000

/** A line on a virtual clock, and what arrived on it when. */
function played(conditions: LineConditions) {
  const clock = new SharedClock({ startAt: START })
  const lost: Lost[] = []
  const arrived: [string, number][] = []
  const line = new Line({ now: () => clock.now(), isVirtual: () => true, onLost: one => void lost.push(one) })
  line.conditions = conditions
  clock.join(line)
  const note = (name: string) => void arrived.push([name, clock.now() - START])
  const ask = (name: string) =>
    line.request('ann', name, async () => {
      note(name)
      return { status: 200, body: name }
    })
  const push = (name: string) => line.push('ann', name, () => note(name))
  return { clock, line, lost, arrived, ask, push }
}

describe('the line between page and server', () => {
  it('carries everything at once when nothing is staged', async () => {
    const { ask, push, arrived, line } = played({})
    push('webchat.message')
    assert.deepEqual(await ask('events'), { status: 200, body: 'events' })
    assert.deepEqual(arrived, [
      ['webchat.message', 0],
      ['events', 0]
    ])
    assert.equal(line.nextDue(), undefined)
  })

  it('takes its time in both directions, in the order of sending', async () => {
    const { ask, push, arrived, clock } = played({ delayMs: 200 })
    const answer = ask('events')
    await clock.advance(50)
    push('webchat.message')
    await clock.advance(149)
    assert.deepEqual(arrived, [])
    await clock.advance(500)
    assert.deepEqual(arrived, [
      ['events', 200],
      ['webchat.message', 250]
    ])
    assert.equal((await answer).status, 200)
  })

  it('loses requests, pushes or both, and says what', async () => {
    for (const [lose, expected] of [
      ['requests', ['webchat.typing']],
      ['pushes', ['events']],
      ['all', []]
    ] as const) {
      const { ask, push, arrived, lost, clock } = played({ lose })
      void ask('events')
      push('webchat.typing')
      await clock.advance(60_000)
      assert.deepEqual(
        arrived.map(([name]) => name),
        expected
      )
      assert.equal(lost.length, 2 - expected.length)
      assert.ok(lost.every(({ visitorId }) => visitorId === 'ann'))
    }
  })

  it('turns the order of what was sent within 50 ms around (S09)', async () => {
    const { ask, arrived, clock } = played({ order: 'reversed' })
    void ask('trigger')
    await clock.advance(5)
    void ask('visit')
    await clock.advance(100)
    void ask('later')
    await clock.advance(100)
    assert.deepEqual(arrived, [
      ['visit', 50],
      ['trigger', 50],
      ['later', 155]
    ])
  })

  it('ends the handshake late, or never (S05, S06)', async () => {
    const late = played({ handshake: 8000 })
    let isDone = false
    void late.line.handshake().then(() => {
      isDone = true
    })
    await late.clock.advance(7999)
    assert.equal(isDone, false)
    await late.clock.advance(1)
    assert.equal(isDone, true)
    const never = played({ handshake: 'never' })
    void never.line.handshake().then(() => assert.fail('the handshake ended'))
    await never.clock.advance(86_400_000)
    assert.equal(never.line.nextDue(), undefined)
  })

  it('answers like a server in trouble without asking the server', async () => {
    const { ask, arrived } = played({ status: 500 })
    assert.equal((await ask('events')).status, 500)
    assert.deepEqual(arrived, [])
  })

  it('works on the real clock as well, and lets go of what is under way when the clock changes', async () => {
    let isVirtual = false
    const line = new Line({ now: () => Date.now(), isVirtual: () => isVirtual, onLost: () => {} })
    line.conditions = { delayMs: 20 }
    const begun = performance.now()
    await line.request('ann', 'events', async () => ({ status: 200, body: null }))
    assert.ok(performance.now() - begun >= 19)
    isVirtual = true
    line.conditions = { delayMs: 1_000_000 }
    const answer = line.request('ann', 'events', async () => ({ status: 204, body: null }))
    line.flush()
    assert.equal((await answer).status, 204)
  })
})
