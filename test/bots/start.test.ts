import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Played, playedAs } from './played.ts'

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
})
