import assert from 'node:assert/strict'
import { type Fate, LineBudget } from '../../src/host/line-budget.ts'

describe('the budget for logged lines', () => {
  const logged = '{"kind":"log","message":"again","at":1}'

  it('leaves out what is too much in a second, and says so once', () => {
    const budget = new LineBudget()
    const fates: Fate[] = []
    for (let line = 0; line < 8000; line++) fates.push(budget.spend(logged))
    const first = fates.indexOf('first-left-out')
    assert.ok(first >= 2000, `left out after ${first} lines`)
    // A second may end in between.
    assert.ok(fates.filter(fate => fate === 'first-left-out').length <= 2)
    assert.ok(fates.filter(fate => fate === 'kept').length <= 4000)
  })

  it('never leaves out anything else', () => {
    const budget = new LineBudget()
    for (let line = 0; line < 8000; line++) budget.spend(logged)
    assert.equal(budget.spend('{"kind":"hook-ended","at":1}'), 'kept')
    assert.equal(budget.spend('{"kind":"event-received","payload":{"kind":"log"}}'), 'kept')
    assert.equal(budget.spend('{"kind":"answer","id":1}'), 'kept')
  })
})
