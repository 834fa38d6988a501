import assert from 'node:assert/strict'
import { RunningHooks } from '../../src/host/running-hooks.ts'
import type { Report } from '../../src/trace/entry.ts'

const run = (name: string, eventId = name) => ({
  eventId,
  hookType: 'before_incoming_middleware',
  name: `${name}.js`,
  scope: 'global' as const,
  place: { file: `/hooks/${name}.js` }
})
const started = (name: string, eventId?: string): Report => ({ kind: 'hook-started', at: 1, ...run(name, eventId) })
const ended = (name: string, eventId?: string): Report => ({
  kind: 'hook-ended',
  at: 2,
  ...run(name, eventId),
  outcome: 'completed',
  ms: 1,
  awaited: false,
  changes: []
})

describe('which hook holds a process that cannot be asked', () => {
  let hooks: RunningHooks
  beforeEach(() => {
    hooks = new RunningHooks()
  })
  const saw = (...reports: Report[]) => {
    for (const report of reports) hooks.see(report)
  }

  it('is the one in its first stretch, whoever waits', () => {
    saw(started('a'))
    hooks.seeWaiting(run('a'))
    saw(started('b'), started('c'), ended('c'))
    assert.equal(hooks.last?.name, 'b.js')
  })

  it('is the only one that waits', () => {
    saw(started('a'), started('b'), ended('a'))
    hooks.seeWaiting(run('b'))
    assert.equal(hooks.last?.name, 'b.js')
  })

  it('is not known when several wait: any of them may have gone on', () => {
    saw(started('a'), started('b'))
    hooks.seeWaiting(run('a'))
    hooks.seeWaiting(run('b'))
    assert.equal(hooks.last, undefined)
    assert.equal(hooks.none, false)
  })

  it('is told apart by its event where one hook runs for several', () => {
    saw(started('a', '1'), started('a', '2'))
    hooks.seeWaiting(run('a', '1'))
    assert.equal(hooks.last?.eventId, '2')
    saw(ended('a', '2'))
    assert.equal(hooks.last?.eventId, '1')
  })

  it('is nobody in another life of the engine', () => {
    saw(started('a'), { kind: 'engine-started', at: 3, botpressVersion: '12.31', root: '/', bots: [], clock: 'real' })
    assert.ok(hooks.none)
  })
})
