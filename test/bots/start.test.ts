import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isTaken } from '../../src/host/bots/ports.ts'
import { type Played, PROBE, playedAs } from './played.ts'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** Listens at once, and gives its event loop no turn for a while, as a bot that loads large packages. */
const BUSY = `require('http').createServer((req, res) => res.end()).listen(process.env.PORT)
setTimeout(() => console.log('a minute has passed'), 60_000)
const until = process.hrtime.bigint() + 1_500_000_000n
while (process.hrtime.bigint() < until);`

/** Its port is held by a process of its own, which outlives the bot by half a second. */
const HELD = `const holder = 'require("http").createServer((q, r) => r.end()).listen(process.env.PORT); const bot = process.ppid; setInterval(() => process.ppid === bot || setTimeout(process.exit, 500), 20)'
require('child_process').spawn(process.execPath, ['-e', holder], { detached: true, stdio: 'ignore', env: { ...process.env, NODE_OPTIONS: '' } })
setInterval(() => {}, 1000)`

describe('starting a bot', function () {
  this.timeout(60_000)
  let bot: Played | undefined
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proactive-hooks-bot-'))
  })
  afterEach(async () => {
    await bot?.dispose()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  it('ends when its timers can be moved: no time passes without a bot that listens but is busy yet', async () => {
    writeFileSync(join(folder, 'bot.cjs'), BUSY)
    bot = await playedAs({ name: 'busy', start: { run: { script: 'bot.cjs' }, cwd: folder } }, { cold: true })
    await bot.advance(60_000)
    await bot.until('bot-output', ({ text }) => text === 'a minute has passed')
    await bot.play.host.restart()
    await bot.advance(60_000)
    await bot.until('bot-output', ({ text, at }) => text === 'a minute has passed' && at >= bot!.clock.now())
  })
  const itWhereOrphansAreSeen = process.platform === 'win32' ? () => {} : it
  itWhereOrphansAreSeen('again waits until the process before has left its port', async () => {
    writeFileSync(join(folder, 'bot.cjs'), HELD)
    const spec = { name: 'held', start: { run: { script: 'bot.cjs' }, cwd: folder } }
    bot = await playedAs(spec, { cold: true, real: true, probe: undefined })
    await bot.play.host.restart()
    assert.equal(bot.play.host.status.status, 'ready')
  })

  it('asked for several times at once, because files are saved while the author asks, starts it once more for all of them', async () => {
    writeFileSync(join(folder, 'bot.cjs'), 'require("http").createServer((req, res) => res.end()).listen(process.env.PORT)')
    bot = await playedAs({ name: 'plain', start: { run: { script: 'bot.cjs' }, cwd: folder } }, { cold: true, real: true })
    const { host } = bot.play
    await Promise.all([host.restart('saved'), host.restart(), host.restart('saved'), host.start()])
    assert.equal(host.status.status, 'ready')
    assert.equal(bot.entries('bot-started').length, 2)
    await host.stop()
    await Promise.all([host.start(), host.start()])
    assert.equal(host.status.status, 'ready')
    assert.equal(bot.entries('bot-started').length, 3)
  })

  it('and ending it waits neither for one that hangs nor for what it started and left behind', async () => {
    const left = `require('child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20_000)'], { detached: true, stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: '' } })`
    const hangs = `require('http').createServer(() => { console.log('hangs'); while (true); }).listen(process.env.PORT)`
    for (const program of [hangs, `${left}\nrequire('http').createServer((q, r) => r.end()).listen(process.env.PORT)`]) {
      writeFileSync(join(folder, 'bot.cjs'), program)
      bot = await playedAs({ name: 'left', start: { run: { script: 'bot.cjs' }, cwd: folder } }, { cold: true, real: true })
      const { host, channel } = bot.play
      void channel.trigger('/').catch(() => {})
      if (program === hangs) await bot.until('bot-output', ({ text }) => text === 'hangs')
      const began = performance.now()
      await host.stop()
      assert.ok(performance.now() - began < 10_000, 'Its probe has 15 s to answer, what it left behind lives for 20 s.')
      assert.equal(host.status.status, 'stopped')
      await bot.dispose()
    }
  })

  it('that is asked for as the simulator closes starts nothing any more', async () => {
    writeFileSync(join(folder, 'bot.cjs'), 'require("http").createServer((req, res) => res.end()).listen(process.env.PORT)')
    bot = await playedAs({ name: 'late', start: { run: { script: 'bot.cjs' }, cwd: folder } }, { cold: true, real: true })
    const { host } = bot.play
    const disposed = host.dispose()
    await assert.rejects(host.start(), /shut down|stopped/)
    await disposed
    assert.equal(host.pid, undefined)
  })

  it('leaves it a way out when the simulator dies: it tidies up, and ends', async () => {
    const program = `process.on('SIGTERM', () => (require('fs').writeFileSync('tidy', ''), process.exit(0)))
      require('http').createServer((req, res) => res.end()).listen(process.env.PORT)`
    writeFileSync(join(folder, 'bot.cjs'), program)
    writeFileSync(
      join(folder, 'simulator.mts'),
      `import { BotPlay } from ${JSON.stringify(pathToFileURL(join(ROOT, 'src/host/bots/bot-play.ts')).href)}
      import { TraceLog } from ${JSON.stringify(pathToFileURL(join(ROOT, 'src/trace/log.ts')).href)}
      const spec = { name: 'left', start: { run: { script: 'bot.cjs' }, cwd: import.meta.dirname } }
      const play = await BotPlay.open({ spec, trace: new TraceLog(), probe: ${JSON.stringify(PROBE)}, watch: false })
      await play.host.start()
      console.log(play.host.endpoint)
      process.kill(process.pid, 'SIGKILL')`
    )
    const simulator = spawnSync(process.execPath, ['simulator.mts'], { cwd: folder, encoding: 'utf8' })
    assert.ok(URL.canParse(simulator.stdout), simulator.stderr)
    while (await isTaken(Number(new URL(simulator.stdout).port))) await new Promise(resolve => setTimeout(resolve, 50))
    if (process.platform !== 'win32') assert.ok(existsSync(join(folder, 'tidy')))
  })
})
