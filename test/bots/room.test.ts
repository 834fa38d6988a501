import assert from 'node:assert/strict'
import { BotRoom } from '../../src/host/bots/bot-room.ts'
import { findBots } from '../../src/host/bots/find-bots.ts'
import { TraceLog } from '../../src/trace/log.ts'
import { folderWith } from '../host/fixture.ts'
import { type BotFolder, botFolder } from './bot-folder.ts'
import { until } from './played.ts'

/** A bot that asks for the token when it is told that there is one, and writes three times when it is told to from outside. */
const BOT = `
let last
const post = text => fetch(last.serviceUrl + '/v3/conversations/' + last.conversation.id + '/activities', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ type: 'message', text }) })
require('node:http').createServer((req, res) => {
  let text = ''
  req.on('data', data => (text += data)).on('end', async () => {
    if (req.method === 'GET') {
      const statuses = []
      for (let n = 0; n < 3; n++) statuses.push((await post('News')).status)
      return res.end(JSON.stringify(statuses))
    }
    last = JSON.parse(text)
    if (last.name === 'tokens/response') {
      const query = new URLSearchParams({ userId: last.from.id, connectionName: last.value.connectionName })
      const { token } = await (await fetch(last.serviceUrl + '/api/usertoken/GetToken?' + query)).json()
      await post(token + ' ' + last.value.token)
    }
    res.end()
  })
}).listen(process.env.PORT)
`

describe('what the chat’s page asks of a bot’s channel', function () {
  this.timeout(60_000)
  const page = 'bot:bot'
  const trace = new TraceLog()
  let folder: BotFolder
  let room: BotRoom
  let thread: string

  before(async () => {
    folder = botFolder(BOT)
    room = new BotRoom({ folder: folder.path, trace, now: Date.now })
    room.pages()
    await room.enter(page, 'ann')
    thread = (await room.state(page, 'ann')).threads[0]!.id
  })
  after(async () => {
    await room.dispose()
    folder.remove()
  })

  it('a token that is handed out reaches the bot as an event, and when it asks (T3)', async () => {
    await room.do(page, 'ann', { do: 'token', thread, connectionName: 'git', token: 'secret' })
    const { activity } = await until(trace, 'activity-from-bot', () => true)
    assert.equal((activity as { text: string }).text, 'secret secret')
  })

  it('a quota of the author’s own takes the place of the channel’s, until the channel is chosen again (Q3)', async () => {
    const hour = 3_600_000
    const statuses = async () => {
      const before = trace.entries.length
      await room.do(page, 'ann', { do: 'trigger', method: 'GET', url: '/' })
      return (await until(trace, 'bot-trigger-ended', ({ seq }) => seq > before)).body
    }
    await room.do(page, 'ann', { do: 'quota', quota: { calls: 2, perMs: hour } })
    assert.deepEqual((await room.state(page, 'ann')).channel.quota, { calls: 2, perMs: hour })
    assert.deepEqual(await statuses(), [200, 200, 429])
    await room.do(page, 'ann', { do: 'channel', id: 'msteams' })
    assert.deepEqual((await room.state(page, 'ann')).channel.quota, { calls: 7, perMs: 1000 })
    await room.do(page, 'ann', { do: 'quota' })
    assert.equal((await room.state(page, 'ann')).channel.quota, undefined)
    assert.deepEqual(await statuses(), [200, 200, 200])
  })

  it('what cannot be done is refused with a sentence', async () => {
    await assert.rejects(room.do(page, 'ann', { do: 'say', thread: 'nowhere', text: 'hi' }), /There is no conversation nowhere here/)
  })

  it('nobody starts a bot any more once the simulator closes', async () => {
    const other = new BotRoom({ folder: folder.path, trace: new TraceLog(), now: Date.now })
    other.pages()
    await other.dispose()
    await assert.rejects(other.enter(page, 'ann'), /closed/)
  })

  it('bots of the same name are told apart by their folders', () => {
    const manifest = JSON.stringify({ name: 'echo', main: 'my bot.js', dependencies: { botbuilder: '^4.23.0' } })
    const samples = folderWith({ 'a/package.json': manifest, 'a/my bot.js': '', 'b/c/package.json': manifest })
    const other = new BotRoom({ folder: samples.path, trace: new TraceLog(), now: Date.now })
    for (const _ of ['found', 'looked for again'])
      assert.deepEqual(
        other.pages().map(({ id }) => id),
        ['bot:echo', 'bot:echo in b/c']
      )
    assert.equal(findBots(samples.path)[0]!.command, 'node "my bot.js"')
    samples.remove()
  })
})
