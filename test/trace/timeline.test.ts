import assert from 'node:assert/strict'
import type { TraceEntry } from '../../src/trace/entry.ts'
import { barOf, Timeline } from '../../src/trace/timeline.ts'
import { TraceIndex } from '../../src/trace/trace-index.ts'
import { dialog, Trace } from './make.ts'
import { counted } from './reads.ts'

function timelineOf(entries: readonly TraceEntry[], batch = entries.length) {
  const index = new TraceIndex()
  const timeline = new Timeline()
  for (let n = 0; n < entries.length; n += batch) {
    const part = entries.slice(n, n + batch)
    index.append(part)
    timeline.append(part, index)
  }
  return timeline
}
const told = (timeline: Timeline) => timeline.rows.map(row => `${'  '.repeat(row.level)}${row.lane} ${row.entry.kind}`)

describe('the timeline', () => {
  it('tells hooks and events as spans, what they did below them, and replies on their way out', () => {
    const trace = new Trace()
    trace.sent('proactive-trigger')
    trace.greeted()
    const timeline = timelineOf(trace.entries)
    assert.deepEqual(told(timeline), [
      'page page-sent',
      '  event event-received',
      '  hook hook-started',
      '    hook flag-set',
      '    outgoing event-received',
      '    chat chat-received',
      '  decision decision-made'
    ])
    const hook = timeline.rows[2]!
    assert.equal(hook.open, false)
    assert.equal(hook.end! - hook.entry.at, 20)
    assert.equal(hook.ending?.kind, 'hook-ended')
    assert.equal(timeline.rows[1]!.ending?.kind, 'event-ended')
  })

  it('is the same however the trace arrives', () => {
    const trace = new Trace()
    trace.page().sent('a').greeted('a')
    const failing = trace.event('b')
    trace.hookFails(failing).decide(failing, 'dialog').enter(failing).reply(failing, 'Yes?', dialog).end(failing, 'failed')
    const [whole, single] = [timelineOf(trace.entries), timelineOf(trace.entries, 1)]
    assert.deepEqual(told(single), told(whole))
    assert.deepEqual(single.rows.map(barOf), whole.rows.map(barOf))
  })

  it('shows an open span to the end of what is known, and a failed one as failed', () => {
    const trace = new Trace()
    const stuck = trace.event('stock')
    trace.hookStarts(stuck).add('log', { level: 'info', logger: 'hook', message: 'asking', eventId: stuck })
    const open = timelineOf(trace.entries).rows.find(row => row.entry.kind === 'hook-started')!
    assert.equal(open.open, true)
    assert.ok(barOf(open).from + barOf(open).width > 0.999)
    trace.hookEnds(stuck, { outcome: 'failed', error: { name: 'Error', message: 'no' } })
    const failed = timelineOf(trace.entries).rows.find(row => row.entry.kind === 'hook-started')!
    assert.equal(failed.failed, true)
    assert.equal(failed.open, false)
  })

  it('begins a new stretch after a pause, which it tells; bars never leave their stretch', () => {
    const trace = new Trace()
    trace.greeted('first')
    trace.now += 29_900
    trace.greeted('second')
    const { rows } = timelineOf(trace.entries)
    const second = rows.find(row => row.entry.kind === 'event-received' && row.entry.type === 'second')!
    assert.equal(second.pause, 29_905)
    assert.equal(rows.filter(row => row.pause !== undefined).length, 1)
    assert.notEqual(second.stretch, rows[0]!.stretch)
    for (const row of rows) {
      const { from, width } = barOf(row)
      assert.ok(from >= 0 && width >= 0 && from + width <= 1.000_001, `${row.entry.kind} ${from} ${width}`)
    }
  })

  it('gives what is told at its end a span that began before', () => {
    const trace = new Trace()
    const id = trace.event()
    trace.now += 400
    trace.add('middleware-ended', { eventId: id, name: 'nlu', outcome: 'completed', ms: 400 })
    const row = timelineOf(trace.entries).rows.at(-1)!
    assert.ok(barOf(row).width > 0.9, String(barOf(row).width))
  })

  it('looks no oftener at an entry among 20,000 than at one among 2,000', () => {
    const trace = new Trace()
    for (let n = 0; n < 20; n++) trace.greeted(`event-${n}`)
    const block = trace.entries
    const entries: TraceEntry[] = []
    while (entries.length < 20_000) {
      for (const entry of block) {
        const round = Math.floor(entries.length / block.length)
        entries.push({
          ...entry,
          ...('eventId' in entry && { eventId: `${entry.eventId}-${round}` }),
          ...('incomingEventId' in entry && {
            incomingEventId: `${entry.incomingEventId}-${round}`,
            during: `${entry.incomingEventId}-${round}`
          }),
          seq: entries.length + 1
        } as TraceEntry)
      }
    }
    const looks = (length: number) => {
      const { entries: watched, reads } = counted(entries.slice(0, length))
      timelineOf(watched, 50)
      return reads() / length
    }
    const small = looks(2000)
    const large = looks(20_000)
    assert.ok(large > 0 && large < small * 1.2, `${large} reads for each entry against ${small}`)
  })
})
