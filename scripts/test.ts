/** `npm test [-- LEVEL…] [--quick] [--verbose]`: checks, build, every level of the tests but those that run when they are named. The last line is the total. */
import { parseArgs, styleText } from 'node:util'
import { levels } from './test/levels.ts'
import { type Outcome, runLevel } from './test/run-level.ts'
import { at, npm, run } from './vscode/processes.ts'

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, verbose: { type: 'boolean', default: false } },
  allowPositionals: true
})

const all = levels()
const unknown = positionals.filter(name => !all.some(level => level.name === name))
if (unknown.length > 0) {
  console.error(`No level is called ${unknown.join(', ')}. There are: ${all.map(level => level.name).join(', ')}.`)
  process.exit(2)
}
const chosen = all.filter(level =>
  positionals.length > 0 ? positionals.includes(level.name) : !level.onRequest && !(values.quick && level.windows)
)
const outcomes: Outcome[] = []
const mark = (good: boolean) => (good ? styleText('green', '✔') : styleText('red', '✘'))

/** A level's output is shown when something failed in it; levels that run side by side do not mix theirs. */
function show(outcome: Outcome, shown = false): void {
  const good = outcome.failed === 0
  if (!shown && (!good || values.verbose)) console.log(outcome.output.trimEnd())
  console.log(`${mark(good)} ${outcome.name.padEnd(12)} ${outcome.passed} passed, ${outcome.failed} failed (${outcome.seconds} s)`)
}

/** Checks are no tests: a good one counts for nothing, a bad one as a failure. */
async function step(name: string, work: () => Promise<{ code: number; output: string }>): Promise<boolean> {
  const started = Date.now()
  const { code, output } = await work()
  const seconds = Math.round((Date.now() - started) / 100) / 10
  if (code !== 0 || values.verbose) console.log(output.trimEnd())
  console.log(`${mark(code === 0)} ${name.padEnd(12)} ${code === 0 ? 'good' : 'bad'} (${seconds} s)`)
  if (code !== 0) outcomes.push({ name, passed: 0, failed: 1, seconds, output })
  return code === 0
}

async function inPairs<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const next = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all([next(), next()])
}

function finish(): never {
  const sum = (key: 'passed' | 'failed') => outcomes.reduce((total, outcome) => total + outcome[key], 0)
  const bad = outcomes.filter(outcome => outcome.failed > 0)
  if (bad.length > 0) console.log(`\nFailed: ${bad.map(outcome => outcome.name).join(', ')}`)
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  process.exit(sum('failed') === 0 && sum('passed') > 0 ? 0 : 1)
}

const script = (name: string) => () => npm(['run', '--silent', name], at())
const steps: [string, () => Promise<{ code: number; output: string }>][] = [
  ['build', () => run(process.execPath, [at('scripts/build.ts'), '--tests'])],
  ['types', script('types')],
  ['lint', script('lint')],
  ['arrows', script('arrows')]
]
let built = true
await inPairs(positionals.length > 0 ? steps.slice(0, 1) : steps, async ([name, work]) => {
  const good = await step(name, work)
  if (name === 'build') built = good
})
// Most levels run what was built; without it their failures would only hide the reason.
if (!built) finish()

await inPairs(
  chosen.filter(level => !level.windows),
  async level => {
    const outcome = await runLevel(level)
    outcomes.push(outcome)
    show(outcome)
  }
)
for (const level of chosen.filter(level => level.windows)) {
  const outcome = await runLevel(level, process.env.CI || values.verbose ? text => process.stdout.write(text) : undefined)
  outcomes.push(outcome)
  show(outcome, Boolean(process.env.CI) || values.verbose)
}
finish()
