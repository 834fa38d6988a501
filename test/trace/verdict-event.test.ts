import assert from 'node:assert/strict'
import { FLOW_TOOK } from '../../src/trace/causes/flow-took.ts'
import { OUTCOMES } from '../../src/trace/causes/outcomes.ts'
import { REMARKS } from '../../src/trace/causes/remarks.ts'
import { UNFINISHED } from '../../src/trace/causes/unfinished.ts'
import type { Verdict } from '../../src/trace/verdict.ts'
import { FLOW_CASES } from './cases-flow.ts'
import { OUTCOME_CASES } from './cases-outcomes.ts'
import { REMARK_CASES } from './cases-remarks.ts'
import { type Case, UNFINISHED_CASES, waiting } from './cases-unfinished.ts'
import { at, dialog, FILE, hook, Trace } from './make.ts'

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

  it('does not complain of a hook that says something and jumps to a flow that goes on (S29)', () => {
    const trace = new Trace()
    const id = trace.event('price-drop')
    trace.hookStarts(id).reply(id, 'I put your booking aside.').add('dialog-jumped', { eventId: id, flow: 'hotel.flow.json', from: hook() })
    trace.hookEnds(id).decide(id, 'dialog').enter(id).reply(id, 'A hotel is cheaper.', dialog).end(id)
    assert.deepEqual([trace.verdict(id).outcome, trace.verdict(id).tone], ['jumped', 'good'])
  })

  it('tells a hook that Node 12 cannot read from one that failed, and blames it for nothing else (S42, BPH003)', () => {
    const stack = `${FILE.replace('greet', 'modern')}:3\nSyntaxError: Unexpected token '.'`
    const error = { name: 'SyntaxError', message: "Unexpected token '.'", place: at(3, FILE.replace('greet', 'modern')), stack }
    const trace = new Trace()
    const id = trace.event('promo')
    trace.hookStarts(id).flag(id).hookEnds(id)
    trace.hookStarts(id, 'modern.js').hookEnds(id, { outcome: 'failed', error }, 'modern.js').decide(id, 'skipped').end(id)
    const verdict = trace.verdict(id)
    assert.match(verdict.sentences[0]!, /^The hook greet\.js set SKIP_DIALOG_ENGINE, and modern\.js failed: nobody replied/)
    assert.match(verdict.sentences.join(' '), /modern\.js could not be loaded.*Node 12, which does not know the syntax at modern\.js:3/)
  })

  it('finds no captured answer where the notice asked nothing (S50)', () => {
    const trace = new Trace()
    const asked = trace.event('text')
    trace.decide(asked, 'dialog').enter(asked).reply(asked, 'How can we help you?', dialog)
    trace.add('dialog-waits', { eventId: asked, flow: 'main.flow.json', node: 'listen' }).end(asked)
    trace.greeted('export-ended', 'Your export is ready.')
    const id = trace.event('text', { payload: { type: 'text', text: 'Thank you' } })
    trace.decide(id, 'dialog').enter(id, 'listen', true).reply(id, 'You are welcome', dialog).end(id)
    assert.equal(trace.verdict(id).outcome, 'answered-by-dialog')
  })

  it('says of what waits behind a waiting event that it waits for ever too (S39)', () => {
    const trace = new Trace()
    const first = trace.event('stock')
    trace.hookStarts(first)
    const second = waiting(trace, first)
    const third = waiting(trace, second, 'w2')
    trace.add('event-stuck', { eventId: first, hook: 'greet.js', ms: 5000 })
    assert.equal(trace.verdict(third).outcome, 'waiting-behind-locked')
    assert.match(trace.verdict(third).sentences[0]!, /behind event “stock”, which never ends/)
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
