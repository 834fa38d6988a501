import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Activity, ChannelAccount } from '../../src/botframework/activity.ts'
import { CHANNEL_IDS, type ChannelId, PRESETS } from '../../src/botframework/presets.ts'
import { type Played, playedAs } from './played.ts'

/** A bot that takes everything, answers messages, and writes eight times or opens a conversation when it is told so from outside. */
const BOT = `
let last
const call = (path, body) => fetch(last.serviceUrl + '/v3/conversations' + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
require('node:http').createServer((req, res) => {
  let text = ''
  req.on('data', data => (text += data)).on('end', async () => {
    const statuses = []
    if (req.method === 'POST') last = JSON.parse(text)
    else if (req.url === '/open') statuses.push((await call('', { bot: last.recipient, members: [{ id: 'stranger' }] })).status)
    else if (req.url === '/open-here') statuses.push((await call('', { bot: last.recipient, members: [last.from] })).status)
    else for (let n = 0; n < 8; n++) statuses.push((await call('/' + last.conversation.id + '/activities', { type: 'message', text: 'News' })).status)
    res.end(JSON.stringify(statuses))
  })
}).listen(process.env.PORT)
`

interface Ways {
  /** Who joins, in each update that the bot is sent, when somebody comes and then writes. */
  joins: string[][]
  /** What the bot is answered to eight messages at once, to a conversation with who it knows, and to one with a stranger. */
  news: number[]
  known: number
  stranger: number
}

const eight = Array<number>(8).fill(200)
const WAYS: Record<ChannelId, Ways> = {
  emulator: { joins: [['bot', 'ann']], news: eight, known: 201, stranger: 201 },
  webchat: { joins: [['bot'], ['ann']], news: eight, known: 405, stranger: 405 },
  directline: { joins: [['bot'], ['ann']], news: eight, known: 405, stranger: 405 },
  msteams: { joins: [['bot'], ['ann']], news: [...eight.slice(1), 429], known: 201, stranger: 403 }
}

describe('channels differ in how bots learn of people, in quotas, and in whom bots may write to (C10, Q1, Q3, R11)', function () {
  this.timeout(60_000)
  let folder: string
  let bot: Played

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'proactive-hooks-presets-'))
    writeFileSync(join(folder, 'bot.cjs'), BOT)
  })
  afterEach(async () => {
    await bot?.dispose()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  for (const id of CHANNEL_IDS) {
    it(id, async () => {
      const spec = { name: 'bot', start: { run: { script: 'bot.cjs' }, cwd: folder } }
      bot = await playedAs(spec, { cold: true, preset: PRESETS[id] })
      const { play } = bot
      const told = () =>
        bot.entries('activity-to-bot').map(({ activity }) => {
          const { type, membersAdded } = activity as Activity & { membersAdded?: ChannelAccount[] }
          return membersAdded?.map(member => member.id) ?? type
        })
      const c = await play.open([{ id: 'ann' }])
      // On the web nobody is there until they write.
      const isLate = id === 'webchat' || id === 'directline'
      assert.deepEqual(told(), isLate ? [['bot']] : WAYS[id].joins)
      await play.say(c, 'hello')
      assert.deepEqual(told(), [...WAYS[id].joins, 'message'])
      assert.equal(bot.entries('activity-to-bot').at(-1)!.channelId, id)

      const asked = async (path: string) => (await play.channel.trigger(path)).body as number[]
      const [known] = await asked('/open-here')
      const [stranger] = await asked('/open')
      assert.deepEqual([known, stranger], [WAYS[id].known, WAYS[id].stranger])
      // The quota counts what was let through before.
      play.setPreset(PRESETS[id])
      assert.deepEqual(await asked('/news'), WAYS[id].news)
    })
  }
})
