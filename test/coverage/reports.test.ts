import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { cobertura } from '../../src/coverage/cobertura.ts'
import { CoverageCollection, linesOf, sharesOf } from '../../src/coverage/collection.ts'
import { lcov } from '../../src/coverage/lcov.ts'
import { measure } from '../../src/coverage/measure.ts'
import type { CoveredScript } from '../../src/protocol/coverage.ts'
import { count } from './counting.ts'

const require = createRequire(import.meta.url)
const readLcov: (text: string, done: (error: unknown, data: LcovRecord[]) => void) => void = require('lcov-parse')
const { parseContent: readCobertura }: { parseContent(text: string): Promise<CoberturaRecord[]> } = require('@cvrg-report/cobertura-json')

interface Found {
  found: number
  hit: number
}
interface LcovRecord {
  file: string
  lines: Found & { details: { line: number; hit: number }[] }
  functions: Found & { details: { name: string; line: number; hit: number }[] }
  branches: Found & { details: { line: number; block: number; branch: number; taken: number }[] }
}
interface CoberturaRecord {
  file: string
  lines: Found & { details: { line: number; hit: number }[] }
  functions: Found & { details: { name: string; line: number; hit: number }[] }
}

const CODE = `const greet = () => {
  if (event) {
    return 'hello'
  }
  return 'who?'
}
const unused = () => 1
const twice = [() => greet(), () => greet()]
twice[0]()
`

async function greeting(file: string): Promise<CoverageCollection> {
  const script = await count(CODE, ['event'], body => body(1))
  const collection = new CoverageCollection()
  collection.add([{ ...script!, file }])
  return collection
}

/** Named as people may name files and folders. */
const FILE = '/shop/data/bots/a & "b"/hooks/<1>.js'
const nameOf = (file: string) => file.slice('/shop/'.length)

describe('Coverage reports', () => {
  it('as lcov say to an independent parser what was counted', async () => {
    const { files } = await greeting(FILE)
    const text = lcov(files, nameOf)
    const [record, ...others] = await new Promise<LcovRecord[]>((resolve, reject) =>
      readLcov(text, (error, data) => (error ? reject(error) : resolve(data)))
    )
    assert.ok(record)
    assert.equal(others.length, 0)
    assert.equal(record.file, nameOf(FILE))
    const shares = sharesOf(files[0]!)
    assert.deepEqual([record.functions.hit, record.functions.found], [shares.functions.covered, shares.functions.total])
    assert.deepEqual([record.branches.hit, record.branches.found], [1, 2])
    assert.deepEqual(
      record.lines.details.map(({ line, hit }) => [line, hit]),
      [...linesOf(files[0]!)]
    )
    assert.deepEqual(
      record.functions.details.map(({ name, hit }) => `${name} ${hit}`),
      ['greet 1', 'unused 0', '(anonymous) 1', '(anonymous)#2 0']
    )
  })

  it('as Cobertura say to an independent parser what was counted', async () => {
    const { files } = await greeting(FILE)
    const text = cobertura(files, '/shop', 1_700_000_000_000, nameOf)
    const [record, ...others] = await readCobertura(text)
    assert.ok(record)
    assert.equal(others.length, 0)
    assert.equal(record.file, nameOf(FILE))
    assert.deepEqual(
      record.lines.details.map(({ line, hit }) => [line, hit]),
      [...linesOf(files[0]!)]
    )
    assert.deepEqual([record.functions.hit, record.functions.found], [2, 4])
    assert.match(text, /line number="2" hits="1" branch="true" condition-coverage="50% \(1\/2\)"/)
    assert.match(text, /<coverage line-rate="0\.\d+" branch-rate="0.5" lines-covered="\d+" lines-valid="\d+"/)
  })

  it('of nothing are reports all the same', () => {
    assert.equal(lcov([]), '')
    assert.match(cobertura([], '/shop', 0, nameOf), /<coverage line-rate="1" branch-rate="1" lines-covered="0" lines-valid="0"/)
  })
})

describe('A collection of counts', () => {
  const script = (text: string, ranges: [number, number, number][], file = '/a.js'): CoveredScript =>
    measure({ file, at: { line: 0, column: 0 }, text, functions: [{ ranges }] })!

  it('adds up the runs of a text, and keeps to the text that came last', () => {
    const collection = new CoverageCollection()
    collection.add([script('a()', [[0, 3, 2]])])
    collection.add([script('a()', [[0, 3, 3]])])
    assert.deepEqual(
      collection.files[0]?.statements.map(({ count }) => count),
      [5]
    )
    collection.add([script('a();b()', [[0, 7, 1]])])
    assert.deepEqual(
      collection.files[0]?.statements.map(({ count }) => count),
      [1, 1]
    )
  })

  it('puts the scripts of a page together, each at its lines', () => {
    const collection = new CoverageCollection()
    const part = (line: number, column: number, hits: number) =>
      measure({ file: '/p.html', at: { line, column }, text: 'a()\nb()', functions: [{ ranges: [[0, 7, hits]] }] })!
    collection.add([part(3, 8, 1), part(20, 0, 0)])
    collection.add([part(3, 8, 1)])
    const [page] = collection.files
    assert.deepEqual(
      page?.statements.map(({ span, count }) => [span.line, span.column, count]),
      [
        [4, 9, 2],
        [5, 1, 2],
        [21, 1, 0],
        [22, 1, 0]
      ]
    )
  })
})
