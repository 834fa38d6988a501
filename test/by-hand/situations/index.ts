import { changes, open, type Part, press, type Situation, says, send } from '../steps.ts'
import { LIFECYCLE } from './A-lifecycle.ts'
import { VISITORS } from './B-visitors.ts'
import { TRIGGERS } from './C-triggers.ts'
import { DIALOG } from './D-dialog.ts'
import { FAULTS } from './E-faults.ts'
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
  }
]
