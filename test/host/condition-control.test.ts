import assert from 'node:assert/strict'
import { ConditionControl } from '../../src/host/condition-control.ts'
import { Line } from '../../src/host/line-conditions.ts'
import type { Conditions } from '../../src/protocol/conditions.ts'

describe('trouble that is staged', () => {
  const FAULT: Conditions['hooks'][number] = { hook: 'greet.js', what: 'throw' }
  let asked: string[]
  let failing: string | undefined
  let control: ConditionControl

  beforeEach(() => {
    asked = []
    failing = undefined
    control = new ConditionControl({
      line: new Line({ now: () => 0, isVirtual: () => true, onLost: ({ name }) => assert.fail(name) }),
      call: async (name, params) => {
        const what = `${name} ${(params as { botId?: string }).botId ?? ''}`.trim()
        if (what === failing) throw new Error('The engine has ended.')
        asked.push(what)
      },
      bots: () => ['shop', 'help'],
      onLine: ({ lose }) => asked.push(`line ${lose}`)
    })
  })

  it('is asked for once more where it failed, and only there', async () => {
    const wanted: Conditions = { line: { lose: 'all' }, hooks: [FAULT], unmounted: ['shop', 'help'] }
    failing = 'faults'
    await assert.rejects(control.set(wanted), /has ended/)
    assert.deepEqual(control.conditions, { line: { lose: 'all' }, hooks: [], unmounted: [] })
    failing = 'unmount help'
    await assert.rejects(control.set(wanted), /has ended/)
    assert.deepEqual(control.conditions, { ...wanted, unmounted: ['shop'] })
    failing = undefined
    await control.set(wanted)
    assert.deepEqual(control.conditions, wanted)
    assert.deepEqual(asked, ['line all', 'faults', 'unmount shop', 'unmount help'])
  })

  it('is taken back one by one', async () => {
    await control.set({ line: {}, hooks: [], unmounted: ['shop', 'help'] })
    await control.set({ line: {}, hooks: [], unmounted: ['help'] })
    await assert.rejects(control.set({ line: {}, hooks: [], unmounted: ['nobody'] }), /no bot “nobody”/)
    assert.deepEqual(control.conditions.unmounted, ['help'])
    assert.deepEqual(asked, ['unmount shop', 'unmount help', 'mount shop'])
  })
})
