import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { stringify } from 'yaml'
import { filesBelow } from '../../src/host/workspace.ts'
import type { Plan } from '../../src/scenario/file/plan.ts'
import { readScenarioFile } from '../../src/scenario/file/read.ts'
import { play } from '../../src/scenario/play/player.ts'
import { Theatre } from '../../src/scenario/play/theatre.ts'
import { compareRuns } from '../../src/trace/compare.ts'
import type { TraceEntry } from '../../src/trace/entry.ts'
import { findingsOf, runOf } from '../../src/trace/findings/index.ts'
import { scenarioOf } from '../../src/trace/recording/scenario.ts'
import { TraceIndex } from '../../src/trace/trace-index.ts'

const PLAYBOOK = join(import.meta.dirname, '../../samples/playbook')
const ENGINE = join(import.meta.dirname, '../../dist/engine.js')

/** What a trace cannot tell: where the scenario plays, not what is done in it. */
const SURROUNDINGS = ['files', 'network', 'stuckAfter', 'botpressVersion', 'chat', 'visitor', 'visitors', 'timezone'] as const

/** What a recording does not bring again, and why. */
const NOT_AGAIN: Record<string, { why: string; unfound: string }> = {
  S33: { why: 'deeds are played one after the other: two within 50 ms are not at once again', unfound: 'order-matters' }
}

const indexOf = (entries: readonly TraceEntry[]) => {
  const index = new TraceIndex()
  index.append(entries)
  return index
}

describe('Each situation of the playbook, recorded from its trace and played from the recording', function () {
  this.timeout(120_000)
  let root: string
  let theatre: Theatre
  before(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'proactive-hooks-recorded-')))
    cpSync(PLAYBOOK, root, { recursive: true })
    theatre = new Theatre({ engine: ENGINE })
  })
  after(async () => {
    await theatre.close()
    rmSync(root, { recursive: true, force: true })
  })

  const played = (plan: Plan) => play(plan, { seed: 1, update: false, theatre })

  for (const file of filesBelow(join(PLAYBOOK, 'scenarios'), ['.scenario.yaml']).filter(name => /S\d\d-/.test(name))) {
    const path = relative(PLAYBOOK, file)
    const [tag] = /S\d\d/.exec(path)!
    for (const [n, { name }] of readScenarioFile(file).plans.entries()) {
      it(`${tag} ${name}`, async () => {
        const plan = readScenarioFile(join(root, path)).plans[n]!
        const first = await played(plan)
        assert.equal(first.result.outcome, 'passed')
        const draft = scenarioOf(first.trace, { name: 'Recorded', botId: plan.given.bot, folders: { root, base: root } })
        const around = Object.fromEntries(SURROUNDINGS.flatMap(key => (plan.given[key] === undefined ? [] : [[key, plan.given[key]]])))
        const recorded = join(root, 'scenarios', 'recorded.scenario.yaml')
        writeFileSync(recorded, stringify({ ...draft, given: { ...around, ...draft.given } }))
        const { plans, problems } = readScenarioFile(recorded)
        assert.deepEqual(problems, [])
        const second = await played(plans[0]!)
        const text = stringify(draft)
        const { unfound } = NOT_AGAIN[tag!] ?? {}
        assert.deepEqual(
          second.result.failures.map(({ message }) => message),
          [],
          text
        )
        const { pairs } = compareRuns(indexOf(first.trace), indexOf(second.trace))
        const other = pairs.filter(({ fate }) => fate !== 'same').map(({ title, fate, differences }) => [title, fate, differences])
        assert.deepEqual(other, [], text)
        const found = (trace: readonly TraceEntry[]) => findingsOf(runOf(trace)).map(({ id }) => id)
        assert.deepEqual(
          found(second.trace),
          found(first.trace).filter(id => id !== unfound),
          text
        )
      })
    }
  }
})
