import type { TraceEntry } from '../../src/trace/entry.ts'
import { dialog, hook, Trace } from '../trace/make.ts'

const loaded = { user: { language: 'en' }, session: { lastMessages: [], workflows: {} }, context: {}, temp: {} }

/** A visit as people live it: an event lost on opening, a greeting, its repetition, a typing error, a failing hook, a locked queue. */
export function recorded(): TraceEntry[] {
  const trace = new Trace()
  trace.now = Date.UTC(2026, 10, 21, 9, 30)
  trace.add('engine-started', { botpressVersion: '12.31.10', root: '/bot', bots: ['shop', 'booking'], clock: 'real' })
  trace.page('p1', ['configChanged', 'webchatLoaded', 'webchatOpened'])
  trace.sent('proactive-trigger', { phase: 'opening', fate: 'dropped' })
  trace.add('page-posted', { visitorId: 'ann', page: 'shop.html', pageId: 'p1', name: 'webchatReady', data: {} })
  trace.now += 4000
  greet(trace, 'p1')
  trace.now += 9000
  trace.page('p2', ['webchatLoaded', 'webchatOpened', 'webchatReady'])
  greet(trace, 'p2')
  trace.now += 30_000
  trace.sent('pricng-idle', { pageId: 'p2' })
  const typo = trace.event('pricng-idle', { payload: { type: 'pricng-idle', payload: { type: 'pricng-idle', payload: { seconds: 30 } } } })
  trace.hookStarts(typo).hookEnds(typo).decide(typo, 'dialog').enter(typo, 'ask-size', true).reply(typo, 'Which size do you need?', dialog)
  trace.add('dialog-waits', { eventId: typo, flow: 'main.flow.json', node: 'ask-size' }).end(typo)
  trace.now += 2000
  const failing = trace.event('cart-left')
  trace.hookFails(failing, "Cannot read property 'cart' of undefined").decide(failing, 'dialog').enter(failing, 'ask-size', true)
  trace.reply(failing, 'Sorry, which size?', dialog).end(failing)
  trace.now += 2000
  const stuck = trace.event('stock-check')
  trace.hookStarts(stuck).add('event-stuck', { eventId: stuck, hook: 'greet.js', place: { file: '/bot/greet.js', line: 12 }, ms: 5000 })
  return trace.entries
}

/** The last greeting played again after its hook was mended: entries to follow the first `after` ones. */
export function replayed(after: number): TraceEntry[] {
  const trace = new Trace()
  trace.now = Date.UTC(2026, 10, 21, 9, 33)
  const about = { what: 'event' as const, why: 'saved' as const, files: ['/bot/greet.js'], from: after, to: after }
  trace.add('replay-started', about)
  const id = trace.event('stock-check', { eventId: 'again', from: { by: 'author' } })
  trace.entries.length = 2
  trace.hookStarts('again').flag('again').reply('again', 'We have it in your size.', hook(), { eventId: 'reply again', arrives: false })
  trace.hookEnds('again', { ms: 40 }).decide('again', 'skipped').end('again').add('replay-ended', { outcome: 'completed' })
  return id ? trace.entries : []
}

function greet(trace: Trace, pageId: string): void {
  trace.sent('proactive-trigger', { pageId })
  const id = trace.event('proactive-trigger', {
    payload: { type: 'proactive-trigger', payload: { type: 'proactive-trigger', payload: { page: '/shoes' } } }
  })
  trace.add('state-loaded', { eventId: id, sessionId: 'shop::web::ann::t1', state: loaded, newSession: true })
  const changes = [{ path: 'state.session.greeted', after: true }]
  trace.hookStarts(id).flag(id).reply(id, 'Hello! May I help you to find the right shoes?', hook()).hookEnds(id, { changes, ms: 12 })
  trace.decide(id, 'skipped').add('state-discarded', { eventId: id, changes, leaks: [] }).end(id)
}
