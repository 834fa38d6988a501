import assert from 'node:assert/strict'
import { WaitingEvents } from '../../src/host/waiting-events.ts'
import type { Report } from '../../src/trace/entry.ts'

const received = (eventId: string, direction: 'incoming' | 'outgoing' = 'incoming', during?: string): Report => ({
  kind: 'event-received',
  at: 1,
  eventId,
  direction,
  type: 'text',
  channel: 'web',
  botId: 'shop',
  target: 'anna',
  payload: {},
  from: { by: 'author' },
  ...(during !== undefined && { during })
})
const started = (eventId: string): Report => ({ kind: 'event-started', at: 1, eventId, attempt: 1 })
const ended = (eventId: string): Report => ({ kind: 'event-ended', at: 1, eventId, outcome: 'completed' })

describe('events that an engine leaves behind', () => {
  const left = (reports: readonly Report[], by?: string, waiting = new WaitingEvents()) => {
    for (const report of reports) waiting.see(report)
    const { again, lost, dropped } = waiting.drain(by)
    const ids = (events: { eventId: string }[]) => events.map(event => event.eventId).join(' ')
    return { again: ids(again), lost: ids(lost), dropped: ids(dropped) }
  }

  it('what was queued and not begun is for the next engine, in order; what had begun is not', () => {
    const reports = [received('1'), received('2'), received('3', 'outgoing', '1'), started('1'), received('4')]
    assert.deepEqual(left(reports), { again: '2 3 4', lost: '', dropped: '' })
  })

  it('what has ended is done', () =>
    assert.deepEqual(left([received('1'), started('1'), ended('1')]), { again: '', lost: '', dropped: '' }))

  it('a reply on its way out is lost, as is one of the event that ended the engine', () => {
    const reports = [received('1'), started('1'), received('2', 'outgoing', '9'), started('2'), received('3', 'outgoing', '1')]
    assert.deepEqual(left(reports, '1'), { again: '', lost: '2 3', dropped: '' })
  })

  it('what such an event sent is sent once more; what comes from that is not, if it ends the engine too', () => {
    const waiting = new WaitingEvents()
    assert.deepEqual(left([received('1'), started('1'), received('2', 'incoming', '1')], '1', waiting), {
      again: '2',
      lost: '',
      dropped: ''
    })
    waiting.sentAgain(received('2', 'incoming', '1') as never, '20', '1')
    const second = [received('20'), started('20'), received('21', 'incoming', '20'), received('30')]
    assert.deepEqual(left(second, '20', waiting), { again: '30', lost: '', dropped: '21' })
  })

  it('nor is what comes from its children', () => {
    const waiting = new WaitingEvents()
    waiting.sentAgain(received('2', 'incoming', '1') as never, '20', '1')
    const later = [
      received('20'),
      started('20'),
      received('21', 'incoming', '20'),
      ended('20'),
      started('21'),
      received('22', 'incoming', '21')
    ]
    assert.deepEqual(left(later, '21', waiting), { again: '', lost: '', dropped: '22' })
  })

  it('another life of the engine has empty queues', () => {
    const begins: Report = { kind: 'engine-started', at: 1, botpressVersion: '12.31.10', root: '/', bots: [], clock: 'real' }
    assert.deepEqual(left([received('1'), begins]), { again: '', lost: '', dropped: '' })
  })
})
