import type { Situation } from '../steps.ts'
import { LIFECYCLE } from './A-lifecycle.ts'
import { VISITORS } from './B-visitors.ts'
import { TRIGGERS } from './C-triggers.ts'
import { DIALOG } from './D-dialog.ts'
import { FAULTS } from './E-faults.ts'
import { TIME } from './F-time.ts'
import { ETIQUETTE } from './G-etiquette.ts'

/** Every situation of `docs/by-hand.md`. */
export const SITUATIONS: Situation[] = [...LIFECYCLE, ...VISITORS, ...TRIGGERS, ...DIALOG, ...FAULTS, ...TIME, ...ETIQUETTE]
