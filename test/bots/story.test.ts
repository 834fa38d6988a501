import assert from 'node:assert/strict'
import { findingsOf, runOf } from '../../src/trace/findings/index.ts'
import type { Frequency } from '../../src/trace/frequency.ts'
import { TraceIndex } from '../../src/trace/trace-index.ts'
import { verdictsOf } from '../../src/trace/verdict.ts'
import { type Played, played } from './played.ts'

/** What the simulator says of real bots: verdicts, findings, the ledger. */
describe('bots: what is said of them', function () {
  this.timeout(240_000)
  let bot: Played
  afterEach(() => bot?.dispose())

  const verdicts = () => verdictsOf(bot.trace.entries).filter(({ outcome }) => !/^(sent|bot-started|bot-silent)$/.test(outcome))
  const told = () => verdicts().map(({ outcome, tone }) => `${outcome} ${tone}`)
  const findings = (frequency?: Frequency) => findingsOf(runOf(bot.trace.entries, frequency)).map(({ id }) => id)
  const priceDrop = (body: unknown = {}) => bot.play.settled(bot.play.channel.trigger('/api/price-drop', 'POST', body))

  async function booking(policy: string): Promise<void> {
    bot = await played('v4', `policies/${policy}.js`)
    await bot.say('book a trip')
    await bot.say('London')
  }

  it('the confusing default: the answer was captured by another dialog (S31)', async () => {
    await booking('default')
    await priceDrop()
    await bot.say('yes please')
    assert.deepEqual(told(), ['bot-replied good', 'bot-replied good', 'trigger warning', 'answer-captured error'])
    assert.match(verdicts().at(-1)!.headline, /“yes please” was taken as the answer to “When do you want to leave\?”/)
    assert.deepEqual(findings(), ['answer-captured'])
  })

  it('interrupt and resume: nothing is wrong, also with a second notice before the first was answered (S30, S32)', async () => {
    await booking('interrupt')
    await priceDrop()
    await priceDrop({ hotel: 'The hotel in Rome' })
    assert.deepEqual(bot.play.connector.conversations.get('talk-1').activities.size > 0, true)
    await bot.say('yes')
    await bot.say('tomorrow')
    assert.deepEqual(findings(), [])
    assert.deepEqual(bot.said().slice(-3), ['The room is reserved.', 'When do you want to leave?', 'Booked: London, 2025-03-04.'])
  })

  it('two questions of no dialog at once (S32)', async () => {
    await booking('default')
    await priceDrop()
    await priceDrop({ hotel: 'The hotel in Rome' })
    assert.ok(findings().includes('open-questions'))
  })

  it('a task that was thrown away (S29)', async () => {
    await booking('cancel')
    await priceDrop()
    await bot.say('no')
    assert.deepEqual(findings(), ['task-lost'])
  })

  it('references that a restart lost (S60, BFP003)', async () => {
    bot = await played('v4', 'notify.js')
    await bot.say('hello')
    await bot.play.host.restart()
    await bot.play.settled(bot.play.channel.trigger('/api/notify'))
    assert.deepEqual(findings(), ['references-lost'])
    assert.match(verdicts().at(-1)!.sentences.join(' '), /Nobody was written to/)
  })

  it('a double subscription, and how often the bot spoke unasked by the ledger (V3, Q4)', async () => {
    bot = await played('v4', 'subscribe.js')
    await bot.say('subscribe')
    await bot.say('subscribe')
    await bot.advance(2000)
    assert.deepEqual(findings({ caps: [{ messages: 0, hours: 24 }] }), ['too-often', 'doubled'])
  })

  it('a refusal for good: one attempt, until the bot is met again (S62)', async () => {
    bot = await played('v4', 'notify.js')
    const notify = () => bot.play.settled(bot.play.channel.trigger('/api/notify'))
    await bot.say('hello')
    bot.play.connector.setReach('ann', 'blocked')
    await notify()
    assert.match(verdicts().at(-1)!.sentences.join(' '), /403: The user blocked the bot.*answered as if all had gone well/)
    await notify()
    assert.equal(bot.entries('connector-call').filter(({ status }) => status === 403).length, 1)
    assert.deepEqual(findings(), [])
    await bot.play.channel.install(bot.c, 'add')
    await bot.say('hello again')
    await notify()
    assert.equal(bot.said().at(-1), 'Something happened outside.')
  })

  it('every entry belongs to a story, and those of the engine stay away', async () => {
    bot = await played('v4', 'jobs.js')
    await bot.say('run')
    await bot.advance(5000)
    const index = new TraceIndex()
    index.append(bot.trace.entries)
    assert.deepEqual(
      index.stories.map(({ kind }) => kind).filter(kind => kind !== 'notes'),
      ['bot', 'turn', 'turn', 'notice']
    )
    const [notice] = verdicts().slice(-1)
    assert.deepEqual([notice!.chip, notice!.rules], ['proactive', ['P3']])
    assert.match(notice!.sentences.join(' '), /“Job 1 is complete\.” without having been asked.*5 s after/)
  })
})
