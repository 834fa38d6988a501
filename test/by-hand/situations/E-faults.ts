import {
  anyVerdict,
  cards,
  changes,
  choose,
  endFaults,
  fault,
  look,
  mounted,
  open,
  pass,
  press,
  radio,
  ranNot,
  type Situation,
  save,
  say,
  says,
  send,
  situation,
  start,
  verdict,
  why,
  write
} from '../steps.ts'

const ANSWER = 'What can I do for you?'
const FAULTY = { bot: 'faulty', page: 'Built-in page' }
const ORDER = { bot: 'order', page: 'Built-in page' }
const STOCK = 'https://stock.example.com/*'
const FIXTURES = 'network-fixtures.json'
/** A hook that answers with its version. */
export const EDITED = 'data/bots/faulty/hooks/before_incoming_middleware/80_edited.js'
const NO_STOCK = 'I cannot see our stock at the moment. Please ask again later.'

/** Hooks that fail, hang, loop, are slow, disabled or edited; servers that are down. */
export const FAULTS: Situation[] = [
  {
    number: 'S37',
    parts: [
      {
        name: 'by a mistake of its own',
        start: FAULTY,
        steps: [open, send('throws-early', {}), says(ANSWER), why('throws-early', 'TypeError', '10_throws_early.js:3', 'BPH')]
      },
      {
        name: 'by a staged error',
        start: FAULTY,
        steps: [
          open,
          fault('20_test_bots.js', 'throws an error'),
          send('say-it-here', {}),
          says(ANSWER),
          why('say-it-here', '20_test_bots.js', 'staged')
        ]
      }
    ]
  },
  situation(
    'S38',
    FAULTY,
    open,
    send('throws-late', {}),
    says('Your order is on its way.'),
    why('throws-late', 'The counter could not be written', '20_throws_late.js:9')
  ),
  situation(
    'S39',
    { ...FAULTY, clock: 'virtual' },
    press('Open'),
    pass('+1 s'),
    fault('20_test_bots.js', 'never ends'),
    say('Hello?'),
    endFaults,
    say('Is anybody there?'),
    press('Another visitor'),
    press('Open'),
    pass('+1 s'),
    say('Hello!'),
    pass('+10 min'),
    says(ANSWER),
    look(1),
    says(),
    anyVerdict('20_test_bots.js', 'queue'),
    cards('text', 3)
  ),
  situation('S40', FAULTY, open, send('loops', {}), why('loops', 'frozen'), says(), say('Are you there?'), says(ANSWER)),
  {
    number: 'S41',
    parts: [
      {
        name: 'holds up its own visitor and nobody else',
        start: { ...FAULTY, clock: 'virtual' },
        steps: [
          press('Open'),
          pass('+1 s'),
          press('Another visitor'),
          press('Open'),
          pass('+1 s'),
          look(1),
          send('slow', {}),
          say('And this?'),
          look(2),
          say('Hello!'),
          pass('+1 s'),
          says(ANSWER),
          look(1),
          says(),
          pass('+1 s', 2),
          says('Done after three seconds.', ANSWER)
        ]
      },
      {
        name: 'as staged',
        start: { ...FAULTY, clock: 'virtual' },
        steps: [
          press('Open'),
          pass('+1 s'),
          fault('20_test_bots.js', 'is slow'),
          say('Hello!'),
          pass('+1 s', 2),
          says(),
          pass('+1 s'),
          says(ANSWER)
        ]
      }
    ]
  },
  situation('S42', ORDER, open, send('modern', {}), why('modern', 'SyntaxError', 'modern.js:3', '10_greet.js', '2_promo.js')),
  situation(
    'S43',
    ORDER,
    open,
    send('several', {}),
    why('several', /10_greet\.js.*15_everywhere\.js.*2_promo\.js.*Zebra\.js/, /10_greet\.js.*Set SKIP_DIALOG_ENGINE/)
  ),
  situation(
    'S44',
    ORDER,
    open,
    send('several', {}),
    why('several', 'Zebra.js'),
    why(
      'several',
      '.disabled.js: its name begins with a dot, which switches it off',
      'typed.mjs: only files named *.js run',
      'misplaced.js: there is no hook type “before_incoming_middelware”; “before_incoming_middleware” is one'
    ),
    ranNot('several', '.disabled.js', 'typed.mjs', 'misplaced.js')
  ),
  {
    number: 'S45',
    parts: [
      {
        name: 'that does not exist',
        start: ORDER,
        steps: [choose('Page', 'A bot that does not exist'), verdict('pages/unknown-bot.html', 'nobody'), cards('proactive-trigger', 0)]
      },
      {
        name: 'that is unmounted',
        start: ORDER,
        steps: [
          mounted('order', false),
          choose('Page', 'A bot that may be unmounted'),
          verdict('pages/order-bot.html', 'order'),
          cards('proactive-trigger', 0),
          mounted('order', true),
          cards('after_bot_mount · open_doors.js', 1),
          start('Same visitor'),
          verdict('pages/order-bot.html', 'open and ready'),
          cards('proactive-trigger', 1)
        ]
      }
    ]
  },
  {
    number: 'S46',
    parts: [
      {
        name: 'the bot that it tests for',
        start: FAULTY,
        steps: [open, send('say-it-here', {}), says('Only here.'), why('say-it-here', '20_test_bots.js')]
      },
      {
        name: 'another bot',
        start: FAULTY,
        steps: [choose('Bot', 'order'), open, send('say-it-here', {}), says(ANSWER), why('say-it-here', '20_test_bots.js')]
      }
    ]
  },
  {
    number: 'S47',
    parts: [
      {
        name: 'the stock answers',
        start: FAULTY,
        steps: [
          write(FIXTURES, [{ url: STOCK, body: { count: 12 } }]),
          open,
          send('stock-question', {}),
          says('There are 12 tents in stock.'),
          write(FIXTURES, null)
        ]
      },
      {
        name: 'the stock is broken',
        start: FAULTY,
        steps: [
          write(FIXTURES, [{ url: STOCK, status: 500, body: 'Internal error' }]),
          open,
          send('stock-question', {}),
          says(NO_STOCK),
          why('stock-question', 'status code 500'),
          write(FIXTURES, null)
        ]
      },
      {
        name: 'the stock cannot be reached',
        start: FAULTY,
        steps: [open, send('stock-question', {}), says(NO_STOCK), why('stock-question', 'stock.example.com')]
      },
      {
        name: 'a content element is missing',
        start: FAULTY,
        steps: [open, send('missing-element', {}), says('Somebody will get back to you.'), why('missing-element', 'An element is missing')]
      },
      {
        name: 'the server itself',
        start: FAULTY,
        steps: [open, choose('Server', 'error 500'), say('Hello'), says(), anyVerdict('500')]
      }
    ]
  },
  situation(
    'S48',
    FAULTY,
    open,
    send('edited', {}),
    says('Version 1'),
    radio('play the last event again'),
    save(EDITED, 'Version 1', 'Version 2'),
    says('Version 1', 'Version 2'),
    changes('came out otherwise', /Version 1.*→.*Version 2/),
    // As it was, for whoever comes next.
    save(EDITED, 'Version 2', 'Version 1'),
    says('Version 1', 'Version 2', 'Version 1')
  )
]
