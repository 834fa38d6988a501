import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Played, playedAs } from './played.ts'

/** Listens at once, and gives its event loop no turn for a while, as a bot that loads large packages. */
const BUSY = `require('http').createServer((req, res) => res.end()).listen(process.env.PORT)
setTimeout(() => console.log('a minute has passed'), 60_000)
const until = process.hrtime.bigint() + 1_500_000_000n
while (process.hrtime.bigint() < until);`

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
})
