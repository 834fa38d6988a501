/** Entry of the suite that runs inside a real VS Code: `extensionTestsPath` points at its bundle, and VS Code calls `run()`. */
import { appendFileSync } from 'node:fs'
import { suites } from 'virtual:suites'
import Mocha from 'mocha'
import { type ReportLine, variables } from './harness/report.ts'

/** Writes at once, so that nothing is lost when a test hangs or ends the process. */
function report(line: ReportLine): void {
  const file = process.env[variables.report]
  if (file) appendFileSync(file, `${JSON.stringify(line)}\n`)
}

/** Tells every result as it comes. */
class FileReporter {
  constructor(runner: Mocha.Runner) {
    runner.once('start', () => report({ kind: 'start', total: runner.total }))
    runner.on('pass', test => report({ kind: 'pass', title: test.titlePath(), ms: test.duration ?? 0 }))
    runner.on('pending', test => report({ kind: 'pending', title: test.titlePath() }))
    runner.on('fail', (test, error) => {
      const { message = String(error), stack = '' } = (error ?? {}) as Error
      report({ kind: 'fail', title: test.titlePath(), ms: test.duration ?? 0, message, stack })
    })
    runner.once('end', () => report({ kind: 'end' }))
  }
}

/**
 * Runs every test file, those whose title matches `PROACTIVE_HOOKS_GREP` when it is set.
 *
 * @throws when a test failed or none ran: VS Code turns that into its exit code
 */
export async function run(): Promise<void> {
  try {
    const grep = process.env[variables.grep]
    const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, reporter: FileReporter as never, ...(grep && { grep }) })
    for (const name of Object.keys(suites).sort()) {
      mocha.suite.emit('pre-require', globalThis, name, mocha)
      await suites[name]!()
    }
    const { failures, total } = await new Promise<{ failures: number; total: number }>(resolve => {
      const runner: Mocha.Runner = mocha.run(failures => resolve({ failures, total: runner.total }))
    })
    if (failures > 0) throw new Error(`${failures} of ${total} tests failed`)
    if (total === 0) throw new Error('No test ran')
  } catch (error) {
    if (!/tests failed$|^No test ran$/.test((error as Error).message))
      report({ kind: 'broken', message: (error as Error).stack ?? String(error) })
    throw error
  }
}
