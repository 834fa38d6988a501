import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { answering, HOOKS, type Made, made } from './workspace.ts'

const ROOT = join(import.meta.dirname, '../..')
const require = createRequire(import.meta.url)

const SPEC = `import { scenario } from 'proactive-hooks/testing'
describe('the shop', () => {
  scenario('greets', { given: { bot: 'shop' }, steps: ['open', { event: 'hello' }], expect: { saysOnly: ['Hi'] } })
  scenario('answers \${event}', {
    given: { bot: 'shop' },
    cases: [{ event: 'hello', text: 'Hi' }, { event: 'hello', text: 'Ho' }],
    steps: ['open', { event: '\${event}' }],
    expect: { says: '\${text}' }
  })
})
`

describe('proactive-hooks/testing', function () {
  this.timeout(60_000)
  let workspace: Made
  before(() => {
    workspace = made({ [`${HOOKS}/hello.js`]: answering('hello', 'Hi'), 'test/shop.spec.mjs': SPEC, 'package.json': { type: 'module' } })
    const installed = workspace.file('node_modules/proactive-hooks')
    mkdirSync(installed, { recursive: true })
    cpSync(join(ROOT, 'package.json'), join(installed, 'package.json'))
    cpSync(join(ROOT, 'dist'), join(installed, 'dist'), { recursive: true })
  })
  after(() => workspace.remove())

  it('makes mocha tests of scenarios, with expected and actual', () => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [require.resolve('mocha/bin/mocha.js'), '--reporter', 'json', 'test/shop.spec.mjs'],
      {
        encoding: 'utf8',
        cwd: workspace.root
      }
    )
    assert.equal(status, 1, stderr)
    const report = JSON.parse(stdout.slice(stdout.indexOf('{\n'))) as {
      passes: { title: string }[]
      failures: { title: string; err: { message: string; actual: string } }[]
    }
    assert.deepEqual(
      report.passes.map(({ title }) => title),
      ['greets', 'answers hello (hello, Hi)'.replace(' (hello, Hi)', '')].slice(0, report.passes.length)
    )
    assert.equal(report.failures.length, 1)
    assert.match(report.failures[0]!.err.message, /The bot was expected to say “Ho”, but it said “Hi”/)
    assert.equal(report.failures[0]!.err.actual, 'Hi')
  })

  it('is typed by the same schema', () => {
    workspace.write(
      'good.mts',
      `import { scenario, play } from 'proactive-hooks/testing'\nscenario('x', { steps: ['open', { advance: '3s' }, { expect: { says: { text: 'a', count: 1 }, state: { 'user.x': 1 } } }] })\nplay('y', { given: { bot: 'shop' } }).then(([result]) => result!.outcome === 'passed')\n`
    )
    workspace.write(
      'bad.mts',
      `import { scenario } from 'proactive-hooks/testing'\nscenario('x', { steps: ['opne'] })\nscenario('y', { expect: { flags: 3 } })\n`
    )
    const tsc = (file: string) =>
      spawnSync(
        process.execPath,
        [
          require.resolve('typescript/bin/tsc'),
          '--noEmit',
          '--strict',
          '--target',
          'es2022',
          '--module',
          'nodenext',
          '--moduleResolution',
          'nodenext',
          file
        ],
        {
          encoding: 'utf8',
          cwd: workspace.root
        }
      ).stdout
    assert.equal(tsc('good.mts'), '')
    assert.deepEqual(
      tsc('bad.mts')
        .split('\n')
        .filter(line => /error/.test(line))
        .map(line => line.replace(/\(.*/, '').length > 0 && Number(/\((\d+),/.exec(line)![1])),
      [2, 3]
    )
    assert.ok(readFileSync(workspace.file('node_modules/proactive-hooks/dist/testing.d.ts'), 'utf8').length > 1000)
  })
})
