import assert from 'node:assert/strict'
import { FLOW_TOOK } from '../../src/trace/causes/flow-took.ts'
import { OUTCOMES } from '../../src/trace/causes/outcomes.ts'
import { REMARKS } from '../../src/trace/causes/remarks.ts'
import { UNFINISHED } from '../../src/trace/causes/unfinished.ts'
import type { Verdict } from '../../src/trace/verdict.ts'
import { FLOW_CASES } from './cases-flow.ts'
import { OUTCOME_CASES } from './cases-outcomes.ts'
import { REMARK_CASES } from './cases-remarks.ts'
import { type Case, UNFINISHED_CASES } from './cases-unfinished.ts'
import { dialog, Trace } from './make.ts'

describe('verdict on an event', () => {
  for (const { row, title, tell, says, rule, tone } of [...UNFINISHED_CASES, ...FLOW_CASES, ...OUTCOME_CASES]) {
    it(`${row}: ${title}`, () => {
      const verdict = judge(tell, says, rule, tone)
      assert.equal(verdict.outcome, row)
    })
  }

  it('has a test for every row of the tables', () => {
    assert.deepEqual(
      [...UNFINISHED_CASES, ...FLOW_CASES, ...OUTCOME_CASES].map(one => one.row),
      [...UNFINISHED, ...FLOW_TOOK, ...OUTCOMES].map(row => row.id)
    )
    assert.deepEqual(
      REMARK_CASES.map(one => one.row),
      REMARKS.map(row => row.id)
    )
  })

  it('leaves the visitor’s own messages out of “no hook handles it” (R7.12)', () => {
    const trace = new Trace()
    const id = trace.event('quick_reply')
    trace.decide(id, 'dialog').enter(id).reply(id, 'Fine', dialog).end(id)
    assert.equal(trace.verdict(id).outcome, 'answered-by-dialog')
  })
})

describe('remarks of a verdict', () => {
  for (const { row, title, tell, says, rule, tone } of REMARK_CASES) {
    it(`${row}: ${title}`, () => {
      const verdict = judge(tell, says, rule, tone)
      assert.ok(verdict.remarks.includes(row), `${row} is not among ${verdict.remarks}`)
    })
  }

  it('do not repeat what the outcome has said', () => {
    const trace = new Trace()
    const id = trace.event()
    trace.hookStarts(id).flag(id, 'SKIP', false).hookEnds(id).decide(id, 'dialog').enter(id).end(id)
    const verdict = trace.verdict(id)
    assert.equal(verdict.outcome, 'flag-unknown')
    assert.deepEqual(verdict.remarks, [])
  })
})

function judge(tell: Case['tell'], says: RegExp[], rule: string, tone: Verdict['tone']): Verdict {
  const trace = new Trace()
  const verdict = trace.verdict(tell(trace))
  const text = [...verdict.sentences, ...verdict.advice].join('\n')
  for (const words of says) assert.match(text, words)
  if (rule) assert.ok(verdict.rules.includes(rule), `${rule} is not among ${verdict.rules}`)
  assert.equal(verdict.tone, tone)
  assert.doesNotMatch(text, /undefined [a-z]|\[object|NaN/)
  return verdict
}
