import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { durationOf, isDuration, isMoment, momentOf } from '../../src/scenario/file/time.ts'
import { scenarioJsonSchema } from '../../src/scenario/schema/json-schema.ts'

describe('the schema of scenario files', () => {
  it('is contributed as the JSON Schema that editors use: run `node scripts/scenario-schema.ts` when this fails', () => {
    const stored = JSON.parse(readFileSync(join(import.meta.dirname, '../../schemas/scenario.schema.json'), 'utf8'))
    assert.deepEqual(stored, JSON.parse(JSON.stringify(scenarioJsonSchema())))
  })
})

describe('time in scenario files', () => {
  it('reads lengths of time as people write them', () => {
    const table: [string | number, number][] = [
      ['300ms', 300],
      ['29.9s', 29_900],
      ['31min', 1_860_000],
      ['1h 30min', 5_400_000],
      ['2d', 172_800_000],
      [12, 12]
    ]
    for (const [given, ms] of table) assert.equal(durationOf(given), ms, String(given))
    for (const wrong of ['', '3 parsecs', '-1s', '1s2', 's']) assert.equal(isDuration(wrong), false, wrong)
  })

  it('reads moments since the start, of the day and of the calendar, in a time zone', () => {
    const start = Date.parse('2025-03-03T09:00:00Z')
    assert.equal(momentOf('30s', start, start), start + 30_000)
    assert.equal(momentOf('23:30', start, start), Date.parse('2025-03-03T23:30:00Z'))
    assert.equal(momentOf('08:00', start, start), Date.parse('2025-03-04T08:00:00Z'))
    assert.equal(momentOf('08:00', start, start, 'America/New_York'), Date.parse('2025-03-03T13:00:00Z'))
    assert.equal(momentOf('2025-03-30T09:00', start, start, 'Europe/Berlin'), Date.parse('2025-03-30T07:00:00Z'))
    assert.equal(momentOf('2025-03-29T09:00', start, start, 'Europe/Berlin'), Date.parse('2025-03-29T08:00:00Z'))
    assert.equal(momentOf('2025-03-30T09:00+02:00', start, start), Date.parse('2025-03-30T07:00:00Z'))
    for (const wrong of ['2025-02-30', '25:00', 'tomorrow']) assert.equal(isMoment(wrong), false, wrong)
  })
})
