import assert from 'node:assert/strict'
import { type ClockError, SharedClock, type TimeKeeper } from '../../src/host/shared-clock.ts'

/** Keeps timers in a list, as each real keeper does in its own way. */
function keeper(name: string, log: string[]): TimeKeeper & { set(at: number, what: string, then?: () => void): void; time: number } {
  let timers: { at: number; what: string; then?: () => void }[] = []
  return {
    name,
    time: 0,
    set(at, what, then) {
      timers.push({ at, what, ...(then && { then }) })
      timers.sort((a, b) => a.at - b.at)
    },
    nextDue: () => timers[0]?.at,
    runTo(at) {
      const due = timers.filter(timer => timer.at <= at)
      timers = timers.filter(timer => timer.at > at)
      for (const timer of due) {
        log.push(`${name} ${timer.what} ${timer.at}`)
        timer.then?.()
      }
      this.time = at
    }
  }
}

describe('the shared clock', () => {
  it('runs timers of all keepers in the order of time', async () => {
    const log: string[] = []
    const clock = new SharedClock({ startAt: 0 })
    const [page, engine] = [keeper('page', log), keeper('engine', log)]
    clock.join(page)
    clock.join(engine)
    page.set(30, 'idle', () => engine.set(35, 'reply'))
    engine.set(40, 'janitor')
    engine.set(30, 'tick')
    assert.equal(await clock.advance(100), 100)
    assert.deepEqual(log, ['page idle 30', 'engine tick 30', 'engine reply 35', 'engine janitor 40'])
    assert.deepEqual([page.time, engine.time], [100, 100])
  })

  it('steps to the next timer, and stays where it is when there is none', async () => {
    const log: string[] = []
    const clock = new SharedClock({ startAt: 5 })
    const page = keeper('page', log)
    clock.join(page)
    page.set(20, 'a')
    page.set(50, 'b')
    assert.equal(await clock.step(), 20)
    assert.equal(await clock.nextDue(), 50)
    assert.equal(await clock.step(), 50)
    assert.equal(await clock.step(), 50)
    assert.deepEqual(log, ['page a 20', 'page b 50'])
  })

  it('lets what a timer started come to rest before it goes on', async () => {
    const log: string[] = []
    let rest: Promise<void> = Promise.resolve()
    const clock = new SharedClock({ startAt: 0, settle: () => rest })
    const page = keeper('page', log)
    clock.join(page)
    page.set(10, 'sends', () => {
      rest = new Promise<void>(resolve => setImmediate(resolve)).then(() => page.set(11, 'answered'))
    })
    page.set(12, 'later')
    await clock.advance(20)
    assert.deepEqual(log, ['page sends 10', 'page answered 11', 'page later 12'])
  })

  it('gives up on a timer that sets itself anew for ever, and on request', async () => {
    const clock = new SharedClock({ startAt: 0, limit: 50 })
    const page = keeper('page checkout.html', [])
    clock.join(page)
    const again = () => page.set(clock.now(), 'again', again)
    page.set(1, 'first', again)
    await assert.rejects(
      clock.advance(10),
      (error: ClockError) => error.code === 'TIMERS_WITHOUT_END' && /checkout\.html/.test(error.message)
    )
    await assert.rejects(clock.advance(10, AbortSignal.abort()), (error: ClockError) => error.code === 'CANCELLED')
  })

  it('lets a keeper run ahead up to the next of the others, and hears from it how late it is there', async () => {
    const log: string[] = []
    const clock = new SharedClock({ startAt: 0 })
    const page = keeper('page', log)
    let minute = 10
    clock.join({
      name: 'engine',
      nextDue: () => minute,
      runTo: () => {},
      runAhead: async limit => {
        let ran = 0
        for (let now = minute; now <= limit; now = minute) {
          minute += 10
          ran++
          // It reaches out at 30: the page hears it then.
          if (now === 30) clock.shows(now)
          if (now === 30) page.set(clock.now() + 1, 'hears')
          if (now === 30 || minute > limit) return { now, ran }
        }
        throw new Error('Nothing was due.')
      }
    })
    clock.join(page)
    page.set(55, 'own')
    assert.equal(await clock.advance(100), 100)
    assert.deepEqual(log, ['page hears 31', 'page own 55'])
    assert.equal(minute, 110)
  })

  it('hears nothing any more from one who fails as it runs ahead', async () => {
    const clock = new SharedClock({ startAt: 0 })
    clock.join({
      name: 'engine',
      nextDue: () => 10,
      runTo: () => {},
      runAhead: () => Promise.reject(new Error('It has ended.'))
    })
    await assert.rejects(clock.advance(100), /It has ended/)
    // What it said last arrives late: nobody moves the clock now.
    clock.shows(90)
    assert.equal(clock.now(), 10)
  })

  it('counts the moments of one who runs ahead', async () => {
    const clock = new SharedClock({ startAt: 0, limit: 50 })
    let due = 1
    clock.join({
      name: 'the engine',
      nextDue: () => due,
      runTo: () => {},
      runAhead: async limit => {
        const from = due
        due = Math.min(limit, due + 20)
        return { now: due, ran: due - from }
      }
    })
    await assert.rejects(
      clock.advance(1000),
      (error: ClockError) => error.code === 'TIMERS_WITHOUT_END' && /the engine/.test(error.message)
    )
    assert.ok(due > 50 && due < 100, `${due}`)
  })

  it('moves one after the other, and never backwards', async () => {
    const seen: number[] = []
    const clock = new SharedClock({ startAt: 100 })
    clock.onMove(now => void seen.push(now))
    await Promise.all([clock.advance(10), clock.advance(10), clock.advanceTo(50)])
    assert.equal(clock.now(), 120)
    assert.deepEqual(seen, [110, 120])
  })
})
