import {
  cards,
  changes,
  keptAsScenario,
  letPass,
  open,
  type Part,
  pass,
  press,
  type Situation,
  save,
  says,
  send,
  start,
  verdict
} from '../steps.ts'
import { LIFECYCLE } from './A-lifecycle.ts'
import { VISITORS } from './B-visitors.ts'
import { TRIGGERS } from './C-triggers.ts'
import { DIALOG } from './D-dialog.ts'
import { EDITED, FAULTS } from './E-faults.ts'
import { TIME } from './F-time.ts'
import { ETIQUETTE } from './G-etiquette.ts'

/** Every situation of `docs/by-hand.md`. */
export const SITUATIONS: Situation[] = [...LIFECYCLE, ...VISITORS, ...TRIGGERS, ...DIALOG, ...FAULTS, ...TIME, ...ETIQUETTE]

const GREETING = 'Welcome to our shop!'

/** What no situation needs, and whoever stages them does all the same. */
export const AGAIN: Part[] = [
  {
    name: 'the last event',
    start: { bot: 'faulty', page: 'Built-in page' },
    steps: [
      open,
      send('edited', {}),
      says('Version 1'),
      press('Last event'),
      says('Version 1', 'Version 1'),
      changes('Everything came out as before')
    ]
  },
  {
    name: 'the whole run, by somebody new',
    start: { bot: 'greeter', page: 'Greeting' },
    steps: [says(GREETING), press('Whole run'), changes('Everything came out as before'), says(GREETING)]
  },
  {
    name: 'kept: a hook was saved in between',
    start: { bot: 'faulty', page: 'Built-in page', clock: 'virtual' },
    steps: [
      press('Open'),
      pass('+1 s'),
      send('edited', {}),
      says('Version 1'),
      save(EDITED, 'Version 1', 'Version 2'),
      verdict('80_edited.js', 'the next event runs the new text'),
      send('edited', {}),
      says('Version 1', 'Version 2'),
      save(EDITED, 'Version 2', 'Version 1'),
      cards('80_edited.js', 2),
      keptAsScenario
    ]
  },
  {
    name: 'kept: two tabs, and time that passes',
    start: { bot: 'greeter', page: 'Greeting', clock: 'virtual' },
    steps: [
      pass('+1 s'),
      says(GREETING),
      press('Another tab'),
      pass('+1 s'),
      letPass('31 min'),
      start('Same visitor'),
      pass('+1 s'),
      keptAsScenario
    ]
  }
]
