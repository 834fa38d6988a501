import assert from 'node:assert/strict'
import { mock } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { IdleWork } from '../../src/language/idle-work.ts'

/** Steps that count themselves. */
function* steps(count: number, done: { steps: number }): Generator<void> {
  for (let at = 0; at < count; at++) {
    done.steps++
    yield
  }
}

/** A step that takes as long as a slice may. */
function* long(count: number, done: { steps: number }): Generator<void> {
  for (let at = 0; at < count; at++) {
    for (const end = performance.now() + 10; performance.now() < end; );
    done.steps++
    yield
  }
}

describe('language: work while nobody asks', () => {
  afterEach(() => mock.timers.reset())

  it('does nothing before it is begun, and all of it then', async () => {
    const done = { steps: 0 }
    const work = new IdleWork(steps(1000, done))
    await delay(40)
    assert.equal(done.steps, 0)
    work.stir()
    while (done.steps < 1000) await delay(5)
    let called = false
    work.whenDone(() => {
      called = true
    })
    assert.equal(called, true)
  })

  it('waits as long as somebody asks, also between its steps', () => {
    mock.timers.enable({ apis: ['setTimeout', 'setImmediate'] })
    const done = { steps: 0 }
    const work = new IdleWork(long(100, done))
    const askFor = (ms: number) => {
      for (let at = 0; at < ms; at += 10) {
        work.stir()
        mock.timers.tick(10)
      }
    }
    askFor(100)
    assert.equal(done.steps, 0)
    mock.timers.tick(10)
    const some = done.steps
    assert.ok(some > 0 && some < 100, `${some} steps`)
    askFor(100)
    assert.equal(done.steps, some)
    mock.timers.tick(30)
    assert.ok(done.steps > some)
    work.stop()
  })

  it('hurries when it is waited for, and lets others have their turn between its steps', async () => {
    const done = { steps: 0 }
    const work = new IdleWork(long(20, done))
    const seen: number[] = []
    const others = setInterval(() => seen.push(done.steps), 1)
    await new Promise<void>(resolve => work.whenDone(resolve))
    clearInterval(others)
    assert.equal(done.steps, 20)
    assert.ok(new Set(seen).size > 2, `others had a turn after ${seen} steps`)
  })

  it('ends when it is stopped, and calls nobody back', async () => {
    const done = { steps: 0 }
    const work = new IdleWork(long(20, done))
    let called = false
    work.whenDone(() => {
      called = true
    })
    while (done.steps === 0) await delay(1)
    work.stop()
    const before = done.steps
    await delay(50)
    assert.deepEqual([done.steps, called], [before, false])
  })
})
