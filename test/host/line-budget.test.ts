import assert from 'node:assert/strict'
import { type Fate, LineBudget } from '../../src/host/line-budget.ts'

describe('the budget for logged lines', () => {
  const logged = (count: number) => ({ kind: 'trace', reports: Array.from({ length: count }, () => ({ kind: 'log' })) })

  it('leaves out what is too much in a second, and says so once', () => {
    const budget = new LineBudget()
    const fates: Fate[] = []
    // Whole rounds, since a second may end between two of them.
    for (let round = 0; round < 40; round++) fates.push(budget.spend(logged(200)))
    const first = fates.indexOf('first-left-out')
    assert.ok(first >= 10, `left out after ${first} rounds`)
    assert.ok(fates.filter(fate => fate === 'first-left-out').length <= 2)
    assert.ok(fates.filter(fate => fate === 'kept').length <= 20)
  })

  it('never leaves out anything else', () => {
    const budget = new LineBudget()
    for (let round = 0; round < 40; round++) budget.spend(logged(200))
    const mixed = { kind: 'trace', reports: [{ kind: 'log' }, { kind: 'hook-ended' }] }
    assert.equal(budget.spend(mixed), 'kept')
    assert.equal(budget.spend({ kind: 'answer', id: 1 }), 'kept')
  })
})
