import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { closeBrowser } from '../support/browser.ts'
import { clearStage, type Stage, stage } from './stage.ts'

const ON_READY = 'pages/welcome-on-ready.html'
const ON_OPENED = 'pages/welcome-on-opened.html'
const HELLO = ['Hello! I am the welcome bot.', 'What is your name?']
const isTrigger = ({ type }: { type?: string | undefined }) => type === 'proactive-trigger'

/** The pages and hooks of the documentation, as it prints them. */
describe('the documented pages and hooks', function () {
  this.timeout(120_000)
  let on: Stage

  afterEach(() => on.close())
  after(async () => {
    await closeBrowser()
    await clearStage()
  })

  const received = () => on.of('event-received').filter(isTrigger)

  it('sends on webchatReady: the trigger reaches the hook nested three deep, before the visit, and the flow speaks first (R21.6, R22.2, R7.12)', async () => {
    on = await stage({ page: ON_READY })
    await on.visit()
    await on.entry('page-posted', ({ name }) => name === 'webchatLoaded')
    assert.equal(received().length, 0)
    await on.open()
    await on.shows(HELLO)
    const [event] = received()
    assert.deepEqual(event!.payload, {
      type: 'proactive-trigger',
      payload: { type: 'proactive-trigger', channel: 'web', payload: { text: 'fake message' } }
    })
    const order = on
      .of('event-received')
      .filter(({ direction }) => direction === 'incoming')
      .map(({ type }) => type)
    await on.entry('event-received', ({ type }) => type === 'visit')
    assert.equal(order[0], 'proactive-trigger')
    const sent = on.of('page-sent').find(isTrigger)!
    assert.deepEqual([sent.fate, sent.phase, sent.via], ['posted', 'ready', 'sendEvent'])
    assert.equal(sent.place?.file.endsWith(ON_READY), true)
    assert.equal(readFileSync(sent.place!.file, 'utf8').split('\n')[sent.place!.line! - 1]?.includes('sendEvent'), true)
    const hook = await on.entry('hook-ended', ({ name, eventId }) => name === 'catch_trigger.js' && eventId === event!.eventId)
    assert.equal(hook.outcome, 'completed')
  })

  it('sends on webchatOpened: the first trigger is dropped, the one of the second opening arrives (R20.6, R21.6)', async () => {
    on = await stage({ page: ON_OPENED })
    await on.visit()
    await on.open()
    await on.entry('event-ended', ended =>
      on.of('event-received').some(({ type, eventId }) => type === 'visit' && eventId === ended.eventId)
    )
    const first = on.of('page-sent').filter(isTrigger)
    assert.deepEqual(
      first.map(({ fate, phase }) => [fate, phase]),
      [['dropped', 'opening']]
    )
    assert.equal(received().length, 0)
    assert.deepEqual(await on.bubbles(), [])
    await on.chat.getByRole('button', { name: 'Close the chat' }).click()
    await on.open()
    await on.shows(HELLO)
    assert.equal(received().length, 1)
  })

  it('replies with custom content: it is said, and said again on every refresh, because lastMessages did not grow (R6.9)', async () => {
    on = await stage({ page: 'pages/custom-content.html' })
    await on.visit()
    await on.shows(["I'm so proactive!"])
    const [trigger] = received()
    assert.equal((await on.entry('decision-made', ({ eventId }) => eventId === trigger!.eventId)).outcome, 'skipped')
    await on.simulator.handle({ kind: 'restart', as: 'same' })
    await on.visit()
    await on.shows(["I'm so proactive!", "I'm so proactive!"])
    const loaded = on.of('state-loaded').find(({ eventId }) => eventId === received()[1]!.eventId)!
    assert.deepEqual((loaded.state as { session: { lastMessages: unknown[] } }).session.lastMessages, [])
  })

  it('speaks to new users only: not again on a refresh, again for somebody who was never here (R6.9, R6.10)', async () => {
    on = await stage({ page: 'pages/new-users.html' })
    await on.visit()
    const end = async (count: number) => {
      await on.entry('event-ended', ({ eventId }) => received()[count - 1]?.eventId === eventId)
      await on.simulator.call('settle', { ms: 10_000 })
    }
    await end(1)
    const said = () => on.of('chat-received').filter(({ by, what }) => by === 'bot' && what === 'message').length
    const once = said()
    assert.ok(once > 0)
    await on.simulator.handle({ kind: 'restart', as: 'same' })
    await on.visit()
    await end(2)
    assert.equal((await on.entry('decision-made', ({ eventId }) => eventId === received()[1]!.eventId)).outcome, 'skipped')
    assert.equal(said(), once)
    await on.simulator.handle({ kind: 'restart', as: 'new' })
    await on.visit()
    await end(3)
    assert.equal(said(), 2 * once)
    assert.notEqual(received()[2]!.target, received()[0]!.target)
  })
})
