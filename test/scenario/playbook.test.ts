import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import { ScenarioPool } from '../../src/host/scenario-pool.ts'
import { filesBelow } from '../../src/host/workspace.ts'
import type { ScenarioProblem, ScenarioResult } from '../../src/protocol/scenario.ts'

const SAMPLES = join(import.meta.dirname, '../../samples')
const FOLDERS = ['playbook', 'shop']
const DIST = join(import.meta.dirname, '../../dist')
/** Scenarios of the catalogue that concern Botpress, any platform, or Voiceflow; those of Bot Framework play elsewhere. */
const EXPECTED = [...Array.from({ length: 57 }, (_, index) => index + 1), 64, 65, 66].map(number => `S${String(number).padStart(2, '0')}`)

describe('The scenarios of the samples', function () {
  this.timeout(180_000)
  const results: ScenarioResult[] = []
  const problems: ScenarioProblem[] = []
  let pool: ScenarioPool

  before(async () => {
    pool = new ScenarioPool({ entry: join(DIST, 'scenario.js'), size: 2, silenceMs: 60_000 })
    const files = FOLDERS.flatMap(folder => filesBelow(join(SAMPLES, folder), ['.scenario.yaml'])).map(file => ({ file }))
    await pool.run(files, {}, { found: found => void problems.push(...found.problems), ended: result => void results.push(result) })
  })
  after(() => pool.dispose())

  it('have no mistakes, and pass', () => {
    assert.deepEqual(problems, [])
    const bad = results.filter(({ outcome }) => outcome !== 'passed')
    const told = bad.map(({ file, name, failures }) => [relative(SAMPLES, file), name, failures.map(({ message }) => message)])
    assert.deepEqual(told, [])
  })

  it('tell which hooks ran and which pages were loaded', () => {
    const ran = new Set(results.flatMap(result => result.ran))
    const missing = [...ran].filter(file => !existsSync(file))
    assert.deepEqual(missing, [])
    for (const file of ['playbook/pages/greeting.html', 'playbook/data/bots/greeter/hooks/before_incoming_middleware/10_greet.js'])
      assert.ok(ran.has(join(SAMPLES, file)), file)
  })

  it('show every situation of the catalogue (S01 to S57, S64 to S66)', () => {
    const tags = new Set(results.flatMap(result => result.tags))
    assert.deepEqual(
      EXPECTED.filter(tag => !tags.has(tag)),
      []
    )
  })
})
