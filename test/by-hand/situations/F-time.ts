import { beginAt, cards, finding, goTo, look, pass, press, type Situation, say, says, send, situation, verdict, why } from '../steps.ts'

/** As a page's `sendEvent` wraps it. */
const sent = (payload: object) => ({ payload: { payload } })
const CLINIC = { bot: 'clinic', page: 'Built-in page' } as const
const REMINDER = 'Your appointment is tomorrow at 09:00.'
const RESULTS = 'Your results are there.'
const opened = [press('Open'), pass('+1 s')]
const appointment = (local: string) => send('appointment', sent({ id: 'a1', local, zone: 'Europe/Berlin' }))
const nudge = (atNight: 'wait' | 'drop') => send('nudge', { text: RESULTS, atNight, offset: 1 })

/** Reminders, long jobs, restarts, sessions that end, the night. Dates are those of Berlin, where the panel's browser is. */
export const TIME: Situation[] = [
  {
    number: 'S49',
    parts: [
      {
        name: 'comes once, although the clocks change that night',
        start: CLINIC,
        steps: [
          beginAt('2027-03-27T08:00'),
          ...opened,
          appointment('2027-03-28T09:00'),
          goTo('2027-03-27T08:59'),
          says(),
          goTo('2027-03-27T09:01'),
          says(REMINDER),
          goTo('2027-03-27T12:00'),
          says(REMINDER)
        ]
      },
      {
        name: 'not when it was cancelled',
        start: CLINIC,
        steps: [
          beginAt('2027-03-27T08:00'),
          ...opened,
          appointment('2027-03-28T09:00'),
          send('appointment-cancelled', sent({ id: 'a1' })),
          goTo('2027-03-27T12:00'),
          says()
        ]
      }
    ]
  },
  {
    number: 'S50',
    parts: [
      {
        name: 'ends well',
        start: { ...CLINIC, clock: 'virtual' },
        steps: [
          ...opened,
          press('Another visitor'),
          ...opened,
          look(1),
          say('Please export my data'),
          says('How can we help you?'),
          pass('+10 min'),
          send('export-ended', { job: 'letters of May', ok: true }),
          send('export-ended', { job: 'letters of May', ok: true }),
          cards('export-ended', 2),
          says('How can we help you?', 'Your export “letters of May” is ready.'),
          look(2),
          says()
        ]
      },
      {
        name: 'fails',
        start: { ...CLINIC, clock: 'virtual' },
        steps: [
          ...opened,
          pass('+10 min'),
          send('export-ended', { job: 'letters of May', ok: false }),
          says('Your export “letters of May” failed. We are looking into it.')
        ]
      }
    ]
  },
  situation(
    'S51',
    CLINIC,
    beginAt('2027-01-04T08:50'),
    ...opened,
    send('remind-by-timer', {}),
    appointment('2027-01-05T09:00'),
    pass('+1 s'),
    press('Restart the server'),
    verdict('engine', 'The engine runs'),
    goTo('2027-01-04T10:00'),
    says(REMINDER),
    finding('BPH022')
  ),
  {
    number: 'S52',
    parts: [
      {
        name: 'while the session lives',
        start: { ...CLINIC, bot: 'patient', clock: 'virtual' },
        steps: [...opened, say('Hello'), pass('+10 min'), verdict('timeout', 'say_goodbye.js'), why('timeout', 'state.user.leftOff')]
      },
      {
        name: 'when the session is gone as well',
        start: { ...CLINIC, bot: 'impatient', clock: 'virtual' },
        steps: [...opened, say('Hello'), pass('+10 min'), cards('timeout', 0), says('What is your name?')]
      }
    ]
  },
  {
    number: 'S53',
    parts: [
      {
        name: 'waits until eight',
        start: CLINIC,
        steps: [
          beginAt('2027-01-04T23:30'),
          ...opened,
          nudge('wait'),
          goTo('2027-01-05T07:59'),
          says(),
          goTo('2027-01-05T08:01'),
          says(RESULTS)
        ]
      },
      {
        name: 'is dropped',
        start: CLINIC,
        steps: [beginAt('2027-01-04T23:30'), ...opened, nudge('drop'), goTo('2027-01-05T12:00'), says()]
      }
    ]
  }
]
