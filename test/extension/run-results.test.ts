import assert from 'node:assert/strict'
import { wordsOfLines } from '../../src/extension/inline-words.ts'
import { RunResults } from '../../src/extension/run-results.ts'
import type { Report, TraceEntry } from '../../src/trace/entry.ts'

const HOOK = '/shop/data/global/hooks/before_incoming_middleware/a.js'
const HELPER = '/shop/data/global/hooks/before_incoming_middleware/.helper.js'
const ref = { hookType: 'before_incoming_middleware', name: 'a.js', scope: 'global' as const, place: { file: HOOK } }

type Body = Report extends infer R ? (R extends Report ? Omit<R, 'at'> : never) : never
const entries = (...bodies: Body[]): TraceEntry[] => bodies.map((body, index) => ({ ...body, at: 0, seq: index + 1 }) as TraceEntry)

const started: Body = { kind: 'hook-started', ...ref }
const completed: Body = { kind: 'hook-ended', ...ref, outcome: 'completed', ms: 1, awaited: false, changes: [] }
const failed = (file: string, line: number): Body => ({
  kind: 'hook-ended',
  ...ref,
  outcome: 'failed',
  ms: 1,
  awaited: false,
  changes: [],
  error: { name: 'TypeError', message: 'x is not a function', place: { file, line, column: 3 } }
})
const said = (line: number, message: string, level: 'info' | 'error' = 'info'): Body => ({
  kind: 'log',
  level,
  logger: 'hook',
  message,
  place: { file: HOOK, line }
})

describe('What a run leaves in the editor', () => {
  it('is the error at its place, until a later run of the hook completes', () => {
    const results = new RunResults()
    assert.deepEqual([...results.read(entries(started, failed(HOOK, 3)))], [HOOK])
    assert.deepEqual(results.get(HOOK).problems, [
      { place: { file: HOOK, line: 3, column: 3 }, code: 'TypeError', message: 'x is not a function', severity: 'error' }
    ])
    assert.deepEqual([...results.read(entries(started))], [])
    assert.equal(results.get(HOOK).problems.length, 1)
    assert.deepEqual([...results.read(entries(completed))], [HOOK])
    assert.deepEqual(results.files, [])
  })

  it('is gone after an edit of the hook, or of the file that its error lies in', () => {
    const results = new RunResults()
    results.read(entries(started, said(1, 'hello'), failed(HELPER, 7)))
    assert.deepEqual([...results.forget('/elsewhere.js')], [])
    assert.deepEqual([...results.forget(HELPER)], [HOOK])
    assert.deepEqual([results.get(HOOK).problems.length, results.get(HOOK).logs.length], [0, 1])
    assert.deepEqual([...results.forget(HOOK)], [HOOK])
    assert.deepEqual(results.files, [])
  })

  it('is also what the engine could not read of a file, until the file is edited', () => {
    const results = new RunResults()
    const file = '/shop/data/bots/shop/bot.config.json'
    results.read(entries({ kind: 'data-problem', place: { file, line: 2 }, problem: 'It cannot be read.' }))
    assert.deepEqual(results.get(file).problems, [
      { place: { file, line: 2 }, code: 'file', message: 'It cannot be read.', severity: 'warning' }
    ])
    results.forget(file)
    assert.deepEqual(results.files, [])
  })

  it('is what it logged in its last run only', () => {
    const results = new RunResults()
    results.read(entries(started, said(1, 'first'), completed, started, said(2, 'second'), completed))
    assert.deepEqual(
      results.get(HOOK).logs.map(({ text }) => text),
      ['second']
    )
  })

  it('names a hook that had to be stopped, and one that did not settle (R3.10, R3.11)', () => {
    const results = new RunResults()
    const place = { file: HOOK, line: 2 }
    results.read(entries({ kind: 'engine-stopped', reason: 'hook-limit', hook: 'a.js', place, ms: 5000, real: 'It would hang.' }))
    results.read(entries({ kind: 'event-stuck', eventId: '1', hook: 'a.js', place, ms: 5000 }))
    assert.deepEqual(
      results.get(HOOK).problems.map(({ code, severity }) => [code, severity]),
      [
        ['hook-limit', 'error'],
        ['stuck', 'warning']
      ]
    )
    // An engine that was asked to stop is nobody's mistake.
    const other = new RunResults()
    other.read(entries({ kind: 'engine-stopped', reason: 'request', place, real: '' }))
    assert.deepEqual(other.files, [])
  })
})

describe('The words at the end of a line', () => {
  it('are the last that it said, with their number; all of them in the hover', () => {
    const results = new RunResults()
    results.read(entries(started, said(4, 'one'), said(4, 'two\n  lines'), said(9, 'bad', 'error')))
    assert.deepEqual(wordsOfLines(results.get(HOOK), HOOK), [
      { line: 3, loud: false, text: 'two lines (×2)', full: 'one\ntwo\n  lines' },
      { line: 8, loud: true, text: 'bad', full: 'bad' }
    ])
  })

  it('are the error where the line threw one, and nothing of other files', () => {
    const results = new RunResults()
    results.read(entries(started, said(4, 'before'), failed(HOOK, 4)))
    assert.deepEqual(
      wordsOfLines(results.get(HOOK), HOOK).map(({ text, loud }) => [text, loud]),
      [['TypeError: x is not a function', true]]
    )
    results.read(entries(started, failed(HELPER, 4)))
    assert.deepEqual(wordsOfLines(results.get(HOOK), HOOK), [])
  })

  it('are cut where they would run out of the window', () => {
    const results = new RunResults()
    results.read(entries(started, said(1, 'x'.repeat(500))))
    assert.equal(wordsOfLines(results.get(HOOK), HOOK)[0]?.text.length, 120)
  })
})
