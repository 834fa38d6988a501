/** Mocha's usual output, and the counts as JSON in the file that `MOCHA_COUNTS` names. */
import { writeFileSync } from 'node:fs'
import Mocha from 'mocha'

export interface Counts {
  passed: number
  failed: number
}

export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options)
    runner.once('end', () => {
      const { passes, failures } = this.stats
      if (process.env.MOCHA_COUNTS)
        writeFileSync(process.env.MOCHA_COUNTS, JSON.stringify({ passed: passes, failed: failures } satisfies Counts))
    })
  }
}
