import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { Simulator } from '../../src/host/simulator.ts'
import { readScenarioFile } from '../../src/scenario/file/read.ts'
import { type Played, play } from '../../src/scenario/play/player.ts'
import { Theatre } from '../../src/scenario/play/theatre.ts'
import type { EntryKind, EntryOf, TraceEntry } from '../../src/trace/entry.ts'
import { scenarioOf } from '../../src/trace/recording/scenario.ts'
import { entry } from '../host/fixture.ts'
import { answering, HOOKS, type Made, made } from './workspace.ts'

const DIST = join(import.meta.dirname, '../../dist')
const HELLO = `${HOOKS}/hello.js`
const PAGE = (script: string) => `<!doctype html>
<html>
  <head><script src="/assets/modules/channel-web/inject.js"></script></head>
  <body>
    <script src="/pages/shop.js"></script>
    <script>console.log(${JSON.stringify(script)})</script>
  </body>
</html>
`

const of = <K extends EntryKind>(trace: readonly TraceEntry[], kind: K) => trace.filter(one => one.kind === kind) as unknown as EntryOf<K>[]

describe('Files that are saved in a scenario (S48)', function () {
  this.timeout(60_000)
  let workspace: Made
  let theatre: Theatre
  before(() => {
    theatre = new Theatre({ engine: join(DIST, 'engine.js') })
  })
  beforeEach(() => {
    workspace = made({ [HELLO]: answering('hello', 'Hi'), 'pages/shop.html': PAGE('first'), 'pages/shop.js': 'console.log("script 1")' })
  })
  afterEach(() => workspace.remove())
  after(() => theatre.close())

  async function played(scenario: object): Promise<Played> {
    const [plan] = readScenarioFile(workspace.write('x.scenario.yaml', stringify(scenario))).plans
    return play(plan!, { seed: 1, update: false, theatre })
  }
  const failures = ({ result }: Played) => result.failures.map(({ message }) => message)
  const recorded = (trace: readonly TraceEntry[]) =>
    scenarioOf(trace, { name: 'Recorded', folders: { root: workspace.root, base: workspace.root } })

  it('are deleted, made and changed for the bot, and never in the workspace', async () => {
    const run = await played({
      steps: [
        'open',
        { event: 'hello' },
        { expect: { says: 'Hi' } },
        { save: { file: HELLO, text: null } },
        { event: 'hello' },
        { expect: { saysNot: 'Hi' } },
        { save: { file: `${HOOKS}/bye.js`, text: answering('bye', 'Bye') } },
        { event: 'bye' },
        { expect: { says: 'Bye' } }
      ]
    })
    assert.deepEqual(failures(run), [])
    assert.deepEqual(
      of(run.trace, 'file-saved').map(({ files }) => files),
      [
        [{ file: workspace.file(HELLO), what: 'hook', gone: true, before: answering('hello', 'Hi'), after: null }],
        [{ file: workspace.file(`${HOOKS}/bye.js`), what: 'hook', before: null, after: answering('bye', 'Bye') }]
      ]
    )
    assert.equal(readFileSync(workspace.file(HELLO), 'utf8'), answering('hello', 'Hi'))
    const draft = recorded(run.trace)
    assert.deepEqual(draft.given.files, { [HELLO]: answering('hello', 'Hi'), [`${HOOKS}/bye.js`]: null })
    assert.deepEqual(failures(await played(draft)), [])
  })

  it('load the pages that have them anew, as in the simulator', async () => {
    const run = await played({
      given: { page: 'pages/shop.html' },
      steps: [
        { save: { file: 'pages/shop.js', replace: { 'script 1': 'script 2' } } },
        { save: { file: 'pages/shop.html', text: PAGE('second') } },
        { save: { file: 'pages/other.js', text: 'console.log("nobody has it")' } }
      ]
    })
    assert.deepEqual(failures(run), [])
    assert.deepEqual(
      of(run.trace, 'page-console').map(({ text }) => text),
      ['script 1', 'first', 'script 2', 'first', 'script 2', 'second']
    )
    assert.equal(readFileSync(workspace.file('pages/shop.html'), 'utf8'), PAGE('first'))
    const draft = recorded(run.trace)
    assert.deepEqual(draft.steps, [
      { save: { file: 'pages/shop.js', replace: { 'console.log("script 1")': 'console.log("script 2")' } } },
      { save: { file: 'pages/shop.html', replace: { '<script>console.log("first")</script>': '<script>console.log("second")</script>' } } },
      { save: { file: 'pages/other.js', text: 'console.log("nobody has it")' } }
    ])
    const again = await played(draft)
    assert.deepEqual(
      of(again.trace, 'page-console').map(({ text }) => text),
      of(run.trace, 'page-console').map(({ text }) => text)
    )
  })

  it('are not written through a link that leads out of the folder', async () => {
    const other = made({ 'data/global/hooks/before_incoming_middleware/theirs.js': 'untouched' })
    try {
      mkdirSync(workspace.file('data/global/hooks'), { recursive: true })
      symlinkSync(
        other.file('data/global/hooks/before_incoming_middleware'),
        workspace.file('data/global/hooks/before_incoming_middleware')
      )
      const file = 'data/global/hooks/before_incoming_middleware/theirs.js'
      assert.match(failures(await played({ steps: [{ save: { file, text: 'written' } }] })).join(), /theirs\.js is a link to /)
      assert.equal(readFileSync(other.file(file), 'utf8'), 'untouched')
    } finally {
      other.remove()
    }
  })

  it('in the simulator are part of the recorded run, which begins with what they were then', async () => {
    const simulator = await Simulator.open({
      folder: workspace.root,
      dist: DIST,
      engine: join(DIST, 'engine.js'),
      watch: false,
      clock: 'virtual',
      startAt: Date.UTC(2026, 2, 2, 9)
    })
    try {
      await simulator.ready()
      const { trace } = simulator
      const send = async () => {
        const count = of(trace.entries, 'event-ended').length
        await simulator.handle({ kind: 'send', type: 'hello', payload: {} })
        // The event, and what the hook says to it.
        await entry(trace, 'event-ended', () => of(trace.entries, 'event-ended').length === count + 2)
      }
      const save = async (text: string) => {
        const count = of(trace.entries, 'file-saved').length
        writeFileSync(workspace.file(HELLO), answering('hello', text))
        simulator.filesChanged([workspace.file(HELLO)])
        await entry(trace, 'file-saved', () => of(trace.entries, 'file-saved').length === count + 1)
      }
      await save('Hi again')
      await send()
      await save('Good day')
      await send()
      await simulator.handle({ kind: 'saveScenario' })
      const file = workspace.file('scenarios/recorded-1.scenario.yaml')
      assert.match(readFileSync(file, 'utf8'), /^# Recorded.*\n# Files were saved meanwhile: it begins with them as they were then/)
      const { plans, problems } = readScenarioFile(file)
      assert.deepEqual(problems, [])
      assert.deepEqual(plans[0]!.given.files, { [HELLO]: answering('hello', 'Hi again') })
      assert.deepEqual(
        plans[0]!.steps.map(({ step: { outside, expect, save } }) => outside ?? expect?.says ?? save?.replace),
        [
          'hello',
          'Hi again',
          {
            'return bp.events.replyToEvent(event, [{ type: \'text\', text: "Hi again" }], event.id)':
              'return bp.events.replyToEvent(event, [{ type: \'text\', text: "Good day" }], event.id)'
          },
          'hello',
          'Good day'
        ]
      )
      assert.deepEqual(failures(await play(plans[0]!, { seed: 1, update: false, theatre })), [])
    } finally {
      await simulator.dispose()
    }
  })
})
