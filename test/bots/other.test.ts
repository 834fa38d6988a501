import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ALWAYS_SENT } from '../../src/botframework/activity.ts'
import { SAMPLES } from './install.ts'
import { type Played, playedAs } from './played.ts'
import { python } from './python.ts'

const SCRIPT = (body: string) => `require('http').createServer((req, res) => { ${body} }).listen(process.env.PORT)`

const PLAYED = new URL('played.ts', import.meta.url).href

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Bots without an SDK, in another language, and such as fail: each in a process of its own. */
describe('bots of any make', function () {
  this.timeout(60_000)
  let bot: Played
  let folder: string

  const scripted = (body: string, options: Parameters<typeof playedAs>[1] = {}) => {
    writeFileSync(join(folder, 'bot.cjs'), SCRIPT(body))
    return playedAs({ name: 'bot', start: { run: { script: 'bot.cjs' }, cwd: folder } }, { real: true, cold: true, ...options })
  }
  const open = () => bot.play.open([{ id: 'ann' }], 'talk-1')
  const answered = () => bot.entries('bot-answered').at(-1)!

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proactive-hooks-bot-'))
  })
  afterEach(async () => {
    await bot?.dispose()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  it('a few lines of Python chat and write by themselves (P2)', async () => {
    bot = await playedAs(
      { name: 'python', start: { run: `${python()} bot.py`, cwd: join(SAMPLES, 'python'), env: { NOTIFY_S: '0.3' } } },
      { real: true }
    )
    await bot.say('hello')
    await bot.until('activity-from-bot', ({ via }) => via === 'send')
    assert.deepEqual(bot.said(), ['You said hello', 'By the way: the price dropped.'])
    assert.deepEqual(
      bot.judged().map(({ judgement }) => judgement.rule),
      ['P4', 'P2']
    )
  })

  it('may answer with a list in which not everything is an activity (C12)', async () => {
    bot = await scripted(`res.end(JSON.stringify({ activities: [null, 'no', { type: 'message', text: 'yes' }] }))`)
    await open()
    await bot.play.say('talk-1', 'hello')
    assert.deepEqual(bot.said('talk-1').at(-1), 'yes')
    assert.equal(answered().outcome, 'done')
  })

  it('is always sent what the protocol demands, in every kind of activity (C2, C3)', async () => {
    bot = await scripted('res.end()')
    await open()
    const { channel } = bot.play
    await channel.say('talk-1', 'hello')
    await channel.send('talk-1', { type: 'event', name: 'page', value: 1 }, 'author')
    await channel.send('talk-1', { type: 'typing' })
    await channel.send('talk-1', { id: 'mine', type: 'messageReaction' })
    await channel.install('talk-1', 'add')
    await channel.addMembers('talk-1', [{ id: 'bob' }])
    await channel.removeMembers('talk-1', ['bob'])
    const sent = bot.entries('activity-to-bot').map(({ activity }) => activity as Record<string, unknown>)
    assert.equal(sent.length, 8)
    for (const activity of sent) {
      for (const field of ALWAYS_SENT) assert.ok(activity[field], `${activity.type} without ${field}`)
      assert.ok(
        (activity.from as { id: string }).id && (activity.recipient as { id: string }).id && (activity.conversation as { id: string }).id
      )
      assert.match(String(activity.serviceUrl), /[^/]$/)
    }
    assert.equal(new Set(sent.map(({ id }) => id)).size, sent.length)
  })

  for (const [status, says, todo] of [
    [401, /expects a signed token/, /MicrosoftAppId.*MICROSOFT_APP_ID.*clientId|clientId/],
    [404, /nothing takes posts at \/api\/messages/, /path of the endpoint/],
    [405, /nothing takes posts/, /path/],
    [400, /could not read the activity \(bad\)/, /timeline/],
    [500, /an exception ended its turn \(bad\)/, /output/],
    [502, /an exception/, /output/]
  ] as const) {
    it(`which answer ${status} get advice (C14)`, async () => {
      bot = await scripted(`res.statusCode = ${status}; res.end('bad')`)
      await open()
      const { outcome, says: told, todo: advice } = answered()
      assert.equal(outcome, 'refused')
      assert.match(told!, says)
      assert.match(advice!.join(' '), todo)
    })
  }

  it('which die in a turn get advice, their last words and the line', async () => {
    bot = await scripted("req.resume().on('end', () => { throw new Error('boom') })")
    await open()
    assert.equal(answered().outcome, 'closed')
    const stopped = await bot.until('bot-stopped')
    assert.deepEqual([stopped.reason, stopped.code], ['crash', 1])
    assert.match(stopped.output!, /boom/)
    assert.equal(stopped.place?.file, join(folder, 'bot.cjs'))
    await bot.play.channel.say('talk-1', 'still there?')
    assert.equal(answered().outcome, 'unreachable')
    assert.match(answered().says!, /not running/)
  })

  it('which hang are told of while they do, and answer late all the same', async () => {
    bot = await scripted('setTimeout(() => res.end(), 600)', { noticeMs: 100 })
    await open()
    await bot.until('bot-answered', ({ outcome }) => outcome === 'done')
    assert.deepEqual(
      bot.entries('bot-answered').map(({ outcome }) => outcome),
      ['hanging', 'done']
    )
    assert.match(bot.entries('bot-answered')[0]!.says!, /turn does not end/)
  })

  it('which hang for good are given up', async () => {
    bot = await scripted('', { noticeMs: 5000, limitMs: 200 })
    await open()
    assert.equal(answered().outcome, 'hanging')
  })

  it('end with the program that plays them, also where it did not stop them', async () => {
    writeFileSync(join(folder, 'bot.cjs'), SCRIPT('res.end()'))
    const player = `
      import { playedAs } from ${JSON.stringify(PLAYED)}
      const { play } = await playedAs({ name: 'bot', start: { run: { script: 'bot.cjs' }, cwd: ${JSON.stringify(folder)} } }, { cold: true })
      console.log(play.host.pid)
      process.exit()`
    const pid = Number(execFileSync(process.execPath, ['--input-type=module', '-e', player], { encoding: 'utf8' }))
    assert.ok(pid > 0)
    for (let tries = 0; isRunning(pid) && tries < 200; tries++) await new Promise(resolve => setTimeout(resolve, 20))
    assert.equal(isRunning(pid), false)
  })

  it('which do not listen say why (section of known breakages)', async () => {
    const start = playedAs({ name: 'bot', start: { run: 'node missing.js', cwd: folder } }, { real: true, cold: true, readyMs: 20_000 })
    await assert.rejects(start, /exited with code 1/)
    writeFileSync(join(folder, 'needs.cjs'), "require('botbuilder')")
    await assert.rejects(
      playedAs({ name: 'bot', start: { run: { script: 'needs.cjs' }, cwd: folder } }, { real: true, cold: true }),
      /packages are not installed.*npm install/
    )
  })

  it('start again when a file is saved, at the same address', async () => {
    bot = await scripted('res.end()', { watch: true })
    const before = bot.play.host.endpoint
    writeFileSync(join(folder, 'bot.cjs'), SCRIPT("res.statusCode = 418; res.end('new')"))
    await bot.until('bot-started', ({ why }) => why === 'saved')
    assert.equal(bot.play.host.endpoint, before)
    await open()
    assert.equal(answered().status, 418)
  })

  it('do not start again for what they store in a file of their own', async () => {
    const store = "require('node:fs').writeFileSync('store.json', String(Math.random())); res.end()"
    bot = await scripted(store, { watch: true })
    await open()
    writeFileSync(join(folder, 'bot.cjs'), SCRIPT('res.end()'))
    const again = await bot.until('bot-started', ({ why }) => why === 'saved')
    assert.deepEqual(
      bot
        .entries('bot-started')
        .map(({ seq }) => seq)
        .slice(1),
      [again.seq]
    )
  })

  it('see no account, whatever the environment holds (C17)', async () => {
    process.env.MicrosoftAppId = 'somebody'
    try {
      bot = await scripted(
        "res.statusCode = process.env.MicrosoftAppId === '' && !process.env.NODE_OPTIONS?.includes('inspect') ? 200 : 401; res.end()"
      )
    } finally {
      delete process.env.MicrosoftAppId
    }
    await open()
    assert.equal(answered().status, 200)
  })

  it('keep the address of their connector from one time to the next (C9)', async () => {
    const addressFile = join(folder, 'state', 'connector.json')
    bot = await scripted('res.end()', { addressFile })
    const { serviceUrl } = bot.play.connector
    await bot.dispose()
    bot = await scripted('res.end()', { addressFile })
    assert.deepEqual([bot.play.connector.serviceUrl, bot.play.moved], [serviceUrl, false])
  })

  it('call only this computer', async () => {
    bot = await scripted('res.end()')
    const ended = await bot.play.channel.trigger('http://example.com/')
    assert.match(ended.reason!, /not on this computer/)
  })
})
