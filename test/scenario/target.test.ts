import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ScenarioResult } from '../../src/protocol/scenario.ts'
import { readScenarioFile } from '../../src/scenario/file/read.ts'
import { playAgainst } from '../../src/scenario/target/play-against.ts'
import { serve } from './converse-server.ts'
import { answering, HOOKS, type Made, made } from './workspace.ts'

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

describe('Scenarios against a server of somebody else', function () {
  this.timeout(30_000)
  let workspace: Made
  let server: Awaited<ReturnType<typeof serve>>
  before(async () => {
    workspace = made({ [`${HOOKS}/hello.js`]: answering('hello', 'Hi') })
    server = await serve(workspace.root)
  })
  after(async () => {
    await server.close()
    workspace.remove()
  })
  const played = async (text: string, url = server.url) => {
    const { plans, problems } = readScenarioFile(workspace.file('a.scenario.yaml'), text)
    assert.deepEqual(problems, [])
    return playAgainst(plans[0]!, { url, seed: 1 })
  }

  it('are told what visitors write and what pages send, and compare what is answered', async () => {
    const good = await played(
      'given: {bot: shop}\nsteps: [open, {event: hello}, {expect: {saysOnly: [Hi]}}, {say: good morning}]\nexpect: {says: [Hi, The flow speaks.]}\n'
    )
    assert.deepEqual([good.outcome, good.failures], ['passed', []])
    const bad = await played('given: {bot: shop}\nsteps:\n  - event: hello\n  - expect:\n      says: Hello\n')
    assert.equal(bad.outcome, 'failed')
    assert.match(bad.failures[0]!.message, /The bot was expected to say “Hello”, but it said “Hi”/)
    assert.equal(bad.failures[0]!.range!.line, 5)
  })

  it('are skipped with a reason when something in them cannot be arranged or seen there', async () => {
    const reasons: [string, RegExp][] = [
      ['steps: [{advance: 3s}]', /“advance” cannot be done to a server of somebody else/],
      ['given: {faults: [{hook: hello.js, what: throw}]}\nsteps: [open]', /given, faults: this cannot be arranged/],
      ['given: {visitor: {state: {user: {a: 1}}}}\nsteps: [open]', /What the bot remembers of a visitor cannot be written/],
      ['steps: [open]\nexpect: {state: {user.a: 1}, says: x}', /expect, state: this cannot be seen from outside/]
    ]
    for (const [text, reason] of reasons) {
      const result = await played(text)
      assert.equal(result.outcome, 'skipped', text)
      assert.match(result.reason!, reason)
    }
  })

  it('end with an error in words when the server cannot be asked, refuses, or is something else', async () => {
    const text = 'given: {bot: shop}\nsteps: [{say: hello}]\n'
    const nobody = await played(text, 'http://127.0.0.1:9/')
    assert.match(nobody.failures[0]!.message, /The server at http:\/\/127\.0\.0\.1:9\/ could not be asked/)
    const other = await played(text, server.url.replace('bots-of-us/', ''))
    assert.match(other.failures[0]!.message, /answered 404 for the bot “shop”/)
  })

  it('are of the playbook those that need neither a page nor a clock; the others say why they are skipped', async () => {
    const root = fileURLToPath(new URL('../../samples/playbook', import.meta.url))
    const playbook = await serve(root)
    try {
      const { code, stdout } = await cli(['test', '--target', playbook.url, '--reporter', 'json'], root)
      const { passed, failed, skipped, problems, results } = JSON.parse(stdout) as {
        [K in 'passed' | 'failed' | 'skipped']: number
      } & { problems: unknown[]; results: ScenarioResult[] }
      const bad = results.filter(({ outcome }) => outcome === 'failed' || outcome === 'error')
      assert.deepEqual([code, failed, problems, bad], [0, 0, [], []])
      assert.equal(passed + skipped, results.length)
      const names = results.filter(({ outcome }) => outcome === 'passed').map(({ name }) => name)
      assert.deepEqual(names.toSorted(), [
        'At most one nudge in a day and a limit of zero means “never”',
        'At most one nudge in a day and a limit of zero means “no limit”'
      ])
      const REASON = /^(given, .*: this cannot be arranged|“\w+” cannot be done|expect, .*: this cannot be seen|What the bot remembers)/
      for (const { outcome, name, reason } of results) if (outcome === 'skipped') assert.match(reason ?? '', REASON, name)
    } finally {
      await playbook.close()
    }
  })
})

/** The command line, while the server that it asks runs here. */
async function cli(args: string[], cwd: string): Promise<{ code: number; stdout: string }> {
  const child = spawn(process.execPath, [CLI, ...args], { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  const [code] = (await once(child, 'close')) as [number]
  return { code, stdout: Buffer.concat(chunks).toString() }
}
