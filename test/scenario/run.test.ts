import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { ScenarioPool } from '../../src/host/scenario-pool.ts'
import type { RunOptions, ScenarioResult } from '../../src/protocol/scenario.ts'
import { answering, HOOKS, type Made, made } from './workspace.ts'

const DIST = join(import.meta.dirname, '../../dist')
const PAGE = (script: string) => `<!doctype html>
<html>
  <head><script src="/assets/modules/channel-web/inject.js"></script></head>
  <body>
    <button>Press</button>
    <script>
      window.botpressWebChat.init({ botId: 'shop' })
      document.querySelector('button').addEventListener('click', function () { ${script} })
    </script>
  </body>
</html>
`
const GOOD = 'given: {bot: shop}\nsteps: [open, {event: hello}]\nexpect: {saysOnly: [Hi]}\n'
const BAD = 'given: {bot: shop}\nsteps: [open, {event: helo}]\nexpect:\n  says: Hi\n'

function shop(scenarios: Record<string, string>): Made {
  return made({
    [`${HOOKS}/hello.js`]: answering('hello', 'Hi'),
    [`${HOOKS}/random.js`]: answering('random', 'x').replace('"x"', '"" + Math.random()'),
    [`${HOOKS}/remember.js`]: `if (event.type !== 'remember') return
event.state.user.known = true
event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
`,
    'pages/loops.html': PAGE('for (;;) {}'),
    'pages/exits.html': PAGE(`document.constructor.constructor('return process')().exit(3)`),
    'pages/kills.html': PAGE(
      `document.constructor.constructor('return process')().kill(document.constructor.constructor('return process')().pid, 'SIGKILL')`
    ),
    ...Object.fromEntries(Object.entries(scenarios).map(([name, text]) => [`${name}.scenario.yaml`, text]))
  })
}

async function played(workspace: Made, names: string[], options: RunOptions = {}, silenceMs = 60_000): Promise<ScenarioResult[]> {
  const pool = new ScenarioPool({ entry: join(DIST, 'scenario.js'), size: 2, silenceMs })
  const results: ScenarioResult[] = []
  try {
    await pool.run(
      names.map(name => ({ file: workspace.file(`${name}.scenario.yaml`) })),
      options,
      { ended: result => void results.push(result) }
    )
  } finally {
    await pool.dispose()
  }
  return results.sort((a, b) => (a.file + a.id < b.file + b.id ? -1 : 1))
}

describe('Scenarios that are played', function () {
  this.timeout(120_000)
  let workspace: Made
  afterEach(() => workspace.remove())

  it('are not played on when whoever plays them closes', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    workspace = shop(Object.fromEntries(names.map(name => [name, GOOD])))
    const pool = new ScenarioPool({ entry: join(DIST, 'scenario.js'), size: 1 })
    let started = 0
    let whenClosed: number | undefined
    let closing: Promise<void> | undefined
    const close = async () => {
      await pool.dispose()
      whenClosed = started
    }
    await pool.run(
      names.map(name => ({ file: workspace.file(`${name}.scenario.yaml`) })),
      {},
      {
        started: () => {
          started++
          closing ??= close()
        }
      }
    )
    await closing
    assert.equal(started, whenClosed)
  })

  it('are not harmed by a page that loops for ever, ends the process or kills it', async () => {
    const presses = (page: string) => `given: {page: pages/${page}.html}\nsteps:\n  - open\n  - click: button\n`
    const two =
      'scenarios:\n  - name: first\n    given: {bot: shop}\n    steps: [open]\n  - name: loops\n    given: {page: pages/loops.html}\n    steps:\n      - click: button\n  - name: last\n    given: {bot: shop}\n    steps: [open, {event: hello}]\n    expect: {says: Hi}\n'
    workspace = shop({ a: GOOD, exits: presses('exits'), kills: presses('kills'), mixed: two, z: GOOD })
    const results = await played(workspace, ['a', 'exits', 'kills', 'mixed', 'z'], {}, 12_000)
    const told = results.map(({ name, outcome, range, failures: [failure] }) => [name, outcome, failure?.range?.line ?? range.line])
    assert.deepEqual(told, [
      ['a', 'passed', 1],
      ['exits', 'error', 4],
      ['kills', 'error', 4],
      ['first', 'passed', 2],
      ['loops', 'error', 8],
      ['last', 'passed', 9],
      ['z', 'passed', 1]
    ])
    assert.match(
      results[1]!.failures[0]!.message,
      /The process that played this scenario ended \(.*code 3.*\) in the step “click: "button"”/
    )
    assert.match(results[4]!.failures[0]!.message, /gave no sign of life for 12 s and was stopped in the step “click: "button"”/)
  })

  it('may take longer than the limit of silence, as long as their time moves', async () => {
    workspace = shop({ slow: 'given: {page: pages/slow.html}\nsteps:\n  - advance: 65s\n  - expectSilence\n' })
    // A fifth of a second of real time for each second of the clock: 13 s in one step.
    workspace.write(
      'pages/slow.html',
      `<script>
        const sleep = new Int32Array(new SharedArrayBuffer(4))
        setInterval(() => Atomics.wait(sleep, 0, 0, 200), 1000)
      </script>`
    )
    const [slow] = await played(workspace, ['slow'], {}, 12_000)
    assert.deepEqual([slow!.outcome, slow!.failures.map(({ message }) => message)], ['passed', []])
    assert.ok(slow!.ms > 12_000)
  })

  it('begin with nothing left of the one before', async () => {
    const remember = 'given: {bot: shop}\nsteps: [open, {event: remember}]\nexpect: {state: {user.known: true}}\n'
    const forgotten = 'given: {bot: shop}\nsteps: [open]\nexpect: {state: {user.known: {absent: true}}, chat: {shows: []}}\n'
    workspace = shop({ a: remember, b: forgotten, c: remember, d: forgotten })
    const results = await played(workspace, ['a', 'b', 'c', 'd'])
    assert.deepEqual(
      results.flatMap(({ failures }) => failures.map(({ message }) => message)),
      []
    )
  })

  it('have the same trace with the same seed, byte for byte, and another with another', async () => {
    const random =
      'given: {bot: shop, page: pages/loops.html}\nsteps: [open, {event: random}, {say: hello}, {advance: 3min}, reload, open]\n'
    workspace = shop({ a: random })
    const [first] = await played(workspace, ['a'], { seed: 7 })
    const [again] = await played(workspace, ['a'], { seed: 7 })
    const [other] = await played(workspace, ['a'], { seed: 8 })
    assert.equal(first!.outcome, 'passed')
    assert.equal(first!.digest, again!.digest)
    assert.notEqual(first!.digest, other!.digest)
  })

  it('stop after the first failure with bail, and are skipped with a reason when they say so', async () => {
    workspace = shop({ a: BAD, b: GOOD, c: `skip: not yet\n${GOOD}` })
    const bailed = await played(workspace, ['a', 'b', 'c'], { bail: true })
    assert.ok(bailed.some(({ outcome }) => outcome === 'failed'))
    const all = await played(workspace, ['a', 'b', 'c'])
    assert.deepEqual(
      all.map(({ outcome, reason }) => [outcome, reason]),
      [
        ['failed', undefined],
        ['passed', undefined],
        ['skipped', 'not yet']
      ]
    )
  })

  it('write their golden trace on demand and are compared with it', async () => {
    workspace = shop({ a: `${GOOD}  `.replace('expect: {', 'expect: {trace: a.trace.txt, ') })
    const [missing] = await played(workspace, ['a'])
    assert.match(missing!.failures[0]!.message, /There is no trace a.trace.txt yet. Run with --update/)
    const [written] = await played(workspace, ['a'], { update: true })
    assert.deepEqual([written!.outcome, written!.written], ['passed', [workspace.file('a.trace.txt')]])
    const text = readFileSync(workspace.file('a.trace.txt'), 'utf8')
    assert.ok(text.includes('Hi') && !text.includes(workspace.root), text)
    assert.equal((await played(workspace, ['a']))[0]!.outcome, 'passed')
    workspace.write(
      `${HOOKS}/hello.js`,
      answering('hello', 'Hi there').replace('"Hi there"', '"Hi"').replace('replyToEvent', 'replyToEvent ')
    )
    workspace.write('a.trace.txt', text.replace('“Hi”', '“Ho”'))
    const [differs] = await played(workspace, ['a'])
    assert.match(differs!.failures[0]!.message, /The trace differs from a.trace.txt from line \d+ on: “.*“Hi”.*” instead of “.*“Ho”/)
  })
})

describe('proactive-hooks test', function () {
  this.timeout(120_000)
  let workspace: Made
  before(() => {
    workspace = shop({
      a: `tags: [fast]\nname: a & <b>\n${GOOD}`,
      b: BAD,
      c: GOOD,
      d: 'steps:\n  - opne\n',
      e: `skip: not yet\n${GOOD}`
    })
  })
  after(() => workspace.remove())
  const run = (...args: string[]) => {
    const env = { ...process.env, NO_COLOR: '1' }
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(DIST, 'cli.js'), 'test', ...args], {
      encoding: 'utf8',
      cwd: workspace.root,
      env
    })
    return { status, stdout, stderr }
  }

  it('shows beside an expectation about order or the trace only what was asked for', async () => {
    const base = 'given: {bot: shop}\nsteps: [open, {event: hello}, {event: other}]\n'
    const workspace = shop({
      ordered: `${base}expect:\n  order: [{event: other}, {says: Hi}]\n`,
      contained: `${base}expect:\n  contains: [{kind: hook-ended, name: hello.js, outcome: failed}]\n`
    })
    try {
      const [contained, ordered] = (await played(workspace, ['ordered', 'contained'])).map(({ failures }) => failures[0]!)
      assert.match(ordered!.message, /^Says Hi was expected after event other, but it happened before that/)
      assert.equal(ordered!.actual, 'event visit\nevent hello\nsays Hi\nevent other\nsays The flow speaks.')
      assert.equal(
        contained!.message,
        'The trace was expected to have an entry hook-ended with {"name":"hello.js","outcome":"failed"}, but the nearest of that kind has {"name":"hello.js","outcome":"completed"}.'
      )
      assert.equal(contained!.actual, '{\n  "name": "hello.js",\n  "outcome": "completed"\n}')
    } finally {
      workspace.remove()
    }
  })

  it('tells people, with the place, what was expected, what happened and why', () => {
    const { status, stdout } = run()
    assert.equal(status, 1)
    assert.match(stdout, /✓ a & <b>/)
    assert.match(stdout, /✗ b .*\n\s+The bot was expected to say “Hi”, but it said “The flow speaks\.”/)
    assert.match(stdout, /at b\.scenario\.yaml:4:9/)
    assert.match(stdout, /Why: /)
    assert.match(stdout, /✗ d\.scenario\.yaml:2:5\n\s+.*Did you mean “open”\?/)
    assert.match(stdout, /- e not yet/)
    assert.match(stdout, /2 passed, 1 failed, 1 skipped, one mistake in scenario files/)
  })

  it('exits with 0 when all is well, and 2 when there is nothing to play or the command is wrong', () => {
    assert.equal(run('a.scenario.yaml').status, 0)
    assert.equal(run('data').status, 2)
    assert.equal(run('nowhere').status, 2)
    assert.equal(run('--shard', '3/2').status, 2)
    assert.equal(run('--reporter', 'dots').status, 2)
    assert.equal(run('--grep', '(').status, 2)
    assert.equal(run('--tag', 'nosuch', 'a.scenario.yaml').status, 2)
  })

  it('plays what a name, a tag or a part asks for; parts add up to the whole', () => {
    const names = (...args: string[]) =>
      (JSON.parse(run('--reporter', 'json', ...args).stdout) as { results: { name: string }[] }).results.map(({ name }) => name)
    assert.deepEqual(names('--tag', 'fast'), ['a & <b>'])
    assert.deepEqual(names('--grep', '^c$'), ['c'])
    const parts = [1, 2, 3].flatMap(part => names('--shard', `${part}/3`))
    assert.deepEqual(parts.sort(), ['a & <b>', 'b', 'c', 'e'])
  })

  it('writes JUnit that an independent parser accepts', () => {
    assert.equal(run('--reporter', 'junit=out/results.xml', '--reporter', 'spec').status, 1)
    const xml = readFileSync(workspace.file('out/results.xml'), 'utf8')
    assert.equal(XMLValidator.validate(xml), true)
    const parser = new XMLParser({
      ignoreAttributes: false,
      isArray: name => name === 'testsuite' || name === 'testcase',
      parseAttributeValue: true
    })
    const { testsuites } = parser.parse(xml)
    assert.deepEqual([testsuites['@_tests'], testsuites['@_failures'], testsuites['@_errors'], testsuites['@_skipped']], [5, 1, 1, 1])
    const cases = testsuites.testsuite.flatMap((suite: { testcase: object[] }) => suite.testcase)
    const of = (name: string) => cases.find((one: Record<string, unknown>) => one['@_name'] === name)
    assert.ok(of('a & <b>'))
    assert.match(of('b').failure['@_message'], /The bot was expected to say “Hi”/)
    assert.equal(of('e').skipped['@_message'], 'not yet')
    assert.match(of('The file can be read').error['@_message'], /Did you mean “open”/)
  })

  it('writes TAP and annotations for GitHub', () => {
    const tap = run('--reporter', 'tap').stdout
    assert.match(
      tap,
      /^TAP version 14\nok 1 - a\.scenario\.yaml: a & <b>\nnot ok 2 - b\.scenario\.yaml: b\n {2}---\n {2}message: "The bot was expected/
    )
    assert.match(tap, /ok 5 - e\.scenario\.yaml: e # SKIP not yet\n1\.\.5\n$/)
    const github = run('--reporter', 'github').stdout
    assert.match(github, /::error file=b\.scenario\.yaml,line=4,col=9,title=b::The bot was expected to say “Hi”.*%0AWhy: /)
    assert.match(github, /::error file=d\.scenario\.yaml,line=2,col=5,title=Scenario file::/)
  })
})

describe('proactive-hooks test --watch', function () {
  this.timeout(120_000)

  it('plays again what a saved hook concerns, and says how it went, until it is stopped', async () => {
    const workspace = shop({ a: GOOD, b: 'given: {bot: shop}\nsteps: [open, {event: remember}]\nexpect: {ran: [remember.js]}\n' })
    const child = spawn(process.execPath, [join(DIST, 'cli.js'), 'test', '--watch'], {
      cwd: workspace.root,
      env: { ...process.env, NO_COLOR: '1' }
    })
    let out = ''
    const heard: (() => void)[] = []
    child.stdout.on('data', data => {
      out += data
      for (const look of heard) look()
    })
    const until = (pattern: RegExp) =>
      new Promise<void>((resolve, reject) => {
        const look = () => pattern.test(out) && resolve()
        heard.push(look)
        setTimeout(() => reject(new Error(`${pattern} did not come in 30 s: ${out}`)), 30_000).unref()
        look()
      })
    try {
      await until(/2 passed[\s\S]*Watching for changes/)
      out = ''
      workspace.write(`${HOOKS}/hello.js`, answering('hello', 'Good evening'))
      await until(/1 failed/)
      assert.match(out, /expected to say “Hi” and nothing else, but it said “Good evening”/)
      out = ''
      workspace.write(`${HOOKS}/hello.js`, answering('hello', 'Hi'))
      await until(/2 passed/)
      out = ''
      workspace.write('a.scenario.yaml', GOOD.replace('[Hi]', '[Ho]'))
      await until(/1 failed/)
      const ended = new Promise<number | null>(resolve => child.once('close', code => resolve(code)))
      child.kill('SIGINT')
      assert.equal(await ended, 1)
    } finally {
      child.kill('SIGKILL')
      workspace.remove()
    }
  })
})
