import {
  cards,
  changes,
  choose,
  element,
  finding,
  pass,
  press,
  type Situation,
  says,
  send,
  shown,
  situation,
  start,
  verdict,
  why
} from '../steps.ts'

const GREETING = 'Welcome to our shop!'
const OFFER = 'Ten percent off today'

/** When a page may send what: loaded, opened, ready. */
export const LIFECYCLE: Situation[] = [
  situation(
    'S01',
    { bot: 'greeter', page: 'Greeting' },
    start('New visitor'),
    says(GREETING),
    verdict('proactive-trigger', `The visitor read “${GREETING}”, from the hook 10_greet.js.`),
    why('proactive-trigger', 'skip the dialog engine', 'kept state.user.known')
  ),
  situation(
    'S02',
    { bot: 'greeter', page: 'The bubble stays closed', clock: 'virtual' },
    pass('+30 s', 2),
    says(),
    verdict('pages/bubble.html', 'open'),
    cards('proactive-trigger', 0),
    press('Open'),
    pass('+1 s'),
    says(GREETING)
  ),
  situation(
    'S03',
    { bot: 'greeter', clock: 'virtual' },
    choose('Page', 'Too early'),
    pass('+30 s'),
    says(),
    why('proactive-trigger', 'BPP001'),
    finding('BPP001', 'too-early.html:20')
  ),
  situation(
    'S04',
    { bot: 'greeter', page: 'On opened', clock: 'virtual' },
    press('Open'),
    pass('+1 s'),
    says(),
    why('proactive-trigger', 'BPP002'),
    press('Close'),
    pass('+1 s'),
    press('Open'),
    pass('+1 s'),
    says(GREETING),
    verdict('proactive-trigger', GREETING)
  ),
  {
    number: 'S05',
    parts: [
      {
        name: 'a page with a timer loses its event',
        start: { bot: 'greeter', clock: 'virtual' },
        steps: [
          choose('Delay', '2 s'),
          choose('Page', 'A timer instead of ready'),
          pass('+30 s'),
          says(),
          verdict('proactive-trigger', 'lost in the page')
        ]
      },
      {
        name: 'a page that waits for ready does not',
        start: { bot: 'greeter', clock: 'virtual' },
        steps: [choose('Delay', '2 s'), choose('Page', 'Greeting'), pass('+1 s', 10), says(), pass('+1 s', 10), says(GREETING)]
      }
    ]
  },
  situation(
    'S06',
    { bot: 'greeter', clock: 'virtual' },
    choose('Handshake', 'never ends'),
    choose('Page', 'A fallback'),
    pass('+30 s'),
    shown('the number', page => page.locator('#phone'), 0),
    pass('+1 s', 5),
    shown('the number', page => page.locator('#phone')),
    says(),
    verdict('pages/fallback.html', '30')
  ),
  situation(
    'S07',
    { bot: 'greeter', page: 'Greeting', clock: 'virtual' },
    pass('+1 s', 2),
    says(GREETING),
    press('Close'),
    pass('+1 s'),
    press('Open'),
    pass('+30 s'),
    says(GREETING),
    cards('proactive-trigger', 1)
  ),
  {
    number: 'S08',
    parts: [
      {
        name: 'a page without a guard sends its trigger once more',
        start: { bot: 'greeter', page: 'Greeting' },
        steps: [says(GREETING), element('Click', '#anew'), cards('proactive-trigger', 2), finding('twice')]
      },
      {
        name: 'a page that sends it once does not',
        start: { bot: 'greeter', page: 'Once for each page', clock: 'virtual' },
        steps: [pass('+1 s', 2), says(GREETING), element('Click', '#anew'), pass('+30 s'), says(), cards('proactive-trigger', 1)]
      }
    ]
  },
  situation(
    'S09',
    { bot: 'greeter', page: 'Greeting' },
    says(GREETING),
    cards('visit', 1),
    press('In the other order'),
    changes('Everything came out as before')
  ),
  {
    number: 'S10',
    parts: [
      {
        name: 'a chat that connects as it loads gets it',
        start: { bot: 'greeter', page: 'Built-in page' },
        steps: [send('new-offer', { text: OFFER }), verdict('new-offer', OFFER), press('Open'), says(OFFER)]
      },
      {
        name: 'a lazy one does not',
        start: { page: 'Built-in page' },
        steps: [choose('Bot', 'lazy-greeter'), send('new-offer', { text: OFFER }), why('new-offer', 'BPC001'), press('Open'), says()]
      }
    ]
  }
]
