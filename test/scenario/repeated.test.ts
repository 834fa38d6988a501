import assert from 'node:assert/strict'
import { join, relative } from 'node:path'
import { ScenarioPool } from '../../src/host/scenario-pool.ts'
import { filesBelow } from '../../src/host/workspace.ts'
import { Chance } from '../../src/scenario/play/chance.ts'

const PLAYBOOK = join(import.meta.dirname, '../../samples/playbook')
const DIST = join(import.meta.dirname, '../../dist')
/** More rounds for a longer look: SCENARIO_ROUNDS=500. */
const ROUNDS = Number(process.env.SCENARIO_ROUNDS ?? 3)

describe('The playbook in random order', function () {
  this.timeout(120_000 * ROUNDS)

  it(`has the same outcomes and the same traces, ${ROUNDS} times`, async () => {
    const files = filesBelow(join(PLAYBOOK, 'scenarios'), ['.scenario.yaml'])
    const chance = new Chance(Date.now())
    const first = new Map<string, string>()
    const different: string[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const shuffled = files.map(file => ({ file, at: chance.next() })).sort((a, b) => a.at - b.at)
      const pool = new ScenarioPool({ entry: join(DIST, 'scenario.js'), size: 1 + (round % 3), silenceMs: 60_000 })
      let count = 0
      try {
        await pool.run(
          shuffled.map(({ file }) => ({ file })),
          {},
          {
            ended: ({ file, id, outcome, digest, failures }) => {
              count++
              const key = `${relative(PLAYBOOK, file)} ${id}`
              const now = `${outcome} ${digest} ${failures.map(({ message }) => message).join('; ')}`
              if (!first.has(key)) first.set(key, now)
              else if (first.get(key) !== now) different.push(`round ${round}: ${key}: ${now} instead of ${first.get(key)}`)
            }
          }
        )
      } finally {
        await pool.dispose()
      }
      assert.equal(count, first.size)
    }
    assert.deepEqual(different, [])
  })
})
