import assert from 'node:assert/strict'
import { Report } from '../../src/trace/entry.ts'
import { isReport } from '../../src/trace/is-report.ts'

const place = { file: '/bot/hook.js', line: 1, column: 2 }
const ended = {
  kind: 'hook-ended',
  at: 1,
  hookType: 'before_incoming_middleware',
  name: 'hook.js',
  scope: 'global',
  place,
  outcome: 'completed',
  ms: 0,
  awaited: false,
  changes: [{ path: 'state.user.name', after: 'Ada' }]
}

describe('the quick check of reports', () => {
  const cases: [string, unknown][] = [
    ['a whole report', ended],
    ['without what may be missing', { kind: 'event-ended', at: 1, eventId: '1', outcome: 'completed' }],
    ['with what may be there', { ...ended, eventId: '1', error: { name: 'Error', message: 'no', place } }],
    ['a field of a wrong type', { ...ended, ms: '0' }],
    ['a word that is not among the known ones', { ...ended, outcome: 'lost' }],
    ['a field missing', { ...ended, changes: undefined }],
    ['something wrong in a list', { ...ended, changes: [{ path: 1 }] }],
    ['something wrong further down', { ...ended, place: { ...place, line: 'one' } }],
    ['no number for its time', { ...ended, at: Number.NaN }],
    ['an unknown kind', { ...ended, kind: 'hook-lost' }],
    ['a name that every object knows', { ...ended, kind: 'constructor' }],
    ['no object', 'hook-ended'],
    ['nothing', null]
  ]
  for (const [what, value] of cases) {
    it(`agrees with the schema: ${what}`, () => assert.equal(isReport(value), Report.safeParse(value).success))
  }
})
