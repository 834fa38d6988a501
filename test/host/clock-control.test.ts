import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { ClockControl } from '../../src/host/clock-control.ts'
import { deferred } from '../../src/host/deferred.ts'

const START = Date.UTC(2026, 2, 2, 9)

/** The machine's time is an input here, so what the clock makes of it is exact however busy the machine is. */
describe('the clock that plays', () => {
  let clock: ClockControl
  let machine: number
  /** When the one timer there is was run. */
  let ranAt: number[]

  beforeEach(() => {
    machine = 5000
    ranAt = []
    mock.timers.enable({ apis: ['setInterval'] })
    mock.method(performance, 'now', () => machine)
    clock = new ClockControl({
      startAt: START,
      keepers: [
        {
          name: 'one timer',
          nextDue: async () => (ranAt.length === 0 ? START + 30_000 : undefined),
          runTo: async at => {
            if (at >= START + 30_000) ranAt.push(at)
          }
        }
      ],
      settle: async () => {},
      change: async () => {},
      onState: () => {},
      onMoved: () => {},
      onProblem: assert.fail
    })
  })
  afterEach(() => {
    clock.stop()
    mock.restoreAll()
    mock.timers.reset()
  })

  /** So much time passes, and then the machine gives the clock a turn. */
  async function pass(ms: number): Promise<void> {
    machine += ms
    mock.timers.tick(50)
    await turn()
  }

  for (const speed of [1, 100]) {
    it(`goes ${speed} times as fast as the machine’s, also when that gives it few turns`, async () => {
      await clock.do({ do: 'play', speed })
      for (const ms of [50, 50, 170, 1]) await pass(ms)
      assert.equal(clock.now() - START, 271 * speed)
    })
  }

  it('runs a timer when it is due, neither before nor late', async () => {
    await clock.do({ do: 'play', speed: 100 })
    await pass(299)
    assert.deepEqual(ranAt, [])
    await pass(50)
    assert.equal(ranAt[0], START + 30_000)
  })

  it('stands still from the pause on, and goes on from there', async () => {
    await clock.do({ do: 'play', speed: 100 })
    await pass(50)
    await clock.do({ do: 'pause' })
    await pass(1000)
    assert.equal(clock.now(), START + 5000)
    await clock.do({ do: 'play', speed: 2 })
    await pass(50)
    assert.equal(clock.now(), START + 5100)
  })

  it('that is switched while it moves tells no timer of before', async () => {
    const { promise: isOver, resolve: go } = deferred<void>()
    const slow = new ClockControl({
      startAt: START,
      keepers: [{ name: 'a slow one', nextDue: () => START + 1000, runTo: () => isOver }],
      settle: async () => {},
      change: async () => {},
      onState: () => {},
      onMoved: () => {},
      onProblem: assert.fail
    })
    const moved = slow.do({ do: 'advance', ms: 2000 }).catch((error: Error) => error.message)
    await slow.do({ do: 'real' })
    go(undefined)
    assert.match(String(await moved), /stopped/)
    assert.deepEqual([slow.state.kind, slow.state.nextDue], ['real', undefined])
  })
})
