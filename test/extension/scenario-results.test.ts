import assert from 'node:assert/strict'
import { LastResults, type ScenarioKey } from '../../src/extension/testing/last-results.ts'
import { type Watch, Watching } from '../../src/extension/testing/watching.ts'
import { affectedFiles, affectedScenarios } from '../../src/host/affected-scenarios.ts'
import type { FoundFile } from '../../src/protocol/scenario.ts'

const hook = (name: string) => `/w/data/bots/shop/hooks/before_incoming_middleware/${name}.js`

const fileOf = (name: string, ids: string[], uses: string[] = []): FoundFile => ({
  file: `/w/tests/${name}.scenario.yaml`,
  root: '/w',
  problems: [],
  uses,
  scenarios: ids.map(id => ({ id, name: id, tags: [], range: { file: '', line: 1, column: 1 } }))
})

const FOUND = [fileOf('greet', ['0', '1'], ['/w/tests/base.scenario.yaml']), fileOf('idle', ['0'])]
const [GREET, IDLE] = FOUND as [FoundFile, FoundFile]
const short = (keys: readonly ScenarioKey[]) => keys.map(({ file, id }) => `${file.match(/(\w+)\.scenario/)?.[1]} ${id}`)

/** All scenarios were played: the first of `greet` ran one hook, the others both. */
function played(): LastResults {
  const result = (found: FoundFile, id: string, hooks: string[], outcome: 'passed' | 'failed' = 'passed') => ({
    file: found.file,
    id,
    name: id,
    outcome,
    ran: hooks.map(hook)
  })
  return new LastResults([
    result(GREET, '0', ['10_greet']),
    result(GREET, '1', ['10_greet', '20_idle'], 'failed'),
    result(IDLE, '0', ['10_greet', '20_idle'])
  ])
}

describe('What a change concerns', () => {
  it('are the scenarios in which the hook ran', () => {
    assert.deepEqual(short(affectedScenarios([hook('20_idle')], FOUND, played().all)), ['greet 1', 'idle 0'])
  })

  it('are the scenarios that loaded the page, and for a page that none loaded all', () => {
    const [first, ...others] = played().all
    const results = [{ ...first!, ran: [...first!.ran, '/w/pages/shop.html'] }, ...others]
    assert.deepEqual(short(affectedScenarios(['/w/pages/shop.html'], FOUND, results)), ['greet 0'])
    assert.deepEqual(short(affectedScenarios(['/w/pages/new.html'], FOUND, results)), ['greet 0', 'greet 1', 'idle 0'])
  })

  it('are those of a scenario file, or of one that it extends', () => {
    assert.deepEqual(short(affectedScenarios([IDLE.file], FOUND, played().all)), ['idle 0'])
    assert.deepEqual(short(affectedScenarios(['/w/tests/base.scenario.yaml'], FOUND, played().all)), ['greet 0', 'greet 1'])
  })

  it('are all of the folder for a new hook and for a flow, of which no result tells', () => {
    const all = ['greet 0', 'greet 1', 'idle 0']
    assert.deepEqual(short(affectedScenarios([hook('30_new')], FOUND, played().all)), all)
    assert.deepEqual(short(affectedScenarios(['/w/data/bots/shop/flows/main.flow.json'], FOUND, played().all)), all)
    assert.deepEqual(short(affectedScenarios([hook('10_greet')], FOUND, [])), all)
  })

  it('is played by the file on the command line; one that was changed itself whole, since it may hold others now', () => {
    assert.deepEqual(affectedFiles([hook('20_idle')], FOUND, played().all), [
      { file: GREET.file, ids: ['1'] },
      { file: IDLE.file, ids: ['0'] }
    ])
    assert.deepEqual(affectedFiles([GREET.file], FOUND, played().all), [{ file: GREET.file }])
  })

  it('is nothing outside of the folder, nor another scenario file', () => {
    assert.deepEqual(
      affectedScenarios(['/elsewhere/data/bots/shop/flows/main.flow.json', '/w/tests/other.scenario.yaml'], FOUND, played().all),
      []
    )
  })
})

describe('Last results', () => {
  it('know the scenarios of a hook', () => {
    assert.deepEqual(
      played()
        .of(hook('20_idle'))
        .map(({ file, id, outcome }) => `${short([{ file, id }])} ${outcome}`),
      ['greet 1 failed', 'idle 0 passed']
    )
  })

  it('stay as they were when a run is cancelled, and go with their scenario', () => {
    const results = played()
    results.add({ file: IDLE.file, id: '0', name: '', outcome: 'skipped', ran: [] })
    assert.equal(results.get({ file: IDLE.file, id: '0' })?.outcome, 'passed')
    results.keep([GREET])
    assert.deepEqual(short(results.all), ['greet 0', 'greet 1'])
  })
})

describe('A continuous run', () => {
  const keys: ScenarioKey[] = FOUND.flatMap(({ file, scenarios }) => scenarios.map(({ id }) => ({ file, id })))
  const turn = () => new Promise(resolve => setImmediate(resolve))

  /** A watch of all scenarios whose runs end when `end` says so. */
  function watch(): { watch: Watch; runs: string[][]; end(): Promise<void> } {
    const runs: string[][] = []
    let ends: (() => void)[] = []
    return {
      runs,
      watch: {
        wanted: () => keys,
        play: played => {
          runs.push(short(played))
          return new Promise<void>(resolve => ends.push(resolve))
        }
      },
      end: async () => {
        for (const end of ends.splice(0)) end()
        ends = []
        await turn()
      }
    }
  }

  it('begins with all, then plays what a change concerns', async () => {
    const { watch: one, runs, end } = watch()
    const watching = new Watching()
    watching.add(one)
    await end()
    watching.changed([keys[1]!])
    assert.deepEqual(runs, [short(keys), short([keys[1]!])])
  })

  it('gathers what changes while a run is under way, each once', async () => {
    const { watch: one, runs, end } = watch()
    const watching = new Watching()
    watching.add(one)
    watching.changed([keys[0]!])
    watching.changed([keys[0]!, keys[2]!])
    assert.equal(runs.length, 1)
    await end()
    assert.deepEqual(runs[1], short([keys[0]!, keys[2]!]))
  })

  it('ends when it is left, and leaves others alone', async () => {
    const first = watch()
    const second = watch()
    const watching = new Watching()
    const leave = watching.add(first.watch)
    watching.add(second.watch)
    await first.end()
    await second.end()
    leave()
    watching.changed([keys[0]!])
    assert.deepEqual([first.runs.length, second.runs.length], [1, 2])
  })
})
