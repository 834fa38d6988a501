import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CLI = join(dirname(fileURLToPath(import.meta.url)), '../../dist/cli.js')

/** The built command line as a user runs it; `stdin` is empty. */
function cli(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], { encoding: 'utf8', input: '', timeout: 60_000 })
  return { status, stdout, stderr }
}

const FLOW = {
  version: '0.0.1',
  startNode: 'entry',
  nodes: [{ id: 'entry', name: 'entry', onEnter: ['say #builtin_text {"text":"Hello from the flow"}'], onReceive: [], next: [] }]
}

/** A Botpress folder with the bot `shop` and one hook. */
function workspace(hook: string): { folder: string; hook: string } {
  const folder = mkdtempSync(join(tmpdir(), 'proactive-hooks-cli-'))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
    return join(folder, path)
  }
  write('data/bots/shop/bot.config.json', JSON.stringify({ id: 'shop', languages: ['en'], defaultLanguage: 'en' }))
  for (const flow of ['main', 'error']) {
    write(`data/bots/shop/flows/${flow}.flow.json`, JSON.stringify(FLOW))
    write(`data/bots/shop/flows/${flow}.ui.json`, '{"nodes":[],"links":[]}')
  }
  return { folder, hook: write('data/global/hooks/before_incoming_middleware/10_greet.js', hook) }
}

const GREET = `if (event.type === 'proactive-trigger') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: 'Hi ' + event.payload.name }], event.id)
}
`

describe('The command line', function () {
  this.timeout(90_000)
  const made: string[] = []
  const given = (hook: string) => {
    const at = workspace(hook)
    made.push(at.folder)
    return at
  }
  after(() => {
    for (const folder of made) rmSync(folder, { recursive: true, force: true })
  })

  describe('as a whole', () => {
    it('lists its commands, and exits with 2 when none is named', () => {
      assert.equal(cli('--help').status, 0)
      assert.match(cli('--help').stdout, /check .*\n\s+run .*\n\s+test .*\n\s+simulate .*\n\s+lsp /)
      assert.equal(cli().status, 2)
    })

    it('explains each command', () => {
      for (const name of ['check', 'run', 'simulate', 'lsp'])
        assert.match(cli(name, '--help').stdout, new RegExp(`^Usage: proactive-hooks ${name} `))
    })

    it('ends without a word when whoever reads its output has read enough', async () => {
      const { folder } = given(GREET)
      const child = spawn(process.execPath, [CLI, 'check', folder, '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
      let said = ''
      child.stderr.on('data', text => {
        said += text
      })
      child.stdout.destroy()
      await once(child, 'close')
      assert.equal(said, '')
    })

    const misuses: [string, string[], RegExp][] = [
      ['an unknown command', ['chek'], /no command 'chek'/],
      ['the name of something every object has', ['constructor'], /no command 'constructor'/],
      ['an unknown option', ['check', '--jsn'], /--jsn/],
      ['a folder that is not there', ['check', '/no/such/folder'], /no folder .*such.folder/],
      ['two folders', ['check', '.', '..'], /Only one folder/],
      ['run without a bot', ['run', '.', '--event', '{"type":"x"}'], /--bot ID/],
      ['run without an event', ['run', '.', '--bot', 'shop'], /nothing to send/],
      ['an event that is not JSON', ['run', '.', '--bot', 'shop', '--event', '{type'], /--event is not JSON/],
      ['an event without a type', ['run', '.', '--bot', 'shop', '--event', '{"payload":{}}'], /not an event: type/],
      ['a port that is no number', ['simulate', '.', '--port', 'web'], /--port takes a whole number/],
      ['a network mode that does not exist', ['simulate', '.', '--network', 'some'], /--network is one of loopback, allow, refuse/],
      ['a release that is none', ['simulate', '.', '--botpress-version', '13'], /--botpress-version is a release/],
      ['a page that is not there', ['simulate', '.', '--page', 'nope.html'], /no page nope.html/],
      ['a page of another machine', ['simulate', '.', '--page', 'https://example.test/'], /no web server of this machine/],
      ['lsp without a way to speak', ['lsp'], /--stdio/]
    ]
    for (const [what, args, sentence] of misuses) {
      it(`exits with 2 on ${what}`, () => {
        const { status, stderr } = cli(...args)
        assert.match(stderr, sentence)
        assert.equal(status, 2)
      })
    }
  })

  describe('check', () => {
    it('prints an array of findings with LSP positions and exits with 1 on an error (BPH001)', () => {
      const { folder, hook } = given("if (event.type === 'visit') {\n  await bp.events.replyToEvent(event, [])\n}\n")
      const { status, stdout } = cli('check', folder, '--json')
      const findings = JSON.parse(stdout) as { file: string; code: string; severity: string; source: string; range: unknown }[]
      const error = findings.find(finding => finding.severity === 'error')
      assert.equal(error?.file, hook)
      assert.equal(error?.code, 'BPH001')
      assert.equal(error?.source, 'proactive-hooks')
      assert.deepEqual(error?.range, { start: { line: 1, character: 2 }, end: { line: 1, character: 7 } })
      assert.equal(status, 1)
    })

    it('exits with 0 on a folder without errors', () => {
      const { folder } = given(GREET)
      const { status, stdout } = cli('check', folder, '--json')
      assert.deepEqual(
        (JSON.parse(stdout) as { severity: string }[]).filter(finding => finding.severity === 'error'),
        []
      )
      assert.equal(status, 0)
    })

    it('names file, line and column for people', () => {
      const { folder } = given('const x = ;\n')
      const { status, stdout } = cli('check', folder)
      assert.match(stdout, /10_greet\.js:1:11 error TS1109 /)
      assert.match(stdout, /1 error, /)
      assert.equal(status, 1)
    })

    it('applies the safe fixes, says so, and reports what is left', () => {
      const { folder, hook } = given(`if (event.type === 'visit') {\n  event.setFlag('SKIP_DIALOG_ENGINE', true)\n}\n`)
      assert.match(cli('check', folder, '--json').stdout, /BPH010/)
      const { status, stdout, stderr } = cli('check', folder, '--fix', '--json')
      assert.match(stderr, /10_greet\.js: 1 fix applied/)
      assert.doesNotMatch(stdout, /BPH010/)
      assert.match(readFileSync(hook, 'utf8'), /event\.setFlag\(bp\.IO\.WellKnownFlags\.SKIP_DIALOG_ENGINE, true\)/)
      assert.equal(status, 0)
    })

    it('prints a SARIF log with the rule, the level and the place', () => {
      const { folder } = given('await 1\n')
      const { status, stdout } = cli('check', folder, '--sarif')
      const log = JSON.parse(stdout)
      assert.equal(log.version, '2.1.0')
      const result = log.runs[0].results.find((one: { ruleId: string }) => one.ruleId === 'BPH001')
      assert.equal(result.level, 'error')
      assert.equal(result.locations[0].physicalLocation.region.startLine, 1)
      assert.equal(status, 1)
    })
  })

  describe('run', () => {
    it('prints the trace as JSON lines: the hook ran, set its flag and replied', () => {
      const { folder } = given(GREET)
      const { status, stdout, stderr } = cli(
        'run',
        folder,
        '--bot',
        'shop',
        '--event',
        '{"type":"proactive-trigger","payload":{"name":"Ann"}}',
        '--json'
      )
      const entries = stdout
        .trim()
        .split('\n')
        .map(line => JSON.parse(line) as { kind: string; [key: string]: unknown })
      assert.equal(stderr, '')
      assert.equal(entries.find(entry => entry.kind === 'flag-set')?.flag, 'SKIP_DIALOG_ENGINE')
      assert.deepEqual(
        entries.filter(entry => entry.kind === 'event-received' && entry.direction === 'outgoing').map(entry => entry.payload),
        [{ type: 'text', text: 'Hi Ann' }]
      )
      assert.equal(
        entries.some(entry => entry.kind === 'dialog-entered'),
        false
      )
      assert.equal(status, 0)
    })

    it('sends the events of a file, one a line, and tells their story', () => {
      const { folder } = given(GREET)
      const file = join(folder, 'events.jsonl')
      writeFileSync(
        file,
        '{"type":"proactive-trigger","payload":{"name":"Ann"}}\n{"type":"text","payload":{"type":"text","text":"hello"}}\n'
      )
      const { status, stdout } = cli('run', folder, '--bot', 'shop', '--events', file)
      assert.match(stdout, /proactive-trigger/)
      assert.match(stdout, /Hello from the flow/)
      assert.equal(status, 0)
    })

    it('keeps state between runs where it is told to', () => {
      const { folder } = given(
        'event.state.user.seen = (event.state.user.seen || 0) + 1\nevent.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)\n'
      )
      const run = () =>
        cli('run', folder, '--bot', 'shop', '--state', join(folder, 'state'), '--event', '{"type":"visit"}', '--json').stdout
      assert.match(run(), /"path":"state.user.seen","after":1/)
      assert.match(run(), /"path":"state.user.seen","before":1,"after":2/)
    })

    it('lets hooks call no host but this computer, unless --network says otherwise', () => {
      const { folder } = given("return require('axios').get('http://shop.invalid/').catch(() => {})\n")
      const outcome = (...more: string[]) => {
        const { stdout } = cli('run', folder, '--bot', 'shop', '--event', '{"type":"visit"}', '--json', ...more)
        const entries = stdout
          .trim()
          .split('\n')
          .map(line => JSON.parse(line) as { kind: string; outcome?: string; url?: string })
        return entries.filter(entry => entry.kind === 'network').map(entry => `${entry.outcome} ${entry.url}`)
      }
      assert.deepEqual(outcome(), ['refused http://shop.invalid/'])
      // It gets as far as asking for a name that cannot exist.
      assert.deepEqual(outcome('--network', 'allow'), ['failed http://shop.invalid/'])
      const { status, stderr } = cli('run', folder, '--bot', 'shop', '--event', '{"type":"visit"}', '--network', 'some')
      assert.match(stderr, /--network is one of loopback, allow, refuse, not 'some'/)
      assert.equal(status, 2)
    })

    it('answers calls from a file: network-fixtures.json of the folder, or the one that --fixtures names', () => {
      const { folder } = given(
        "return require('axios').get('http://shop.invalid/').then(r => bp.logger.info(r.data), e => bp.logger.info(e.code))\n"
      )
      const answer = (...more: string[]) => cli('run', folder, '--bot', 'shop', '--event', '{"type":"visit"}', ...more)
      const write = (name: string, body: string) =>
        writeFileSync(join(folder, name), JSON.stringify([{ url: 'http://shop.invalid/', body }]))
      write('network-fixtures.json', 'from the folder')
      write('other.json', 'from elsewhere')
      assert.match(answer('--network', 'refuse').stdout, /answered 200.*from the folder/s)
      assert.match(answer('--fixtures', join(folder, 'other.json')).stdout, /from elsewhere/)
      assert.match(answer('--fixtures', 'none.json').stderr, /There is no file none\.json/)
    })

    it('shows the behaviour of the release that --botpress-version names', () => {
      const { folder } = given('bp.logger.info(event.target + " " + typeof bp.messaging)\n')
      const said = (...more: string[]) => cli('run', folder, '--bot', 'shop', '--event', '{"type":"x"}', ...more).stdout
      assert.match(said('--botpress-version', '12.22.0'), /visitor-of-the-command undefined/)
      assert.match(said(), /[0-9a-f-]{36} object/)
    })

    it('names the bots there are when the one asked for is not among them', () => {
      const { folder } = given(GREET)
      const { status, stderr } = cli('run', folder, '--bot', 'shopp', '--event', '{"type":"x"}')
      assert.match(stderr, /no bot 'shopp'.*There are: shop/s)
      assert.equal(status, 2)
    })
  })
})
