import assert from 'node:assert/strict'
import { stackStepsOf } from '../../src/trace/bots/reading.ts'
import { type Played, played } from './played.ts'

/** Sample bots on the real botbuilder 4. Rules: docs/bot-framework.md. */
describe('bots on the Bot Framework SDK v4', function () {
  this.timeout(240_000)
  let bot: Played
  const rules = () => bot.proactive().map(({ judgement, entry }) => [(entry.activity as { text: string }).text, judgement.rule])

  afterEach(() => bot?.dispose())

  it('subscribe, wait, be notified: the documentation’s own code, with a stored reference (P5)', async () => {
    bot = await played('v4', 'subscribe.js')
    await bot.say('hello')
    await bot.say('subscribe')
    await bot.advance(1999)
    assert.deepEqual(bot.said(), ["Say 'subscribe' to start proactive message", 'Thank You! We will message you shortly.'])
    await bot.advance(1)
    assert.deepEqual(rules(), [['You have been notified', 'P5']])
    assert.deepEqual(bot.proactive()[0]!.judgement.cause, { by: 'bot', silentMs: 2000 })
  })

  it('notifies twice who subscribed twice, as that code does (V3)', async () => {
    bot = await played('v4', 'subscribe.js')
    await bot.say('subscribe')
    await bot.say('subscribe')
    await bot.advance(2000)
    assert.equal(bot.proactive().length, 2)
  })

  it('a job that is done later, with today’s adapter, which makes reply ids up (P3, R1)', async () => {
    bot = await played('v4', 'jobs.js')
    await bot.say('run')
    await bot.advance(5000)
    assert.deepEqual(rules(), [['Job 1 is complete.', 'P3']])
    assert.equal(bot.play.sdk, 'v4')
  })

  it('GET and POST from outside write to every stored conversation once, and are named as the trigger', async () => {
    bot = await played('v4', 'notify.js')
    await bot.play.open([{ id: 'bob' }], 'talk-2')
    const { channel } = bot.play
    assert.deepEqual((await channel.trigger('/api/notify')).body, { sent: 2, failed: [] })
    assert.deepEqual((await channel.trigger('/api/notify', 'POST', { text: 'The price dropped.' })).status, 200)
    for (const conversation of ['talk-1', 'talk-2'])
      assert.deepEqual(bot.said(conversation), ['Something happened outside.', 'The price dropped.'])
    const causes = bot.proactive().map(({ judgement }) => judgement.cause)
    assert.deepEqual(
      causes.map(cause => cause?.by === 'trigger' && cause.method),
      ['GET', 'GET', 'POST', 'POST']
    )
  })

  it('opens a conversation of its own, in which its message stands (P1, E1)', async () => {
    bot = await played('v4', 'new-conversation.js')
    await bot.say('meet me elsewhere')
    const [opened] = bot.entries('bot-conversation').filter(({ by }) => by === 'bot')
    assert.deepEqual(bot.said(opened!.conversationId), ['Here we are among ourselves.'])
    assert.deepEqual(rules(), [['Here we are among ourselves.', 'P1']])
    assert.deepEqual(bot.said(), ['I have opened another conversation.'])
  })

  for (const [policy, change, after] of [
    ['default', 'unchanged', ['book', 'date']],
    ['cancel', 'replaced', ['hotel', 'text']],
    ['interrupt', 'pushed', ['book', 'date', 'hotel', 'text']]
  ] as const) {
    it(`policy ${policy}: the dialogs are ${change}`, async () => {
      bot = await played('v4', `policies/${policy}.js`)
      await bot.say('book a trip')
      await bot.say('London')
      await bot.play.channel.trigger('/api/price-drop', 'POST', {})
      const steps = stackStepsOf(bot.trace.entries)
      assert.deepEqual(
        steps.map(step => [step.before, step.after, step.change]),
        [[['book', 'date'], after, change]]
      )
    })
  }

  it('retries a 429 after the time it was told, and shows the message once (F1)', async () => {
    bot = await played('v4', 'notify.js')
    bot.play.connector.limits.stage([{ calls: 1, answer: 429, ms: 1000, only: 'proactive' }])
    const answered = bot.play.settled(bot.play.channel.trigger('/api/notify'))
    await answered
    assert.deepEqual(bot.said(), [])
    await bot.advance(30_000)
    assert.deepEqual(bot.said(), ['Something happened outside.'])
    const [refused] = bot.entries('connector-call').filter(({ status }) => status === 429)
    const [sent] = bot.proactive()
    assert.ok(sent!.entry.at - refused!.at >= 1000, `after ${sent!.entry.at - refused!.at} ms`)
  })

  it('doubles a message that the channel kept and said it lost (F4, J7)', async () => {
    bot = await played('v4', 'notify.js')
    bot.play.connector.limits.stage([{ calls: 1, answer: 'store-then-500', only: 'proactive' }])
    await bot.play.settled(bot.play.channel.trigger('/api/notify'))
    await bot.advance(30_000)
    assert.deepEqual(bot.said(), ['Something happened outside.', 'Something happened outside.'])
  })

  it('answers in the response where it is asked to (C12)', async () => {
    bot = await played('v4', 'notify.js')
    await bot.play.channel.send(bot.c, { type: 'message', text: 'hi', deliveryMode: 'expectReplies' })
    const [answer] = bot.entries('activity-from-bot')
    assert.equal(answer!.via, 'answer')
    assert.match(bot.said()[0]!, /You said “hi”/)
  })
})
