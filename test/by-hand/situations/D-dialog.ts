import {
  cards,
  changes,
  composed,
  finding,
  inChat,
  letPass,
  open,
  pass,
  position,
  press,
  type Situation,
  say,
  says,
  send,
  situation,
  spoken,
  start,
  verdict,
  why
} from '../steps.ts'

const WHERE = 'Where do you want to go?'
const WHEN = 'When do you want to leave?'
const DROP = 'The Bellevue costs 20 % less.'
const CANCELLED = 'I put your booking aside; say “book” to begin it again.'
const OFFER = 'The Bellevue that you watch costs 20 % less. Do you want it?'
const TAKEN = 'The Bellevue is yours.'

const PARCEL = 'Your parcel is there.'
const ECHO = 'You said: hello'
const DRAFT = 'and another thing'
const notice = send('notice', { text: PARCEL })
const typing = [
  press('Open'),
  pass('+1 s'),
  inChat('the visitor begins to type', chat => chat.getByRole('textbox', { name: 'Your message' }).fill(DRAFT))
]

/** A trip to London is being booked, and the bot waits for the date. */
const booking = [open, say('I want to book a trip'), says(WHERE), say('London'), says(WHERE, WHEN)]

/** A notice and the conversation that is under way. */
export const DIALOG: Situation[] = [
  {
    number: 'S28',
    parts: [
      {
        name: 'is told after the booking',
        start: { bot: 'travel', page: 'Built-in page' },
        steps: [
          ...booking,
          send('price-drop-wait', { text: DROP, minutes: 30 }),
          verdict('price-drop-wait', 'saved'),
          says(WHERE, WHEN),
          say('on 3 May'),
          says(WHERE, WHEN, 'Booked for on 3 May.', DROP)
        ]
      },
      {
        name: 'is not told when it has expired',
        start: { bot: 'travel', page: 'Built-in page' },
        steps: [
          ...booking,
          send('price-drop-wait', { text: DROP, minutes: 0 }),
          verdict('price-drop-wait', 'saved'),
          say('on 3 May'),
          says(WHERE, WHEN, 'Booked for on 3 May.')
        ]
      }
    ]
  },
  situation(
    'S29',
    { bot: 'travel', page: 'Built-in page' },
    ...booking,
    send('price-drop-cancel', {}),
    says(WHERE, WHEN, CANCELLED, OFFER),
    say('yes please'),
    says(WHERE, WHEN, CANCELLED, OFFER, TAKEN),
    say('book'),
    says(WHERE, WHEN, CANCELLED, OFFER, TAKEN, WHERE)
  ),
  situation(
    'S30',
    { bot: 'travel', page: 'Built-in page' },
    ...booking,
    send('price-drop-interrupt', {}),
    says(WHERE, WHEN, OFFER),
    say('yes please'),
    says(WHERE, WHEN, OFFER, TAKEN, WHEN),
    say('on 3 May'),
    says(WHERE, WHEN, OFFER, TAKEN, WHEN, 'Booked for on 3 May.')
  ),
  situation(
    'S31',
    { bot: 'travel', page: 'Built-in page' },
    open,
    position('booking.flow.json', 'when'),
    send('price-drop', {}),
    says(OFFER),
    say('yes please'),
    says(OFFER, 'That is no date.', WHEN),
    verdict('text', 'answer'),
    finding('Answer captured')
  ),
  situation(
    'S32',
    { bot: 'concierge', page: 'Built-in page' },
    open,
    send('question', { text: 'Shall we call you?' }),
    says('Shall we call you?'),
    send('question', { text: 'May we send our catalogue?' }),
    cards('question', 2),
    verdict('question', 'saved'),
    says('Shall we call you?'),
    say('after six'),
    says('Shall we call you?', 'Noted: after six', 'May we send our catalogue?'),
    say('yes'),
    says('Shall we call you?', 'Noted: after six', 'May we send our catalogue?', 'Noted: yes')
  ),
  {
    number: 'S33',
    parts: [
      {
        name: 'and the notice comes 20 ms later',
        start: { bot: 'concierge', page: 'Built-in page', clock: 'virtual' },
        steps: [...typing, say('hello'), letPass('20 ms'), notice, pass('+1 s', 2), spoken('hello', ECHO, PARCEL), composed(DRAFT)]
      },
      {
        name: 'and the notice came 20 ms before',
        start: { bot: 'concierge', page: 'Built-in page', clock: 'virtual' },
        steps: [...typing, notice, letPass('20 ms'), say('hello'), pass('+1 s', 2), spoken('hello', PARCEL, ECHO), composed(DRAFT)]
      },
      {
        name: 'in either order',
        start: { bot: 'concierge', page: 'Built-in page' },
        steps: [
          open,
          say('hello'),
          notice,
          says(ECHO, PARCEL),
          press('In the other order'),
          changes('After: The whole run is played again, in the other order', 'as before')
        ]
      }
    ]
  },
  {
    number: 'S34',
    parts: [
      {
        name: 'takes the trigger for the answer',
        start: { bot: 'survey', page: 'Built-in page' },
        steps: [
          open,
          send('proactive-trigger', {}),
          says('What is your name?'),
          start('Same visitor'),
          open,
          send('proactive-trigger', {}),
          says('What is your name?', 'Thank you, .')
        ]
      },
      {
        name: 'stops at the waiting node when a hook skips the engine',
        start: { bot: 'survey', page: 'Built-in page' },
        steps: [
          open,
          send('guarded-trigger', {}),
          says('What is your name?'),
          start('Same visitor'),
          open,
          send('guarded-trigger', {}),
          cards('guarded-trigger', 2),
          verdict('guarded-trigger', 'skip'),
          says('What is your name?')
        ]
      }
    ]
  },
  {
    number: 'S35',
    parts: [
      {
        name: 'moves the conversation of its event all the same',
        start: { bot: 'survey', page: 'Built-in page' },
        steps: [open, send('jump', {}), says('Thank you, .'), why('jump', 'which is not the session of this conversation', 'BPH030')]
      },
      {
        name: 'moves nothing when it skips the engine',
        start: { bot: 'survey', page: 'Built-in page' },
        steps: [open, send('jump-and-skip', {}), why('jump-and-skip', 'The jump to main.flow.json did not happen', 'BPH030'), says()]
      }
    ]
  },
  situation(
    'S36',
    { bot: 'survey', page: 'Built-in page' },
    open,
    send('page-question', { text: 'when are you open' }),
    says('We are open from nine to six.'),
    why('page-question', 'A suggestion was sent although', 'questions and answers')
  )
]
