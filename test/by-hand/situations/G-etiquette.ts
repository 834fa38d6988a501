import {
  cards,
  choose,
  element,
  focused,
  inChat,
  inPage,
  letPass,
  open,
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

const NUDGE = 'Can I help you?'
const nudge = (more: object = {}) => send('nudge', { payload: { payload: more } })
const POLITE = { bot: 'polite', page: 'Built-in page' }
const MARKUP = ['<img src=x onerror=alert(1)>', '<script>alert(1)</script>', '**bold** & <b>bolder</b>']

/** How often, and not again once waved away; bubbles of Voiceflow; what a message must not do. */
export const ETIQUETTE: Situation[] = [
  {
    number: 'S54',
    parts: [
      {
        name: 'when five pages qualify within an hour',
        start: { ...POLITE, clock: 'virtual' },
        steps: [
          press('Open'),
          pass('+1 s'),
          nudge(),
          says(NUDGE),
          ...[1, 2, 3, 4].flatMap(() => [pass('+10 min'), nudge()]),
          cards('nudge', 5),
          letPass('23 h 19 min 59 s'),
          nudge(),
          cards('nudge', 6),
          says(NUDGE),
          pass('+1 s'),
          nudge(),
          says(NUDGE, NUDGE)
        ]
      },
      {
        name: 'a limit of zero means never',
        start: POLITE,
        steps: [open, nudge({ limit: 0, whenZero: 'never' }), verdict('nudge', 'nothing'), says()]
      },
      {
        name: 'a limit of zero means no limit',
        start: POLITE,
        steps: [open, ...[1, 2, 3].map(() => nudge({ limit: 0, whenZero: 'no limit' })), says(NUDGE, NUDGE, NUDGE)]
      }
    ]
  },
  situation(
    'S55',
    { bot: 'polite', page: 'A nudge', clock: 'virtual' },
    pass('+1 s'),
    says(NUDGE),
    press('Close'),
    pass('+1 day'),
    start('Same visitor'),
    pass('+1 s'),
    says(NUDGE),
    press('Another tab'),
    pass('+1 s'),
    says(NUDGE),
    pass('+1 day'),
    pass('+1 h'),
    start('Same visitor'),
    pass('+1 s'),
    says(NUDGE, NUDGE)
  ),
  situation(
    'S56',
    { bot: 'polite', page: 'Priorities', clock: 'virtual' },
    pass('+30 s'),
    press('Exit intent'),
    pass('+1 s', 5),
    says('Campaign idle'),
    cards('campaign', 1),
    press('Exit intent'),
    pass('+1 s'),
    says('Campaign idle', 'Campaign exit')
  ),
  situation(
    'S57',
    { bot: 'greeter', page: 'Built-in page' },
    open,
    send('proactive-trigger', undefined, 20),
    cards('proactive-trigger', 20),
    verdict('proactive-trigger', 'said nothing this time'),
    says('Welcome to our shop!'),
    inPage('a double click', page => page.getByRole('button', { name: 'Send a proactive trigger' }).dblclick()),
    cards('proactive-trigger', 22),
    verdict('proactive-trigger', 'said nothing this time'),
    says('Welcome to our shop!')
  ),
  {
    number: 'S64',
    parts: [
      {
        name: 'before the chat is loaded',
        start: { page: 'Voiceflow' },
        steps: [
          why('pages/voiceflow.html', 'pushed once before the chat was loaded', 'proactive.push'),
          shown('a bubble', page => page.locator('.vfrc-proactive__card'), 0)
        ]
      },
      {
        name: 'while it is closed, and while it is open',
        start: { page: 'Voiceflow' },
        steps: [
          element('Click', '#push'),
          shown('a bubble', page => page.locator('.vfrc-proactive__card')),
          element('Click', '#clear'),
          shown('a bubble', page => page.locator('.vfrc-proactive__card'), 0),
          press('Open'),
          element('Click', '#push'),
          why('pages/voiceflow.html', /proactive\.push.*proactive\.push.*proactive\.push/),
          shown('a bubble', page => page.locator('.vfrc-proactive__card'), 0),
          press('Close'),
          shown('a bubble', page => page.locator('.vfrc-proactive__card'))
        ]
      }
    ]
  },
  situation(
    'S65',
    { bot: 'polite', page: 'A nudge' },
    says(NUDGE),
    // A press on a control takes the keyboard from the page: the reply comes later, when the visitor types.
    choose('Delay', '2 s'),
    press('Scroll to half'),
    inPage('the visitor types an address', page => page.locator('#email').pressSequentially('ada@')),
    says(NUDGE, 'You look at a tent.'),
    focused('#email'),
    inChat('the chat is closed with the keyboard', chat => chat.getByRole('textbox', { name: 'Your message' }).press('Escape')),
    shown('the closed chat', page => page.frameLocator('#bp-widget').locator('.launcher'))
  ),
  {
    number: 'S66',
    parts: MARKUP.map(name => ({
      name,
      start: { bot: 'polite', page: 'A nudge' },
      steps: [
        says(NUDGE),
        element('Type', '#product', name),
        inPage('the visitor goes on', page => page.locator('#email').click()),
        says(NUDGE, `You look at ${name}.`),
        verdict('product-seen', `You look at ${name}`),
        shown('no picture', page => page.frameLocator('#bp-widget').locator('.bubble img, .bubble b'), 0)
      ]
    }))
  }
]
