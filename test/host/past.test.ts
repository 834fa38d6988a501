import assert from 'node:assert/strict'
import { PanelLines } from '../../src/host/panel-lines.ts'
import { PIECE, past, RECENT } from '../../src/host/past.ts'
import { panelState, type ToPanel } from '../../src/protocol/panel.ts'
import type { TraceEntry } from '../../src/trace/entry.ts'
import { TraceLog } from '../../src/trace/log.ts'
import { until } from '../panel/until.ts'

const clocks = (count: number) => Array.from({ length: count }, (_, n) => ({ kind: 'clock' as const, at: n, to: n, why: 'test' }))
const traceOf = (count: number) => {
  const trace = new TraceLog()
  trace.append(...clocks(count))
  return trace
}
const seqsOf = (messages: readonly ToPanel[]) =>
  messages.flatMap(message => (message.kind === 'entries' ? message.entries.map(({ seq }) => seq) : []))
const numbers = (count: number) => Array.from({ length: count }, (_, n) => n + 1)

describe('a long past on its way to a panel', () => {
  it('begins with the newest entries, then brings all of them in order, in pieces of which the last says that it is', () => {
    const { entries } = traceOf(PIECE * 3 + 7)
    const [first, ...rest] = [...past(entries, 1)]
    assert.equal(first?.kind, 'recent')
    assert.deepEqual(
      first.entries.map(({ seq }) => seq),
      numbers(entries.length).slice(-RECENT)
    )
    assert.equal(first.from, entries.length - RECENT + 1)
    assert.deepEqual(seqsOf(rest), numbers(entries.length))
    assert.deepEqual(
      rest.map(message => [message.from, message.entries.length, message.kind === 'entries' && message.more === true]),
      [
        [1, PIECE, true],
        [PIECE + 1, PIECE, true],
        [PIECE * 2 + 1, PIECE, true],
        [PIECE * 3 + 1, 7, false]
      ]
    )
  })

  it('is one message where it is short, and where there is nothing', () => {
    assert.deepEqual([...past([], 1)], [{ kind: 'entries', from: 1, entries: [] }])
    const { entries } = traceOf(PIECE)
    assert.deepEqual([...past(entries, 1)], [{ kind: 'entries', from: 1, entries }])
    assert.deepEqual([...past(entries, PIECE)], [{ kind: 'entries', from: PIECE, entries: entries.slice(-1) }])
    assert.deepEqual([...past(entries, PIECE + 1)], [])
  })

  /** A panel that takes a message when it is told to. */
  function slowPanel(trace: TraceLog) {
    const got: ToPanel[] = []
    const taking: (() => void)[] = []
    const lines = new PanelLines({
      trace,
      state: () => panelState({ status: 'ready' }),
      handle: async () => {
        trace.clear()
        lines.cleared()
      }
    })
    const line = lines.connect(message => {
      got.push(message)
      return new Promise<void>(resolve => taking.push(resolve))
    })
    const takeAll = () => {
      for (const take of taking.splice(0)) take()
    }
    const pieces = () => got.filter(({ kind }) => kind === 'entries').length
    return { got, lines, line, takeAll, pieces, ready: () => line.receive({ kind: 'ready' }) }
  }

  it('waits for a panel that is slow, which also gets what was appended meanwhile, once and in order', async () => {
    const trace = traceOf(PIECE * 4)
    const { got, lines, takeAll, pieces, ready } = slowPanel(trace)
    await ready()
    assert.deepEqual(
      got.map(({ kind }) => kind),
      ['state', 'recent']
    )
    for (let n = 1; n <= 4; n++) {
      trace.append(...clocks(1))
      lines.say({ kind: 'reveal', seq: 1 })
      takeAll()
      await until(() => pieces() === n)
    }
    takeAll()
    await until(() => pieces() === 5)
    assert.deepEqual(seqsOf(got), numbers(PIECE * 4 + 4))
    lines.close()
  })

  it('ends when the trace is cleared, and when the panel is gone; a panel that says ready once more gets all of it anew', async () => {
    const trace = traceOf(PIECE * 3)
    const { got, lines, line, takeAll, pieces, ready } = slowPanel(trace)
    await ready()
    takeAll()
    await until(() => pieces() === 1)
    await ready()
    takeAll()
    await until(() => pieces() === 2)
    takeAll()
    await until(() => pieces() === 3)
    assert.deepEqual(seqsOf(got).slice(PIECE), numbers(PIECE * 2))
    await line.receive({ kind: 'clear' })
    trace.append(...(clocks(2) as TraceEntry[]))
    takeAll()
    await until(() => got.at(-1)?.kind === 'entries' && (got.at(-1) as { entries: unknown[] }).entries.length === 2)
    assert.deepEqual(got.slice(-2), [
      { kind: 'entries', from: 1, entries: [] },
      { kind: 'entries', from: 1, entries: trace.entries }
    ])
    trace.append(...clocks(PIECE * 2))
    await ready()
    const before = got.length
    line.dispose()
    takeAll()
    await new Promise(resolve => setImmediate(() => setImmediate(resolve)))
    assert.equal(got.length, before)
    lines.close()
  })
})
