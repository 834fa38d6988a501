import assert from 'node:assert/strict'
import { PageClock } from '../../src/webchat/page-clock.ts'

const played = () => {
  const ran: [string, number][] = []
  const told: (number | undefined)[] = []
  const clock = new PageClock({ startAt: 1000, turn: () => Promise.resolve(), onDue: at => void told.push(at) })
  return { clock, ran, told, note: (name: string) => () => void ran.push([name, clock.now()]) }
}

describe('a page’s virtual clock', () => {
  it('runs timers in order of time, then of their making, and repeats intervals', async () => {
    const { clock, ran, note } = played()
    clock.set(note('late'), 200)
    clock.set(note('first'), 100)
    clock.set(note('second'), 100)
    clock.every(note('every'), 150)
    assert.equal(clock.nextDue(), 1100)
    assert.equal(await clock.runTo(1300), 1300)
    assert.deepEqual(ran, [
      ['first', 1100],
      ['second', 1100],
      ['every', 1150],
      ['late', 1200],
      ['every', 1300]
    ])
  })

  it('stops after a timer that reached out, at the time of that timer', async () => {
    const { clock, ran, note } = played()
    clock.set(note('a'), 100)
    clock.set(note('b'), 200)
    assert.equal(await clock.runTo(5000, () => ran.length === 1), 1100)
    assert.equal(clock.nextDue(), 1200)
  })

  it('goes forwards only, and tells when something else is due next', async () => {
    const { clock, told } = played()
    clock.shows(900)
    assert.equal(clock.now(), 1000)
    const timer = clock.set(() => {}, 50)
    clock.set(() => {}, 500)
    await Promise.resolve()
    clock.clear(timer)
    await Promise.resolve()
    assert.deepEqual(told, [1050, 1500])
  })
})
