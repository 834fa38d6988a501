/** `npm run bench:scenario [-- --files 1000] [--rounds 3]`: prints tables in Markdown. Needs `npm run build` before. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ScenarioPool } from '../src/host/scenario-pool.ts'
import type { ScenarioResult } from '../src/protocol/scenario.ts'
import { median, percentile } from './runtime/measure.ts'
import { processorTime } from './runtime/processes.ts'

const { values } = parseArgs({ options: { files: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '3' } } })
const count = Number(values.files)
const rounds = Number(values.rounds)
const ROOT = join(import.meta.dirname, '..')
const DIST = join(ROOT, 'dist')
const require = createRequire(import.meta.url)

/** Kinds of scenarios: the least there is, an event that a hook answers, and one of the workspace's own pages with its script. */
const KINDS = {
  'an event from outside, no page': `given: { bot: greeter, page: none }
steps:
  - outside: { type: new-offer, payload: { text: Ten percent off } }
expect:
  says: Ten percent off
`,
  'a page without scripts: open, event, reply': `given: { bot: greeter }
steps:
  - open
  - event: proactive-trigger
expect:
  saysOnly: [Welcome to our shop!]
`,
  'a page with its script: loaded, opened, ready, trigger, reply': `given: { bot: greeter, page: pages/greeting.html }
expect:
  saysOnly: [Welcome to our shop!]
`
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'proactive-hooks-bench-')))
/** Scenarios at the beginning that start processes and warm them. */
const COLD = 20
const number = (value: number, digits = 1) => value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits })
const load = () =>
  loadavg()
    .map(one => number(one))
    .join(', ')

async function main(): Promise<void> {
  cpSync(join(ROOT, 'samples/playbook'), folder, { recursive: true, filter: file => !file.includes('scenarios') })
  console.log(`Load average at the start: ${load()}; ${availableParallelism()} processors\n`)
  console.log('| scenario, in one process | p50, ms | p95, ms | processor time, ms |')
  console.log('| ------------------------ | ------: | ------: | -----------------: |')
  for (const [name, text] of Object.entries(KINDS)) await one(name, text)
  console.log('\n| what | measured |\n| ---- | -------: |')
  startUp()
  await watched()
  await many()
  console.log(`\nLoad average at the end: ${load()}`)
}

interface Played {
  /** From the start of the first process to the end of the last. */
  ms: number
  results: ScenarioResult[]
  /** Processor time of all processes, ms: first of all, then without that of the first scenarios, in which they start. */
  cpu: number
  warmCpu: number
}

async function played(files: string[], size: number): Promise<Played> {
  const pool = new ScenarioPool({ entry: join(DIST, 'scenario.js'), size, silenceMs: 120_000 })
  const results: ScenarioResult[] = []
  const began = performance.now()
  let cpu = 0
  let cold = 0
  try {
    await pool.run(
      files.map(file => ({ file })),
      {},
      {
        ended: result => {
          if (results.push(result) === COLD) cold = processorTime()
        }
      }
    )
    cpu = processorTime()
  } finally {
    await pool.dispose()
  }
  const bad = results.find(({ outcome }) => outcome !== 'passed')
  if (bad) throw new Error(bad.failures[0]?.message ?? bad.outcome)
  return { ms: performance.now() - began, results, cpu, warmCpu: cpu - cold }
}

/** Times of single scenarios, without the first ones, which start the engine. */
async function one(name: string, text: string): Promise<void> {
  const files = written('one', 200, text)
  const times: number[] = []
  let cpu = 0
  for (let round = 0; round < rounds; round++) {
    const { results, warmCpu } = await played(files, 1)
    times.push(...results.slice(COLD).map(({ ms }) => ms))
    cpu += warmCpu
  }
  console.log(`| ${name} | ${number(percentile(times, 0.5))} | ${number(percentile(times, 0.95))} | ${number(cpu / times.length)} |`)
}

function startUp(): void {
  const [file] = written('start', 1, KINDS['a page without scripts: open, event, reply'])
  const ours = timed(() => run(join(DIST, 'cli.js'), ['test', file!]))
  const test = join(folder, 'start.test.mjs')
  writeFileSync(test, `it('passes', () => {})\n`)
  const mocha = timed(() => run(require.resolve('mocha/bin/mocha.js'), [test]))
  console.log(`| command line with one scenario, s | ${number(ours / 1000, 2)} |`)
  console.log(`| mocha with one trivial test, s | ${number(mocha / 1000, 2)} |`)
}

/** As many files with a scenario as mocha gets files with a trivial test, in turns. */
async function many(): Promise<void> {
  const files = written('many', count, KINDS['a page without scripts: open, event, reply'])
  const tests = join(folder, 'tests')
  mkdirSync(tests, { recursive: true })
  for (let index = 0; index < count; index++) writeFileSync(join(tests, `${index}.test.mjs`), `it('passes ${index}', () => {})\n`)
  const ours: number[] = []
  const cpu: number[] = []
  const mocha: number[] = []
  for (let round = 0; round < rounds; round++) {
    const all = await played(files, 2)
    ours.push(all.ms)
    cpu.push(all.cpu)
    mocha.push(timed(() => run(require.resolve('mocha/bin/mocha.js'), ['--reporter', 'dot', join(tests, '*.test.mjs')]), 1))
  }
  console.log(`| ${number(count, 0)} scenario files, two processes, s | ${number(median(ours) / 1000, 2)} |`)
  console.log(`| their processor time, s | ${number(median(cpu) / 1000, 2)} |`)
  console.log(`| mocha with ${number(count, 0)} files of a trivial test, s | ${number(median(mocha) / 1000, 2)} |`)
}

/** From the moment a hook is saved to the summary of `test --watch` on what it concerns. */
async function watched(): Promise<void> {
  const [file] = written('watched', 1, KINDS['a page without scripts: open, event, reply'])
  const hook = join(folder, 'data/bots/greeter/hooks/before_incoming_middleware/10_greet.js')
  const text = readFileSync(hook, 'utf8')
  const child = spawn(process.execPath, [join(DIST, 'cli.js'), 'test', '--watch', file!], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  let out = ''
  child.stdout.setEncoding('utf8').on('data', (data: string) => {
    out += data
  })
  const heard = async (pattern: RegExp) => {
    while (!pattern.test(out)) await once(child.stdout, 'data')
    out = ''
  }
  try {
    await heard(/Watching/)
    const times: number[] = []
    for (let save = 0; save < 5 * rounds; save++) {
      const began = performance.now()
      writeFileSync(hook, `${text}\n// ${save}\n`)
      await heard(/1 passed/)
      times.push(performance.now() - began)
    }
    console.log(`| a saved hook's verdict, \`--watch\`, p50, ms | ${number(median(times), 0)} |`)
    console.log(`| the same, p95, ms | ${number(percentile(times, 0.95), 0)} |`)
  } finally {
    child.kill('SIGKILL')
    writeFileSync(hook, text)
  }
}

function written(kind: string, many: number, text: string): string[] {
  const below = join(folder, 'scenarios', kind)
  rmSync(below, { recursive: true, force: true })
  mkdirSync(below, { recursive: true })
  return Array.from({ length: many }, (_, index) => {
    const file = join(below, `${index}.scenario.yaml`)
    writeFileSync(file, `name: number ${index}\n${text}`)
    return file
  })
}

function run(script: string, args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`)
}

function timed(work: () => void, times = rounds): number {
  return median(
    Array.from({ length: times }, () => {
      const began = performance.now()
      work()
      return performance.now() - began
    })
  )
}

try {
  await main()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
