import {
  cards,
  choose,
  element,
  finding,
  inPage,
  language,
  letPass,
  look,
  open,
  type Part,
  pass,
  press,
  type Situation,
  type Step,
  says,
  send,
  shown,
  situation,
  start,
  verdict,
  why
} from '../steps.ts'

const FIRST = 'Welcome to our shop!'
const BACK = 'Welcome back!'
const MEETING = 'Nice to meet you!'

const opened = [press('Open'), pass('+1 s')]
const trigger = send('proactive-trigger', { payload: { payload: {} } })

/** Greeted by a hook that looks at the session, and the same visitor again after a while. */
const metAgain = (name: string, after: string, ...then: Step[]): Part => ({
  name,
  start: { bot: 'forgetful', page: 'Built-in page', clock: 'virtual' },
  steps: [
    ...opened,
    send('greet-by-session', {}),
    says(MEETING),
    letPass(after),
    start('Same visitor'),
    ...opened,
    send('greet-by-session', {}),
    ...then
  ]
})

/** Words in the left one of two chats, then a look at the right one on the same page, loaded anew. */
const FIRST_LEFT_THEN_RIGHT = [
  element('Click', 'button#left'),
  shown('the left chat', page => page.frameLocator('iframe#left').getByRole('textbox', { name: 'Your message', disabled: false })),
  element('Click', '#hello'),
  shown('the answer on the left', page => page.frameLocator('iframe#left').getByText('How can I help you?')),
  press('Reload'),
  element('Click', 'button#right')
]

/** Who is there: returning, signed in, in two tabs, in another language. */
export const VISITORS: Situation[] = [
  {
    number: 'S11',
    parts: [
      {
        name: 'a hook that looks at lastMessages greets four times',
        start: { bot: 'forgetful', page: 'Built-in page' },
        steps: [
          inPage('the page sends greet-by-messages whenever its chat is ready', async page => {
            await page.getByLabel('Event type').fill('greet-by-messages')
            await page.getByLabel('Send it by itself').check()
          }),
          open,
          says(MEETING),
          start('Same visitor'),
          open,
          says(MEETING, MEETING),
          start('Same visitor'),
          open,
          says(MEETING, MEETING, MEETING),
          start('Same visitor'),
          open,
          says(MEETING, MEETING, MEETING, MEETING),
          finding('Said', 'BPH006')
        ]
      },
      {
        name: 'a hook with a mark of its own greets once',
        start: { bot: 'greeter', page: 'Greeting' },
        steps: [
          says(FIRST),
          start('Same visitor'),
          cards('proactive-trigger', 2),
          start('Same visitor'),
          cards('proactive-trigger', 3),
          start('Same visitor'),
          cards('proactive-trigger', 4),
          verdict('proactive-trigger', 'said nothing this time'),
          says(FIRST)
        ]
      }
    ]
  },
  {
    number: 'S12',
    parts: [
      metAgain('to a hook that looks at the session the visitor is somebody new', '31 min', says(MEETING, MEETING)),
      metAgain('and not yet after 29 minutes', '29 min', cards('greet-by-session', 2), says(MEETING)),
      {
        name: 'a hook that looks at the user welcomes them back',
        start: { bot: 'greeter', page: 'Greeting', clock: 'virtual' },
        steps: [pass('+1 s'), says(FIRST), letPass('31 min'), start('Same visitor'), pass('+1 s'), says(FIRST, BACK)]
      },
      {
        name: 'without waiting',
        start: { bot: 'greeter', page: 'Greeting' },
        steps: [says(FIRST), press('Session expired'), says(FIRST, BACK)]
      }
    ]
  },
  {
    number: 'S13',
    parts: [
      {
        name: 'on the next day',
        start: { bot: 'daily-greeter', page: 'Built-in page', clock: 'virtual' },
        steps: [
          ...opened,
          trigger,
          says(FIRST),
          pass('+1 day'),
          start('Same visitor'),
          ...opened,
          says(),
          trigger,
          says(BACK),
          // It is set anew: the session of yesterday, in which it was set, is gone.
          why('proactive-trigger', 'state.session.greeted = true')
        ]
      },
      {
        name: 'without waiting',
        start: { bot: 'daily-greeter', page: 'Built-in page' },
        steps: [open, trigger, says(FIRST), press('New conversation'), open, says(), trigger, says(BACK)]
      }
    ]
  },
  situation(
    'S14',
    { bot: 'greeter', page: 'Greeting' },
    says(FIRST),
    press('Another tab'),
    cards('proactive-trigger', 2),
    says(FIRST),
    why('proactive-trigger', 'tab 2'),
    look(1),
    says(FIRST)
  ),
  {
    number: 'S15',
    parts: [
      {
        name: 'they share identity and history',
        start: { bot: 'greeter', page: 'Two chats, one identity' },
        steps: [
          ...FIRST_LEFT_THEN_RIGHT,
          shown('what was said on the left', page => page.frameLocator('iframe#right').getByText('Hello on the left')),
          shown('and its answer', page => page.frameLocator('iframe#right').getByText('How can I help you?'))
        ]
      },
      {
        name: 'with a scope for each they are strangers',
        start: { bot: 'greeter', page: 'Two chats, two identities' },
        steps: [
          ...FIRST_LEFT_THEN_RIGHT,
          shown('a chat to write in', page =>
            page.frameLocator('iframe#right').getByRole('textbox', { name: 'Your message', disabled: false })
          ),
          shown('nothing in it', page => page.frameLocator('iframe#right').locator('.bubble'), 0)
        ]
      }
    ]
  },
  situation(
    'S16',
    { bot: 'greeter', page: 'Known in this tab only' },
    says(FIRST),
    press('Reload'),
    cards('proactive-trigger', 2),
    says(FIRST),
    press('Leave'),
    press('Another tab'),
    says(FIRST),
    verdict('proactive-trigger', FIRST)
  ),
  {
    number: 'S17',
    parts: [
      {
        name: 'is greeted by name',
        start: { bot: 'greeter', page: 'Account' },
        steps: [element('Type', '#first-name', 'Ada'), element('Submit', '#sign-in'), says('Welcome to our shop, Ada!')]
      },
      {
        name: 'without a name, neutrally',
        start: { bot: 'greeter', page: 'Account' },
        steps: [element('Submit', '#sign-in'), says(FIRST)]
      }
    ]
  },
  {
    number: 'S18',
    parts: [
      {
        name: 'a French browser',
        start: { bot: 'greeter', page: 'Language' },
        steps: [choose('Of the browser', 'French (fr)'), start('New visitor'), says('Bienvenue dans notre boutique!')]
      },
      { name: 'a Japanese one', start: { bot: 'greeter', page: 'Language' }, steps: [language('ja-JP'), start('New visitor'), says(FIRST)] }
    ]
  }
]
