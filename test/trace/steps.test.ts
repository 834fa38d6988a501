import assert from 'node:assert/strict'
import { ENTRY_KINDS } from '../../src/trace/entry.ts'
import { renderTrace } from '../../src/trace/render.ts'
import { repeatsOf } from '../../src/trace/repeats.ts'
import { stateChangesOf } from '../../src/trace/state.ts'
import { LINES } from '../../src/trace/step-table.ts'
import { stepsOf } from '../../src/trace/steps.ts'
import { dialog, hook, Trace } from './make.ts'

const lines = (trace: Trace, story = 0) => stepsOf(trace.index().stories[story]!).map(step => `${'  '.repeat(step.level)}${step.text}`)

describe('steps of an event', () => {
  it('stand in order, what a hook did below it, a reply’s way to the chat below the reply', () => {
    const trace = new Trace().sent('proactive-trigger')
    trace.greeted()
    assert.deepEqual(lines(trace), [
      'Page called sendEvent “proactive-trigger”',
      'Event “proactive-trigger” received from the page',
      'before_incoming_middleware · greet.js',
      '  Set SKIP_DIALOG_ENGINE',
      '  Reply “Hello!” by the hook greet.js',
      '    Chat shows “Hello!”',
      'Decision: the dialog engine is skipped, told so by the hook greet.js'
    ])
  })

  it('say from which tab they came, where it is not the first (S14)', () => {
    const trace = new Trace()
    trace.add('page-loaded', { visitorId: 'ann', page: 'shop.html', pageId: 'p1', tab: 1 })
    trace.add('page-loaded', { visitorId: 'ann', page: 'shop.html', pageId: 'p2', tab: 2 })
    trace.sent('proactive-trigger', { pageId: 'p1' }).sent('proactive-trigger', { pageId: 'p2' })
    assert.deepEqual(
      trace.index().stories.map(story => stepsOf(story)[0]!.text),
      [
        'Page loaded: shop.html',
        'Page loaded: shop.html (tab 2)',
        'Page called sendEvent “proactive-trigger”',
        'Page called sendEvent “proactive-trigger” (tab 2)'
      ]
    )
  })

  it('do not tell that replies queue up behind each other (R7.3)', () => {
    const trace = new Trace()
    const id = trace.event()
    trace.reply(id, 'One').reply(id, 'Two', hook(), { arrives: false }).add('event-waiting', { eventId: 'e3', behind: 'e2' })
    assert.ok(!lines(trace).some(line => line.includes('Waits')))
  })

  it('put what a flow does below its node', () => {
    const trace = new Trace()
    const id = trace.event('text')
    trace
      .decide(id, 'dialog')
      .enter(id)
      .reply(id, 'Welcome', dialog)
      .add('dialog-waits', { eventId: id, flow: 'main.flow.json', node: 'entry' })
    assert.deepEqual(lines(trace).slice(2), [
      'main.flow.json · entry',
      '  Reply “Welcome” by the flow main.flow.json#entry',
      '    Chat shows “Welcome”',
      'Waits for an answer at main.flow.json · entry'
    ])
  })

  it('give the error of a hook its place, and a hook that runs no duration', () => {
    const trace = new Trace()
    const id = trace.event()
    trace.hookFails(id).hookStarts(id, 'slow.js')
    const steps = stepsOf(trace.index().stories[0]!)
    assert.equal(steps.find(step => step.icon === 'error')?.place?.line, 7)
    assert.equal(steps.at(-1)?.open, true)
    assert.equal(steps.find(step => step.text.includes('greet.js'))?.ms, 3)
  })

  it('tell at most six changes of a hook one by one', () => {
    const trace = new Trace()
    const id = trace.event()
    const changes = Array.from({ length: 9 }, (_, n) => ({ path: `state.session.v${n}`, before: n, after: n + 1 }))
    trace.hookStarts(id).hookEnds(id, { changes })
    const told = lines(trace)
    assert.equal(told.filter(line => line.includes('→')).length, 6)
    assert.match(told.at(-1)!, /and 3 more changes/)
  })

  it('know a line, or deliberate silence, for every kind of entry', () => {
    assert.deepEqual(Object.keys(LINES).sort(), [...ENTRY_KINDS].sort())
  })
})

describe('state changes of an event', () => {
  it('are kept, discarded or leaking, and say how long they last (R6.3, R6.8, R6.11)', () => {
    const trace = new Trace()
    const id = trace.event()
    const changes = [
      { path: 'state.session.greeted', after: true },
      { path: 'state.temp.step', before: 1, after: 2 },
      { path: 'payload.seen', after: true }
    ]
    trace.hookStarts(id).hookEnds(id, { changes })
    trace.add('state-saved', { eventId: id, sessionId: 's', parts: ['session'], changes: [changes[0]!] })
    trace.add('state-discarded', { eventId: id, changes: [changes[1]!], leaks: [{ path: 'state.user.name', after: 'Ann' }] }).end(id)
    assert.deepEqual(
      stateChangesOf(trace.index().stories[0]!).map(({ path, fate, lasts }) => [path, fate, lasts]),
      [
        ['state.session.greeted', 'kept', 'session'],
        ['state.temp.step', 'discarded', 'flow'],
        ['payload.seen', 'discarded', 'event'],
        ['state.user.name', 'leaking', 'visitor']
      ]
    )
  })

  it('of Botpress itself are marked, and neither blamed nor told (R6.2, R10.3)', () => {
    const trace = new Trace()
    const id = trace.event()
    trace.hookStarts(id).flag(id).reply(id, 'Hello!').hookEnds(id).decide(id, 'skipped')
    trace.add('state-discarded', { eventId: id, changes: [{ path: 'state.session.slots', after: {} }], leaks: [] }).end(id)
    assert.equal(stateChangesOf(trace.index().stories[0]!)[0]!.own, true)
    assert.deepEqual(trace.verdict(id).remarks, [])
    assert.ok(!lines(trace).some(line => line.includes('slots')))
    assert.doesNotMatch(renderTrace(trace.entries), /slots/)
    assert.match(renderTrace(trace.entries, { all: true }), /slots/)
  })

  it('of the stock hook for visits are no author’s fault (R19.9)', () => {
    const trace = new Trace()
    const id = trace.event('visit')
    const changes = [{ path: 'state.user.timezone', after: 1 }]
    trace.flag(id).hookStarts(id).hookEnds(id, { changes }).decide(id, 'skipped')
    trace.add('state-discarded', { eventId: id, changes, leaks: changes }).end(id)
    assert.deepEqual(trace.verdict(id).remarks, [])
    assert.equal(trace.verdict(id).outcome, 'built-in-skipped')
  })

  it('of the same names are the hook’s when a hook made them', () => {
    const trace = new Trace()
    const id = trace.event()
    const changes = [{ path: 'state.session.slots', after: { name: 'Ann' } }]
    trace.hookStarts(id).flag(id).reply(id, 'Hello!').hookEnds(id, { changes }).decide(id, 'skipped')
    trace.add('state-discarded', { eventId: id, changes, leaks: [] }).end(id)
    assert.deepEqual(trace.verdict(id).remarks, ['state-discarded'])
  })

  it('are pending while the event is being processed', () => {
    const trace = new Trace()
    const id = trace.event()
    trace.hookStarts(id).hookEnds(id, { changes: [{ path: 'state.user.x', after: 1 }] })
    assert.equal(stateChangesOf(trace.index().stories[0]!)[0]!.fate, 'pending')
  })
})

describe('repeats', () => {
  it('are found after each refresh, with every time it was said (G9, BPH006, S11)', () => {
    const trace = new Trace()
    for (const pageId of ['p1', 'p2', 'p3', 'p4']) {
      trace.page(pageId).sent('proactive-trigger', { pageId })
      trace.greeted()
    }
    const [finding, ...rest] = repeatsOf(trace.entries)
    assert.deepEqual(rest, [])
    assert.equal(finding!.count, 4)
    assert.equal(finding!.seqs.length, 4)
    assert.match(finding!.sentence, /“Hello!” was said 4 times to the same visitor/)
  })

  it('blame the page when it sent twice in one visit (BPP006)', () => {
    const trace = new Trace().page().sent('proactive-trigger')
    trace.greeted()
    trace.sent('proactive-trigger')
    trace.greeted()
    assert.match(repeatsOf(trace.entries)[0]!.sentence, /more than once in one visit/)
  })

  it('advise by who said it: a hook’s marker, or the skip flag for the flow (R6.9, R5.1)', () => {
    const trace = new Trace()
    let last = ''
    for (const pageId of ['p1', 'p2']) {
      trace.page(pageId).sent('proactive-trigger', { pageId })
      last = trace.event()
      trace.decide(last, 'dialog').enter(last).reply(last, 'Welcome', dialog).end(last)
    }
    assert.match(trace.verdict(last).advice.join(), /set SKIP_DIALOG_ENGINE when `event\.state\.session\.lastMessages` is not empty/)
  })

  it('do not count answers to the visitor’s own words, other visitors or other texts', () => {
    const trace = new Trace()
    for (const type of ['text', 'text', 'text']) {
      const id = trace.event(type)
      trace.decide(id, 'dialog').enter(id).reply(id, 'Pardon?', dialog).end(id)
    }
    trace.greeted('t', 'Hello!')
    trace.greeted('t', 'Welcome back!')
    assert.deepEqual(repeatsOf(trace.entries), [])
  })
})

describe('rendering for a terminal', () => {
  it('heads each story with its verdict and keeps within the width', () => {
    const trace = new Trace().page('p1', ['webchatLoaded']).sent('greet', { phase: 'loaded', fate: 'dropped' })
    const text = renderTrace(trace.entries, { width: 60 })
    assert.match(text, /^· shop\.html \[chat not opened\]$/m)
    assert.match(text, /^✗ greet \[lost in the page\]$/m)
    assert.match(text, /\/bot\/pages\/shop\.html:20/)
    assert.match(text, / {2}→ Send it when the page receives/)
    const prose = text.split('\n').filter(line => /^ {2}\S/.test(line) && !line.includes('/bot/'))
    assert.ok(Math.max(...prose.map(line => line.length)) <= 60 || prose.some(line => !line.includes(' ')))
  })

  it('passes every piece through the style and contains no colour codes of its own', () => {
    const trace = new Trace()
    trace.greeted()
    const plain = renderTrace(trace.entries)
    assert.doesNotMatch(plain, new RegExp(String.fromCharCode(27)))
    const styled = renderTrace(trace.entries, { style: (text, role) => `<${role}>${text}</${role}>` })
    assert.match(styled, /<good>✓<\/good> <title>proactive-trigger<\/title> <good>\[answered\]<\/good>/)
    assert.equal(styled.replace(/<\/?[a-z]+>/g, ''), plain)
  })

  it('lists what became of the state', () => {
    const trace = new Trace()
    const id = trace.event()
    trace.add('state-discarded', { eventId: id, changes: [{ path: 'state.session.greeted', after: true }], leaks: [] }).end(id)
    assert.match(renderTrace(trace.entries), /discarded state\.session\.greeted = true/)
  })
})
