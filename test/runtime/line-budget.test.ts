import assert from 'node:assert/strict'
import { type Fate, LineBudget } from '../../src/runtime/line-budget.ts'

describe('the budget for logged lines', () => {
  it('leaves out what is too much in a second, says so once, and begins anew with the next', () => {
    let now = 5000
    const budget = new LineBudget(() => now)
    const spent = () => {
      const fates: Record<Fate, number> = { kept: 0, 'first-left-out': 0, 'left-out': 0 }
      for (let line = 0; line < 4000; line++) fates[budget.spend(line % 2 ? 'log' : 'console')]++
      return fates
    }
    assert.deepEqual(spent(), { kept: 2000, 'first-left-out': 1, 'left-out': 1999 })
    now = 5999
    assert.deepEqual(spent(), { kept: 0, 'first-left-out': 0, 'left-out': 4000 })
    now = 6000
    assert.deepEqual(spent(), { kept: 2000, 'first-left-out': 1, 'left-out': 1999 })
  })

  it('never leaves out anything else', () => {
    const budget = new LineBudget()
    for (let line = 0; line < 8000; line++) budget.spend('log')
    for (const kind of ['hook-ended', 'event-received', 'hook-started']) assert.equal(budget.spend(kind), 'kept')
  })
})
