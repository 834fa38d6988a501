import assert from 'node:assert/strict'
import { compareRuns } from '../../src/trace/compare.ts'
import { dialog, Trace } from './make.ts'

const run = (play: (trace: Trace) => void) => {
  const trace = new Trace()
  play(trace)
  return trace.index()
}
const fates = (before: (trace: Trace) => void, after: (trace: Trace) => void) =>
  compareRuns(run(before), run(after)).pairs.map(pair => `${pair.fate} ${pair.title}`)

describe('two runs beside each other', () => {
  it('are alike when only times and ids differ', () => {
    const diff = compareRuns(
      run(trace => void trace.greeted('a')),
      run(trace => {
        trace.now += 5_000_000
        trace.step = 11
        trace.greeted('a')
      })
    )
    assert.deepEqual(diff.count, { same: 1, changed: 0, added: 0, removed: 0 })
  })

  it('name what came out otherwise', () => {
    const { pairs } = compareRuns(
      run(trace => void trace.greeted('a', 'Hello!')),
      run(trace => {
        const id = trace.event('a')
        trace.hookFails(id).decide(id, 'dialog').enter(id, 'ask').reply(id, 'Which size?', dialog)
        trace.add('dialog-waits', { eventId: id, flow: 'main.flow.json', node: 'ask' }).end(id)
      })
    )
    assert.equal(pairs.length, 1)
    assert.deepEqual(pairs[0]!.differences, [
      { what: 'outcome', before: 'answered', after: 'hook failed' },
      { what: 'said', before: 'Hello!', after: 'Which size?' },
      { what: 'hooks', before: 'greet.js', after: 'greet.js failed' },
      { what: 'flags', before: 'SKIP_DIALOG_ENGINE' },
      { what: 'decision', before: 'skipped', after: 'dialog' },
      { what: 'flow', after: 'main.flow.json#ask → waits at main.flow.json#ask' }
    ])
  })

  it('name state that is now kept', () => {
    const changes = [{ path: 'state.session.greeted', after: true }]
    const play = (fate: 'kept' | 'thrown away') => (trace: Trace) => {
      const id = trace.event('a')
      trace.hookStarts(id).flag(id).hookEnds(id, { changes }).decide(id, 'skipped')
      if (fate === 'kept') trace.add('state-saved', { eventId: id, sessionId: 's', parts: ['session'], changes })
      else trace.add('state-discarded', { eventId: id, changes, leaks: [] })
      trace.end(id)
    }
    const { pairs } = compareRuns(run(play('thrown away')), run(play('kept')))
    assert.deepEqual(
      pairs[0]!.differences.find(({ what }) => what === 'state'),
      { what: 'state', before: 'state.session.greeted = true (discarded)', after: 'state.session.greeted = true (kept)' }
    )
  })

  it('align what is there in both, in order', () => {
    const types =
      (...names: string[]) =>
      (trace: Trace) => {
        for (const name of names) trace.greeted(name, `On ${name}`)
      }
    assert.deepEqual(fates(types('a', 'b', 'c'), types('a', 'x', 'b', 'c')), ['same a', 'added x', 'same b', 'same c'])
    assert.deepEqual(fates(types('a', 'b', 'c'), types('b', 'c')), ['removed a', 'same b', 'same c'])
    assert.deepEqual(fates(types('a', 'b'), types('b', 'a')).sort(), ['added a', 'removed a', 'same b'])
  })

  it('count an event that got lost in the page now as taken away and lost', () => {
    assert.deepEqual(
      fates(
        trace => void trace.greeted('a'),
        trace => void trace.sent('a', { phase: 'opening', fate: 'dropped' })
      ).sort(),
      ['added a', 'removed a']
    )
  })

  it('stay quick with thousands of events', () => {
    const many = (trace: Trace) => {
      for (let n = 0; n < 3000; n++) trace.sent(`type-${n % 7}`, { phase: 'loaded', fate: 'dropped' })
    }
    const diff = compareRuns(
      run(many),
      run(trace => {
        trace.sent('new', { phase: 'loaded', fate: 'dropped' })
        many(trace)
      })
    )
    assert.deepEqual(diff.count, { same: 3000, changed: 0, added: 1, removed: 0 })
  })
})
