import { github } from './github.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import type { ReporterMaker } from './reporter.ts'
import { spec } from './spec.ts'
import { tap } from './tap.ts'

export type { Reporter, ReporterOptions, Summary } from './reporter.ts'
export { isBad, pathOf } from './reporter.ts'

/** The ways in which a run can be written down, by the names of `--reporter`. */
export const REPORTERS: Record<string, ReporterMaker> = { spec, json, junit, tap, github }
