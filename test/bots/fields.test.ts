import assert from 'node:assert/strict'
import type { Kind } from './install.ts'
import { type Played, played } from './played.ts'

/** Bots on each real SDK, and what makes them answer. */
const BOTS: [Kind, string, string][] = [
  ['v4', 'notify.js', 'today’s adapter of v4'],
  ['v4', 'subscribe.js', 'the former adapter of v4'],
  ['agents', 'subscribe.js', 'Agents'],
  ['v3', 'adhoc.js', 'v3']
]
/** Leaving these out kills or silences one or another of them (C2). An author may not do so, whatever they write into a form or a scenario. */
const FIELDS = ['type', 'conversation', 'serviceUrl', 'channelId', 'recipient', 'from', 'id'] as const

describe('bots are never sent an activity that lacks what they need (C2)', function () {
  this.timeout(240_000)
  let bot: Played
  afterEach(() => bot?.dispose())

  for (const [kind, script, name] of BOTS) {
    it(name, async () => {
      bot = await played(kind, script)
      for (const field of FIELDS) {
        const before = bot.said().length
        await bot.play.settled(bot.play.channel.send(bot.c, { type: 'message', text: 'hello', [field]: null }, 'author'))
        assert.ok(bot.said().length > before, `no reply without ${field}`)
      }
      assert.deepEqual(
        bot.entries('bot-answered').filter(({ outcome }) => outcome !== 'done' && outcome !== 'accepted'),
        []
      )
      assert.deepEqual(bot.entries('bot-stopped'), [])
    })
  }
})
