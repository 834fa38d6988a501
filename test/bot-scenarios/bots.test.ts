import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readScenarioFile } from '../../src/scenario/file/read.ts'
import { play } from '../../src/scenario/play/player.ts'
import { Theatre } from '../../src/scenario/play/theatre.ts'
import { packagesOf, SAMPLES } from '../bots/install.ts'

const FOLDER = join(SAMPLES, 'scenarios')

/** The sample scenarios of the bots, played on the real packages: each does what its text says. */
describe('scenarios of bots of the Bot Framework', function () {
  this.timeout(240_000)
  const theatre = new Theatre({ engine: 'none' })
  const path = process.env.NODE_PATH

  before(async () => {
    process.env.NODE_PATH = await packagesOf('v4')
  })
  after(() => {
    if (path === undefined) delete process.env.NODE_PATH
    else process.env.NODE_PATH = path
  })

  for (const [file, start] of [
    ['jobs', 'S50 A long job'],
    ['policies', 'S30 Interrupt']
  ] as const) {
    it(`${start}: the same seed gives the same trace, ids that the bot makes up included`, async () => {
      const plan = readScenarioFile(join(FOLDER, `${file}.scenario.yaml`)).plans.find(({ name }) => name.startsWith(start))!
      const digest = async (seed: number) => (await play(plan, { seed, update: false, theatre })).result.digest
      const first = await digest(7)
      assert.equal(await digest(7), first)
      assert.notEqual(await digest(8), first)
    })
  }

  for (const name of readdirSync(FOLDER).filter(name => name.endsWith('.scenario.yaml'))) {
    const file = join(FOLDER, name)
    const read = readScenarioFile(file)
    it(`${name} has no mistakes`, () => assert.deepEqual(read.problems, []))
    for (const plan of read.plans) {
      it(plan.name, async () => {
        const { result } = await play(plan, { seed: 1, update: false, theatre })
        const failures = result.failures.map(({ message, because }) => `${message}${because ? ` (${because})` : ''}`)
        assert.deepEqual([result.outcome, failures], ['passed', []])
      })
    }
  }
})
