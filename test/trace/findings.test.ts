import assert from 'node:assert/strict'
import type { EntryOf } from '../../src/trace/entry.ts'
import { FINDINGS, findingsOf, runOf } from '../../src/trace/findings/index.ts'
import { Frequency } from '../../src/trace/frequency.ts'
import { bot } from './bot-words.ts'
import { at, dialog, hook, Trace } from './make.ts'

const found = (trace: Trace, frequency?: unknown) => findingsOf(runOf(trace.entries, frequency ? Frequency.parse(frequency) : undefined))
const of = (trace: Trace, id: string, frequency?: unknown) => found(trace, frequency).filter(finding => finding.id === id)

function asksSize(trace: Trace): void {
  const id = trace.event('text', { payload: { type: 'text', text: 'Hello' }, from: { by: 'visitor' } })
  trace.decide(id, 'dialog').enter(id, 'ask-size').reply(id, 'Which size?', dialog)
  trace.add('dialog-waits', { eventId: id, flow: 'main.flow.json', node: 'ask-size' }).end(id)
}

type Cases = Record<string, { shows: [(trace: Trace) => void, RegExp][]; not: ((trace: Trace) => void)[]; frequency?: unknown }>

/** The same for bots of the Bot Framework family. */
const BOT_CASES: Cases = {
  'timers-lost': {
    shows: [[trace => void bot(trace).started('start').says('run', 'Started.').stopped(1), /one timer of the bot had not come yet/i]],
    not: [trace => void bot(trace).started('start').says('run', 'Started.').stopped(0)]
  },
  'task-lost': {
    shows: [
      [
        trace => void bot(trace).stack('book', 'date').says('book', 'When?').notice('A hotel is cheaper.').stack('hotel').says('no'),
        /nobody waits for the answer to “When\?”/
      ]
    ],
    not: [
      trace => void bot(trace).stack('book', 'date').says('book', 'When?').notice('A hotel is cheaper.').stack('book', 'date').says('no')
    ]
  },
  doubled: {
    shows: [[trace => void bot(trace).says('subscribe').notice('News').notice('News'), /“News” came twice/]],
    not: [
      trace => void bot(trace).says('subscribe').notice('News').notice('Other news'),
      trace => {
        const words = bot(trace).says('subscribe').notice('News')
        trace.now += 60_000
        words.notice('News')
      }
    ]
  },
  'tries-on': {
    shows: [[trace => void bot(trace).says('hi').refused(403, 'blocked').refused(403, 'blocked'), /tried twice/]],
    not: [
      trace => void bot(trace).says('hi').refused(403, 'blocked'),
      trace => void bot(trace).says('hi').refused(429, 'busy').refused(429, 'busy')
    ]
  },
  'references-lost': {
    shows: [[trace => void bot(trace).started('start').says('hi').started('restart').triggered(), /wrote to nobody/]],
    not: [
      trace => void bot(trace).started('start').says('hi').started('restart').triggered('News'),
      trace => void bot(trace).started('start').started('restart').triggered()
    ]
  }
}

const pages = { visitorId: 'ann', page: 'shop.html', pageId: 'p1' }
type Fate = EntryOf<'voiceflow-called'>['fate']
type State = EntryOf<'bubbles-changed'>['bubbles'][number]['state']
const text = (message: unknown) => ({ type: 'text', payload: { message } })
const push = (trace: Trace, traces: unknown[], fate: Fate = 'done') =>
  trace.add('voiceflow-called', { ...pages, name: 'proactive.push', fate, traces, place: { file: '/site/a.html', line: 9 } })
const call = (trace: Trace, name: string) => trace.add('voiceflow-called', { ...pages, name, fate: 'done' })
const queue = (trace: Trace, ...bubbles: [string, State][]) =>
  trace.add('bubbles-changed', { ...pages, bubbles: bubbles.map(([text, state], n) => ({ id: n + 1, type: 'text', text, state })) })
const goes = (trace: Trace, to: string) => trace.add('page-gesture', { ...pages, gesture: { do: 'navigate', to }, by: 'author' })
const fine = (trace: Trace) => void push(trace, [text('May I help?')])

/** Proactive bubbles of Voiceflow, by the rules K1 to K11. */
const VOICEFLOW_CASES: Cases = {
  'voiceflow-K1': { shows: [[trace => void push(trace, [{ type: 'carousel' }]), /“carousel” was pushed; only/]], not: [fine] },
  'voiceflow-K2': {
    shows: [
      [trace => void push(trace, [{ type: 'text', payload: {} }]), /reads “undefined”/],
      [trace => void push(trace, [text(7)]), /reads “undefined”/]
    ],
    not: [fine]
  },
  'voiceflow-K3': {
    shows: [
      [trace => void push(trace, [text('<b>Sale</b>')]), /neither HTML nor Markdown/],
      [trace => void push(trace, [text('See [prices](/p)')]), /neither HTML nor Markdown/]
    ],
    not: [fine, trace => void push(trace, [text('5 < 7, and 2 * 3 * 4')])]
  },
  'voiceflow-K4': { shows: [[trace => void push(trace, [text('Hi')], 'lost'), /lost, not late/]], not: [fine] },
  'voiceflow-K5': {
    shows: [[trace => void [queue(trace, ['Old', 'chat-open']), push(trace, [text('New')])], /kept out of sight/]],
    not: [trace => void [queue(trace, ['Old', 'drawn']), push(trace, [text('New')])]]
  },
  'voiceflow-K6': {
    shows: [
      [trace => void [queue(trace, ['Hi', 'drawn']), push(trace, [text('Hi')])], /“Hi” was in the queue already/],
      [trace => void push(trace, [text('Hi'), text('Hi')]), /sees it twice/]
    ],
    not: [trace => void [queue(trace, ['Hi', 'drawn']), queue(trace), push(trace, [text('Hi')])]]
  },
  'voiceflow-K7': {
    shows: [
      [trace => void push(trace, [text('x'.repeat(141))]), /has 141 characters/],
      [trace => void push(trace, ['a', 'b', 'c', 'd'].map(text)), /4 bubbles are stacked/]
    ],
    not: [trace => void push(trace, [text('x'.repeat(140)), text('b'), text('c')])]
  },
  'voiceflow-K8': {
    shows: [
      [trace => void [queue(trace, ['Old', 'dismissed']), push(trace, [text('New')])], /had dismissed “Old”; this push brought it back/]
    ],
    not: [trace => void [queue(trace, ['Old', 'dismissed']), queue(trace), push(trace, [text('New')])]]
  },
  'voiceflow-K9': {
    shows: [[trace => void [queue(trace, ['On A', 'drawn']), goes(trace, '/b')], /“On A” was still there after the visitor went to \/b/]],
    not: [trace => void [queue(trace, ['On A', 'drawn']), goes(trace, '/b'), call(trace, 'proactive.clear')]]
  },
  'voiceflow-K10': {
    shows: [[trace => void [push(trace, [text('10 % off?')]), call(trace, 'open')], /nothing told the agent/]],
    not: [trace => void [push(trace, [text('10 % off?')]), call(trace, 'interact'), call(trace, 'open')], fine]
  },
  'voiceflow-K11': { shows: [[trace => void push(trace, [text('Hi')], 'no-effect'), /has no bubbles/]], not: [fine] }
}

/** A row's id, runs that show it, and runs alike that do not. */
const CASES: Cases = {
  'said-twice': {
    shows: [
      [
        trace => void [trace.page('p1').sent('a').greeted('a'), trace.page('p2').sent('a', { pageId: 'p2' }).greeted('a')],
        /twice to the same visitor/
      ],
      [
        // The page asks for a new session: to the server it is somebody else (S08).
        trace => {
          trace.page('p1').sent('a').greeted('a')
          const id = trace.sent('a', { visitorId: 'ann2' }).event('a', { target: 'ann2' })
          trace.hookStarts(id).flag(id).reply(id, 'Hello!').hookEnds(id).decide(id, 'skipped').end(id)
          Object.assign(trace.entries.findLast(entry => entry.kind === 'chat-received')!, { visitorId: 'ann2' })
        },
        /twice on the same page\. A new session was begun/
      ],
      [
        // The mark was in the session (S12).
        trace => {
          for (const page of ['p1', 'p2']) {
            const id = trace.page(page).sent('a', { pageId: page }).event('a')
            trace.add('state-loaded', { eventId: id, sessionId: 's', state: {}, newSession: true })
            trace.hookStarts(id).flag(id).reply(id, 'Hello!')
            trace.hookEnds(id, { changes: [{ path: 'state.session.greeted', after: true }] }).decide(id, 'skipped')
            trace
              .add('state-saved', { eventId: id, sessionId: 's', parts: [], changes: [{ path: 'state.session.greeted', after: true }] })
              .end(id)
          }
        },
        /that session had ended meanwhile/
      ]
    ],
    not: [
      trace => {
        trace.greeted('a')
        trace.now += 86_400_000
        trace.greeted('a')
      },
      trace => void [trace.greeted('a'), trace.greeted('a', 'Another')],
      trace => void [trace.greeted('text'), trace.greeted('text')]
    ]
  },
  'answer-captured': {
    shows: [
      [
        trace => {
          asksSize(trace)
          trace.greeted('price-drop', 'Shall I reserve it?')
          const id = trace.event('text', { payload: { type: 'text', text: 'yes please' }, from: { by: 'visitor' } })
          trace.decide(id, 'dialog').enter(id, 'ask-size', true).reply(id, 'Which size?', dialog).end(id)
        },
        /answered “yes please” after “Shall I reserve it\?” from greet\.js, but node “ask-size” of main\.flow\.json took it/
      ],
      [
        trace =>
          void bot(trace)
            .stack('book', 'date')
            .says('book', 'When?')
            .notice('A hotel is cheaper. Do you want it?')
            .says('yes please', 'When?'),
        /“A hotel is cheaper.*“yes please”, were taken as the answer to “When\?”/
      ]
    ],
    not: [
      trace =>
        void bot(trace)
          .stack('book', 'date')
          .says('book', 'When?')
          .notice('Do you want it?')
          .stack('book', 'date', 'hotel')
          .says('yes', 'Fine.'),
      trace => void bot(trace).says('hello', 'Hello.').notice('Do you want it?').says('yes', 'Fine.'),
      trace => {
        asksSize(trace)
        const id = trace.event('text', { payload: { type: 'text', text: '42' }, from: { by: 'visitor' } })
        trace.decide(id, 'dialog').enter(id, 'ask-size', true).reply(id, 'Fine.', dialog).end(id)
      }
    ]
  },
  'open-questions': {
    shows: [
      [
        trace => void [trace.greeted('idle', 'May I help?'), trace.greeted('exit', 'Do you want 10 % off?')],
        /2 questions of hooks stand open/
      ],
      [trace => void [asksSize(trace), trace.greeted('idle', 'May I help?')], /asks something while the flow waits at node “ask-size”/],
      [
        trace => void bot(trace).says('hello', 'Hello.').notice('Do you want a hotel?').notice('Or a car?'),
        /2 questions that nobody asked for/
      ]
    ],
    not: [
      trace => void bot(trace).says('hello', 'Hello.').notice('A hotel?').stack('hotel', 'text').notice('A car?').stack('hotel', 'text'),
      trace => void bot(trace).says('hello', 'Hello.').notice('A hotel?').says('no', 'Fine.').notice('A car?'),
      trace => void [trace.greeted('idle', 'May I help?'), trace.greeted('exit', 'Good bye.')],
      trace => {
        trace.greeted('idle', 'May I help?')
        trace.greeted('text', 'Fine.', { from: { by: 'visitor' } })
        trace.greeted('exit', 'Do you want 10 % off?')
      }
    ]
  },
  'sent-before-ready': {
    shows: [[trace => void trace.sent('a', { phase: 'opening', fate: 'dropped' }).sent('a').greeted('a'), /^1 of 2 “a” delivered/]],
    not: [trace => void trace.sent('a').greeted('a'), trace => void trace.sent('show', { phase: 'loaded', fate: 'handled' })]
  },
  'queue-locked': {
    shows: [
      [
        trace => {
          const stuck = trace.event('stock')
          trace.hookStarts(stuck).add('event-stuck', { eventId: stuck, hook: 'greet.js', place: at(3), ms: 5000 })
          trace.add('event-received', { ...waiting('w1') }).add('event-waiting', { eventId: 'w1', behind: stuck })
          trace.add('event-received', { ...waiting('w2') }).add('event-waiting', { eventId: 'w2', behind: stuck })
        },
        /greet\.js had not finished after 5 s; .* 2 events of this visitor wait behind it/
      ],
      [
        trace => {
          const stuck = trace.event('stock')
          trace.hookStarts(stuck).add('event-stuck', { eventId: stuck, hook: 'greet.js', place: at(3), ms: 5000 })
          trace.add('event-received', { ...waiting('w1') }).add('event-waiting', { eventId: 'w1', behind: stuck })
          trace.add('event-received', { ...waiting('w2') }).add('event-waiting', { eventId: 'w2', behind: 'w1' })
        },
        /2 events of this visitor wait behind it/
      ]
    ],
    not: [
      trace => {
        const slow = trace.event('stock')
        trace.hookStarts(slow).add('event-stuck', { eventId: slow, ms: 5000 }).hookEnds(slow).end(slow)
      }
    ]
  },
  'too-often': {
    frequency: { caps: [{ messages: 1, hours: 24 }] },
    shows: [[trace => void [trace.greeted('a', 'One'), trace.greeted('b', 'Two')], /2 unasked messages within one day .* allows 1/]],
    not: [trace => void trace.greeted('a', 'One')]
  },
  'quiet-hours': {
    frequency: { quietHours: { from: '00:00', to: '06:00' } },
    shows: [[trace => void trace.greeted('a', 'One'), /“One” came between 00:00 and 06:00/]],
    not: [
      trace => {
        trace.now = Date.UTC(2026, 2, 3, 12)
        trace.greeted('a', 'One')
      }
    ]
  },
  burst: {
    shows: [[trace => void Array.from({ length: 5 }, () => trace.greeted('buy')), /“buy” came 5 times within a second/]],
    not: [
      trace => void [trace.greeted('buy'), trace.greeted('buy')],
      trace => {
        trace.step = 600
        for (let n = 0; n < 5; n++) trace.greeted('buy')
      }
    ]
  },
  'reply-after-leaving': {
    shows: [
      [
        trace => {
          trace.page('p1').sent('slow')
          const id = trace.event('slow')
          trace.hookStarts(id).page('p2')
          trace.now += 2000
          trace.reply(id, 'Here it is').hookEnds(id).end(id)
        },
        /“Here it is” came 2 s after the visitor had left the page shop\.html/
      ]
    ],
    not: [trace => void [trace.page('p1').sent('a').greeted('a'), trace.page('p2')]]
  },
  'order-matters': {
    shows: [
      [
        trace => {
          trace.step = 1
          trace.greeted('trigger')
          const id = trace.event('visit')
          trace.decide(id, 'dialog').enter(id).reply(id, 'Welcome', dialog).end(id)
        },
        /“trigger” and “visit” arrived .* apart/
      ]
    ],
    not: [
      trace => {
        // On a clock that stands still the visitor answered what had been said.
        trace.step = 0
        trace.greeted('trigger')
        const id = trace.event('text', { from: { by: 'visitor' } })
        trace.decide(id, 'dialog').enter(id).reply(id, 'Welcome', dialog).end(id)
      },
      trace => {
        trace.greeted('trigger')
        trace.now += 60
        trace.greeted('exit')
      },
      trace => {
        trace.step = 1
        trace.greeted('trigger')
        const id = trace.event('visit')
        trace.decide(id, 'skipped').end(id)
      }
    ]
  },
  ...VOICEFLOW_CASES,
  'two-languages': {
    shows: [
      [
        trace => void [trace.greeted('a', 'Bienvenue dans notre boutique!'), trace.greeted('b', 'Can we help you with your order?')],
        /“Bienvenue dans notre boutique!” \(fr\) and then “Can we help you with your order\?” \(en\)/
      ],
      [trace => void [trace.greeted('a', 'いらっしゃいませ'), trace.greeted('b', 'What can we do for you?')], /\(ja\) and then/]
    ],
    not: [
      trace => void [trace.greeted('a', 'Bonjour Ada'), trace.greeted('b', 'Welcome to our shop!')],
      trace => void [trace.greeted('a', 'Welcome to our shop!'), trace.greeted('b', 'Can we help you with your order?')],
      trace => {
        trace.greeted('a', 'Bienvenue dans notre boutique!')
        trace.now += 60_000
        trace.greeted('b', 'Can we help you with your order?')
      }
    ]
  },
  'hook-timers-lost': {
    shows: [
      [
        trace => void timer(trace).add('engine-stopped', { reason: 'request', real: '' }),
        /^One timer of reminder\.js was to come in 1 h when the server ended/
      ]
    ],
    not: [
      trace =>
        void timer(trace)
          .add('script-timer', { what: 'cleared', id: 1, due: trace.now })
          .add('engine-stopped', { reason: 'request', real: '' }),
      trace => {
        timer(trace)
        trace.now += 3_700_000
        trace.add('engine-stopped', { reason: 'request', real: '' })
      }
    ]
  },
  'timeout-never-ran': {
    shows: [
      [
        trace => void expired(trace),
        /^bye\.js of before_session_timeout did not run for a conversation that ended by itself\..*lives for 2 min.*deletes the session first/
      ],
      [trace => void expired(expired(trace, { contextMs: 60_000 })), /for 2 conversations.*had ended before Botpress looked again/]
    ],
    not: [trace => void expired(trace, { hooks: [] })]
  },
  'raw-words': {
    shows: [
      [trace => void trace.greeted('a', 'Welcome back, undefined!'), /a value was missing/],
      [trace => void trace.greeted('a', 'You like [object Object]'), /an object was put into the text/],
      [trace => void trace.greeted('a', 'Hello {{user.name}}'), /placeholder/],
      [trace => void trace.greeted('a', 'Sorry: TypeError: x is not a function'), /an error of the program/]
    ],
    not: [trace => void trace.greeted('a', 'Nothing is null and void here; annulled.'), trace => void trace.greeted('a', 'Hello Ann')]
  }
}

function expired(trace: Trace, more: { contextMs?: number; hooks?: [] } = {}): Trace {
  const of = { sessionId: 'shop::web::ann::t1', botId: 'shop', channel: 'web', target: 'ann', threadId: 't1' }
  const hooks = [{ name: 'bye.js', place: { file: '/bot/data/global/hooks/before_session_timeout/bye.js' } }]
  return trace.add('session-expired', {
    ...of,
    flow: 'main.flow.json',
    node: 'ask',
    contextMs: 120_000,
    sessionMs: 120_000,
    hooks,
    ...more
  })
}

function timer(trace: Trace): Trace {
  return trace.add('script-timer', { what: 'set', id: 1, due: trace.now + 3_600_010, hook: 'reminder.js', place: at(3), eventId: 'e1' })
}

function waiting(eventId: string) {
  const from = { by: 'visitor' as const }
  return {
    eventId,
    direction: 'incoming' as const,
    type: 'text',
    channel: 'web',
    botId: 'shop',
    target: 'ann',
    threadId: 't1',
    payload: {},
    from
  }
}

describe('findings across a run', () => {
  it('have a case for each row', () => assert.deepEqual(Object.keys({ ...CASES, ...BOT_CASES }).sort(), FINDINGS.map(row => row.id).sort()))

  for (const [id, { shows, not, frequency }] of Object.entries({ ...CASES, ...BOT_CASES })) {
    for (const [n, [play, sentence]] of shows.entries()) {
      it(`see ${id}${shows.length > 1 ? ` (${n + 1})` : ''}, and link to what shows it`, () => {
        const trace = new Trace()
        play(trace)
        const [finding, ...more] = of(trace, id, frequency)
        assert.ok(
          finding,
          found(trace, frequency)
            .map(({ id }) => id)
            .join()
        )
        assert.deepEqual(
          more.map(({ says }) => says),
          []
        )
        assert.match(finding.says.join(' '), sentence)
        assert.ok(finding.seqs.length > 0 && finding.seqs.every(seq => trace.entries[seq - 1]), String(finding.seqs))
        assert.ok(finding.rules.length > 0 && finding.todo.length > 0)
      })
    }
    for (const [n, play] of not.entries()) {
      it(`do not see ${id} where there is none (${n + 1})`, () => {
        const trace = new Trace()
        play(trace)
        assert.deepEqual(of(trace, id, frequency), [])
      })
    }
  }

  it('find nothing in a good visit', () => {
    const trace = new Trace()
    trace.page().sent('proactive-trigger').greeted()
    trace.now += 4000
    asksSize(trace)
    assert.deepEqual(found(trace), [])
  })

  it('name the line of the hook that said it', () => {
    const trace = new Trace()
    const id = trace.event('a')
    trace.hookStarts(id).reply(id, 'Hello undefined', hook(12)).hookEnds(id).end(id)
    assert.deepEqual(of(trace, 'raw-words')[0]!.places, [at(12)])
  })
})
