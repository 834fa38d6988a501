import assert from 'node:assert/strict'
import { collisionsOf, stackStepsOf } from '../../src/trace/bots/reading.ts'
import { type Played, played } from './played.ts'

/** The sample agent on the real Microsoft 365 Agents SDK. */
describe('bots on the Microsoft 365 Agents SDK', function () {
  this.timeout(240_000)
  let bot: Played
  afterEach(() => bot?.dispose())

  it('notifies later, from outside, and opens a conversation', async () => {
    bot = await played('agents', 'subscribe.js')
    await bot.say('hello')
    await bot.say('subscribe')
    await bot.advance(2000)
    await bot.play.settled(bot.play.channel.trigger('/api/notify', 'POST', { text: 'The price dropped.' }))
    await bot.say('meet me elsewhere')
    assert.deepEqual(
      bot.proactive().map(({ entry, judgement }) => [(entry.activity as { text: string }).text, judgement.rule]),
      [
        ['You have been notified', 'P5'],
        ['The price dropped.', 'P5'],
        ['Here we are among ourselves.', 'P1']
      ]
    )
    assert.equal(bot.play.sdk, 'agents')
  })

  it('shows its dialogs, which are a package of their own: a booking that news interrupt is gone on with', async () => {
    bot = await played('agents-dialogs', 'travel.js')
    await bot.say('hello')
    await bot.play.settled(bot.play.channel.trigger('/api/price-drop', 'POST', {}))
    const [step] = stackStepsOf(bot.trace.entries)
    assert.deepEqual([step!.before, step!.after, step!.change], [['book', 'text'], ['book', 'text', 'hotel', 'text'], 'pushed'])
    await bot.say('yes')
    await bot.say('paris')
    assert.deepEqual(bot.said().slice(2), ['The room is reserved.', 'Where do you want to go?', 'Booked: paris.'])
    assert.equal(collisionsOf(bot.trace.entries)[0]!.kind, 'kept')
  })

  it('gives up at a 429 (F2)', async () => {
    bot = await played('agents', 'subscribe.js')
    await bot.say('subscribe')
    bot.play.connector.limits.stage([{ calls: 1, answer: 429, only: 'proactive' }])
    await bot.advance(60_000)
    const texts = bot.proactive().map(({ entry }) => (entry.activity as { text: string }).text)
    assert.ok(!texts.includes('You have been notified'), texts.join())
    assert.equal(bot.entries('connector-call').filter(({ status }) => status === 429).length, 1)
  })
})
