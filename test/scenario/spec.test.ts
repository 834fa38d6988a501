import assert from 'node:assert/strict'
import type { Failure, ScenarioResult } from '../../src/protocol/scenario.ts'
import { REPORTERS } from '../../src/scenario/report/index.ts'
import { duration, times } from '../../src/trace/words.ts'

const BASE = '/w'
const FILE = `${BASE}/greet.scenario.yaml`
const HOOK = { file: `${BASE}/data/bots/shop/hooks/before_incoming_middleware/10_greet.js`, line: 3 }

function told(...failures: Omit<Failure, 'range'>[]): string[] {
  const range = { file: FILE, line: 4, column: 7 }
  const result: ScenarioResult = {
    ...{ file: FILE, id: '0', name: 'greets', tags: [], range, outcome: 'failed', ms: 5, virtualMs: 0 },
    ...{ seed: 1, ran: [], digest: '', written: [] },
    failures: failures.map(failure => ({ ...failure, range }))
  }
  const parts: string[] = []
  REPORTERS.spec!({ write: part => parts.push(part), base: BASE, colour: false }).result?.(result)
  return parts
    .join('')
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
}

describe('What people read of a failure', () => {
  it('explains once what several failures come of', () => {
    const why = { because: 'The page sent nothing.', places: [HOOK] }
    assert.deepEqual(
      told({ message: 'One.', ...why }, { message: 'Two.', ...why }, { message: 'Three.', because: 'Another.', places: [] }),
      [
        'greet.scenario.yaml',
        '✗ greets (5 ms)',
        'One.',
        'at greet.scenario.yaml:4:7',
        'Why: The page sent nothing.',
        'see data/bots/shop/hooks/before_incoming_middleware/10_greet.js:3',
        'Two.',
        'at greet.scenario.yaml:4:7',
        'Three.',
        'at greet.scenario.yaml:4:7',
        'Why: Another.'
      ]
    )
  })

  it('has lengths of time and numbers as people say them', () => {
    const lengths: [number, string][] = [
      [12, '12 ms'],
      [1500, '1.5 s'],
      [60_000, '1 min'],
      [125_000, '2 min 5 s'],
      [3_599_700, '1 h'],
      [510 * 60_000, '8 h 30 min'],
      [1440 * 60_000 + 1000, '24 h'],
      [49 * 3_600_000, '2 d 1 h'],
      [30 * 86_400_000, '30 d']
    ]
    for (const [ms, words] of lengths) assert.equal(duration(ms), words)
    assert.deepEqual([1, 2, 3].map(times), ['once', 'twice', '3 times'])
  })
})
