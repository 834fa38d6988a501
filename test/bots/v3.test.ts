import assert from 'node:assert/strict'
import { PRESETS } from '../../src/botframework/presets.ts'
import { collisionsOf, stackStepsOf } from '../../src/trace/bots/reading.ts'
import { type Played, played } from './played.ts'

/** Sample bots on the real botbuilder 3. */
describe('bots on the Bot Framework SDK v3', function () {
  this.timeout(240_000)
  let bot: Played
  afterEach(() => bot?.dispose())

  it('an ad hoc notice leaves the dialogs alone and is told from a reply (P6)', async () => {
    bot = await played('v3', 'adhoc.js')
    await bot.say('hello')
    await bot.play.settled(bot.play.channel.trigger('/api/notify'))
    assert.deepEqual(
      bot.judged().map(({ judgement }) => judgement.kind),
      ['reply', 'proactive']
    )
    assert.equal(bot.said()[1], 'Hello, this is a notification')
    assert.equal(stackStepsOf(bot.trace.entries)[0]!.change, 'unchanged')
  })

  it('the survey interrupts after five seconds, repeats itself, and ends with done', async () => {
    bot = await played('v3', 'survey.js')
    await bot.say('hello')
    await bot.advance(4000)
    assert.equal(bot.said().length, 2)
    await bot.advance(1500)
    await bot.say('what?')
    await bot.say('done')
    const [, , asked, again, great] = bot.said()
    assert.match(asked!, /^Hello, I'm the survey dialog/)
    assert.equal(again, asked)
    assert.equal(great, 'Great, back to the original conversation')
    assert.deepEqual(
      bot.proactive().map(({ entry }) => (entry.activity as { text: string }).text),
      [asked]
    )
    assert.deepEqual(stackStepsOf(bot.trace.entries)[0]!.after, ['survey'])
  })

  it('the survey’s own address starts it too', async () => {
    bot = await played('v3', 'survey.js', { env: { SURVEY_MS: '3600000' } })
    await bot.say('hello')
    await bot.play.settled(bot.play.channel.trigger('/api/CustomWebApi'))
    assert.match(bot.said()[2]!, /^Hello, I'm the survey dialog/)
  })

  it('bot.beginDialog replaces what was running, and the booking is lost', async () => {
    bot = await played('v3', 'booking.js')
    await bot.say('hi')
    await bot.play.settled(bot.play.channel.trigger('/api/survey'))
    await bot.say('done')
    await bot.say('paris')
    const [step] = stackStepsOf(bot.trace.entries)
    assert.deepEqual([step!.before, step!.after, step!.change], [['/', 'booking', 'BotBuilder:prompt-text'], ['survey'], 'replaced'])
    assert.deepEqual(bot.said().slice(2), ['Great, back to the original conversation', 'Where do you want to go?'])
    assert.equal(collisionsOf(bot.trace.entries)[0]!.kind, 'lost')
  })

  it('a survey pushed by loadSession gives the booking back', async () => {
    bot = await played('v3', 'booking.js')
    await bot.say('hi')
    await bot.play.settled(bot.play.channel.trigger('/api/survey?resume=1'))
    await bot.say('done')
    await bot.say('paris')
    assert.equal(stackStepsOf(bot.trace.entries)[0]!.change, 'pushed')
    assert.deepEqual(bot.said().slice(2), ['Great, back to the original conversation', 'Where do you want to go?', 'Booked paris'])
    assert.equal(collisionsOf(bot.trace.entries)[0]!.kind, 'kept')
  })

  it('gives up at a 429 (F2)', async () => {
    bot = await played('v3', 'adhoc.js')
    await bot.say('hello')
    bot.play.connector.limits.stage([{ calls: 1, answer: 429, only: 'proactive' }])
    await bot.play.settled(bot.play.channel.trigger('/api/notify'))
    await bot.advance(60_000)
    assert.equal(bot.proactive().length, 0)
    assert.equal(bot.entries('connector-call').filter(({ status }) => status === 429).length, 1)
  })

  it('is played as “emulator” whatever is chosen, since it answers nobody else without an account (C4)', async () => {
    bot = await played('v3', 'adhoc.js', { preset: PRESETS.msteams })
    await bot.say('hello')
    assert.equal(bot.entries('activity-to-bot').at(-1)!.channelId, 'emulator')
    assert.equal(bot.said().length, 1)
  })
})
