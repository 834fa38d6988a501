import assert from 'node:assert/strict'
import { verdictsOf } from '../../src/trace/verdict.ts'
import { at, hook, Trace } from './make.ts'

const only = (trace: Trace) => trace.verdict(1)

describe('verdict on what a page sent', () => {
  const phases = [
    ['before-init', /had not called `botpressWebChat\.init`/, 'BPP014'],
    ['loading', /still loading/, 'BPP001'],
    ['loaded', /only means that the widget can be opened/, 'BPP001'],
    ['opening', /opened for the first time\. `webchatOpened` comes before the conversation is loaded/, 'BPP002']
  ] as const
  for (const [phase, says, rule] of phases) {
    it(`dropped in phase ${phase}: says why and names ${rule} (R20.6, R21.6)`, () => {
      const verdict = only(new Trace().sent('greet', { phase, fate: 'dropped' }))
      assert.equal(verdict.outcome, `dropped-${phase}`)
      assert.match(verdict.sentences.join(' '), says)
      assert.match(verdict.sentences[0]!, /Dropped before ready: “greet” never left the browser/)
      assert.ok(verdict.rules.includes(rule))
      assert.match(verdict.advice[0]!, /webchatReady/)
      assert.deepEqual(verdict.places, [{ file: '/bot/pages/shop.html', line: 20 }])
      assert.equal(verdict.tone, 'error')
    })
  }

  it('handled by the widget itself: says what the type does (R20.8, BPP008, S26)', () => {
    const verdict = only(new Trace().sent('toggleBotInfo', { fate: 'handled' }))
    assert.match(verdict.sentences[0]!, /Handled by the widget itself: “toggleBotInfo” shows or hides the page about the bot/)
    assert.match(verdict.advice.join(), /another name/)
    assert.deepEqual(only(new Trace().sent('show', { fate: 'handled' })).advice, [])
  })

  it('refused by /messages since it has no text: says what to send instead (R22.6)', () => {
    const trace = new Trace().sent('text')
    trace.add('page-refused', {
      visitorId: 'ann',
      page: 'shop.html',
      pageId: 'p1',
      type: 'text',
      status: 400,
      reason: 'Text must be a valid string'
    })
    const verdict = only(trace)
    assert.equal(verdict.outcome, 'refused-without-text')
    assert.match(verdict.sentences[0]!, /Refused by \/messages \(400\) since it has no top-level text/)
    assert.match(verdict.advice[0]!, /type: "message"/)
  })

  it('refused for another reason: repeats the reason (R19.1)', () => {
    const trace = new Trace().add('page-refused', {
      visitorId: 'ann',
      page: 'shop.html',
      pageId: 'p1',
      type: 'greet',
      status: 404,
      reason: 'Unknown bot'
    })
    assert.match(only(trace).sentences[0]!, /refused “greet” \(404\): Unknown bot/)
  })

  it('on its way until the engine has it; then the event tells the rest', () => {
    const trace = new Trace().sent('proactive-trigger')
    assert.equal(only(trace).outcome, 'posted')
    trace.greeted()
    const verdicts = verdictsOf(trace.entries)
    assert.equal(verdicts.length, 1)
    assert.equal(verdicts[0]!.outcome, 'answered-by-hook')
  })
})

describe('verdict on a page', () => {
  const stages = [
    [[], 'page-loading', /has not said anything yet/],
    [['configChanged', 'webchatLoaded'], 'page-not-opened', /not been opened, so `webchatReady` never fires/],
    [['webchatLoaded', 'webchatOpened'], 'page-opening', /until `webchatReady` whatever the page sends is dropped/],
    [['webchatLoaded', 'webchatOpened', 'webchatReady'], 'page-ready', /open and ready/]
  ] as const
  for (const [names, outcome, says] of stages) {
    it(`after ${names.at(-1) ?? 'nothing'}: ${outcome} (R21.3, R21.4, S02)`, () => {
      const verdict = only(new Trace().page('p1', [...names]))
      assert.equal(verdict.outcome, outcome)
      assert.match(verdict.sentences[0]!, says)
    })
  }
})

describe('verdict on a page whose chat cannot start', () => {
  it('says so of the page, with the reason that the chat gives (R21.10, S06, S45)', () => {
    const trace = new Trace().page('p1', [])
    trace.add('page-refused', { visitorId: 'ann', page: 'shop.html', pageId: 'p1', status: 0, reason: 'There is no bot “nobody”' })
    const verdict = only(trace)
    assert.deepEqual([verdict.outcome, verdict.tone], ['page-failed', 'error'])
    assert.match(verdict.sentences.join(' '), /could not start: There is no bot “nobody”\. `webchatReady` never fires/)
    assert.equal(verdictsOf(trace.entries).length, 1)
  })
})

describe('verdict on words that the page says for the visitor', () => {
  it('is that of the event which they become (R20.8)', () => {
    const trace = new Trace().page().sent('message', { payload: { type: 'message', text: 'Hello' } })
    trace.greeted('text')
    assert.deepEqual(
      verdictsOf(trace.entries).map(({ outcome }) => outcome),
      ['page-ready', 'answered-by-hook']
    )
  })
})

describe('verdict on a message that no event led to', () => {
  const said = (shown: boolean) => {
    const trace = new Trace().page()
    trace.reply('none', 'Your parcel is there', hook(9, 'reminders.js'), { incomingEventId: undefined, during: undefined, shown })
    return verdictsOf(trace.entries)[1]!
  }
  it('tells what the visitor read and who had it sent (S49, S53)', () => {
    const verdict = said(true)
    assert.deepEqual([verdict.outcome, verdict.tone, verdict.places.length], ['unasked', 'good', 1])
    assert.match(
      verdict.sentences.join(' '),
      /The visitor read “Your parcel is there”, sent by the hook reminders\.js\. .* of its own accord/
    )
  })

  it('does not say that it was read where nobody was there', () => {
    const verdict = said(false)
    assert.equal(verdict.tone, 'quiet')
    assert.match(verdict.sentences[0]!, /came when no open page of the visitor was there/)
  })
})

describe('verdict on a page that was left', () => {
  it('says so only when its widget had not said anything (R20.2)', () => {
    const trace = new Trace().page('p1', []).page('p2')
    assert.equal(trace.verdict(1).outcome, 'page-left')
    assert.equal(new Trace().page('p1').page('p2').verdict(1).outcome, 'page-ready')
  })
})

describe('verdict on accidents outside of events', () => {
  it('names the hook that was stopped in the engine’s own entry (R3.11)', () => {
    const verdict = only(
      new Trace().add('engine-stopped', { reason: 'hook-limit', hook: 'loop.js', place: at(2), ms: 5000, real: 'Botpress hangs.' })
    )
    assert.match(verdict.sentences.join(' '), /endless loop.*It was loop\.js, after 5 s.*Botpress hangs/)
    assert.equal(verdict.tone, 'error')
  })

  it('says only once that it speaks of the real server', () => {
    const real = 'On the real server nothing limits a hook.'
    const verdict = only(new Trace().add('engine-stopped', { reason: 'hook-limit', real }))
    assert.deepEqual(verdict.sentences.slice(1), [real])
  })

  it('is quiet about a stop that was asked for', () => {
    assert.equal(only(new Trace().add('engine-stopped', { reason: 'request', real: 'nothing' })).tone, 'quiet')
  })

  it('tells which promise nobody waits for (R3.8, BPH002)', () => {
    const verdict = only(
      new Trace().add('unhandled-rejection', { error: { name: 'Error', message: 'boom', place: at(4) }, hook: 'greet.js' })
    )
    assert.match(verdict.sentences[0]!, /started by greet\.js\): boom/)
    assert.deepEqual(verdict.places, [at(4)])
  })

  it('tells what an uncaught exception does to the real server (R3.9)', () => {
    const verdict = only(
      new Trace().add('uncaught-exception', { error: { name: 'Error', message: 'boom' }, real: 'the server exits with code 1.' })
    )
    assert.match(verdict.sentences.join(' '), /boom.*exits with code 1/)
  })

  it('tells why an event was refused (R16.2)', () => {
    const verdict = only(
      new Trace().add('event-rejected', { type: 'x', botId: 'shop', reason: 'target is required', from: { by: 'author' } })
    )
    assert.match(verdict.sentences[0]!, /refused an event of type “x”: target is required/)
  })

  it('prefers the failed hook among hooks that no event led to (R3.12)', () => {
    const trace = new Trace()
      .hookStarts(undefined)
      .hookEnds(undefined, { outcome: 'failed', error: { name: 'Error', message: 'no database' } })
    const verdict = only(trace)
    assert.equal(verdict.tone, 'error')
    assert.match(verdict.sentences[0]!, /greet\.js \(before_incoming_middleware\) stopped with an error: no database/)
  })
})

describe('verdict on an engine that starts without a bot', () => {
  it('says that nobody answers, and what is missing', () => {
    const verdict = (bots: string[]) => {
      const trace = new Trace()
      trace.add('engine-started', { botpressVersion: '12.31.10', root: '/bot', bots, clock: 'real' })
      return verdictsOf(trace.entries)[0]!
    }
    assert.deepEqual([verdict([]).tone, verdict(['shop']).tone], ['warning', 'quiet'])
    assert.match(verdict([]).sentences.join(' '), /with no bot\. Nobody answers until there is one: a folder in `data\/bots`/)
  })
})
