import assert from 'node:assert/strict'
import { findingsOf, runOf } from '../../src/trace/findings/index.ts'
import { closeBrowser } from '../support/browser.ts'
import { clearStage, type Stage, stage } from './stage.ts'

const EARLIER = '12.22.0'
const HELLO = 'Hello! May I help?'

/**
 * Pages that do what the three pages of Botpress's example for proactive messages do: they name a server on port 3000 and the script by its path at the
 * root, wait for a fixed time instead of for `webchatReady`, and reach into the chat's frame.
 */
describe('pages of the kind that comes with Botpress as an example', function () {
  this.timeout(60_000)
  let on: Stage
  afterEach(() => on.close())
  after(async () => {
    await closeBrowser()
    await clearStage()
  })

  /** The pages wait for a fixed time, so the clock is ours. */
  const open = async (page: string, botpressVersion?: string) => {
    const version = botpressVersion === undefined ? {} : { botpressVersion }
    on = await stage({ workspace: 'proactive-pages', page: `pages/${page}.html`, clock: 'virtual', ...version })
    await on.visit()
    await pass(1500)
  }
  const pass = (ms: number) => on.simulator.handle({ kind: 'clock', command: { do: 'advance', ms } })
  /** What the page itself sent, and what became of it. */
  const sent = () => on.of('page-sent').flatMap(({ via, type, fate, phase }) => (via === 'widget' ? [] : [`${type} ${phase} ${fate}`]))
  const found = () => findingsOf(runOf(on.simulator.trace.entries)).map(({ id }) => id)

  it('shows the chat a second after the load and loses the trigger that comes with it, and says so (R20.6, R21.4)', async () => {
    await open('on-load')
    await pass(5000)
    assert.deepEqual(sent(), ['show loaded handled', 'proactive-trigger opening dropped'])
    assert.deepEqual(await on.bubbles(), [])
    assert.deepEqual(found(), ['sent-before-ready'])
  })

  it('speaks first at every load, as it did before 12.26.4 (section 25)', async () => {
    await open('on-load', EARLIER)
    await pass(5000)
    await on.shows([HELLO])
    assert.deepEqual(sent(), ['show loaded handled', 'proactive-trigger opening posted'])
    await on.simulator.handle({ kind: 'restart', as: 'same' })
    await on.visit()
    await pass(5000)
    await on.shows([HELLO, HELLO])
  })

  it('lets the page find the button of the chat as the first one in its frame: the trigger follows the opening (R20.2)', async () => {
    await open('on-click', EARLIER)
    await on.chat.locator('button').first().click()
    await pass(5000)
    await on.shows([HELLO])
    assert.deepEqual(sent(), ['proactive-trigger opening posted'])
    const order = on.of('page-posted').map(({ name }) => name)
    assert.ok(order.indexOf('webchatOpened') < order.indexOf('webchatReady'))
  })

  it('loses that trigger since 12.26.4: the chat is only opening', async () => {
    await open('on-click')
    await on.chat.locator('button').first().click()
    await pass(5000)
    assert.deepEqual(sent(), ['proactive-trigger opening dropped'])
    assert.deepEqual(found(), ['sent-before-ready'])
  })

  it('helps with a field once, and takes what the form holds nested three deep (R22.3); an open chat loses nothing', async () => {
    await open('form')
    await on.chat.getByRole('button', { name: 'Open the chat' }).click()
    await pass(5000)
    await on.page.locator('#case').focus()
    await pass(5000)
    const help = 'The case number stands at the top of our letter.'
    await on.shows([help])
    await on.page.locator('#name').focus()
    await on.page.locator('#case').focus()
    await on.page.locator('#submit').click()
    await pass(5000)
    await on.shows([help, 'Thank you, Ann.'])
    assert.deepEqual(sent(), ['show ready handled', 'field-description ready posted', 'show ready handled', 'contact-form ready posted'])
    const form = on.of('event-received').find(({ type }) => type === 'contact-form')!
    assert.deepEqual(form.payload, {
      type: 'contact-form',
      payload: { type: 'contact-form', payload: { name: 'Ann', email: 'ann@example.test', topic: 'delivery' } }
    })
    const saved = await on.entry('state-saved', ({ eventId }) => eventId === form.eventId)
    assert.ok(
      saved.changes.some(({ path }) => path.startsWith('state.session.contactForm')),
      JSON.stringify(saved.changes)
    )
  })

  it('opens the chat for who comes to the field first, and loses the help itself (S23, R21.6)', async () => {
    await open('form')
    await on.page.locator('#case').focus()
    await pass(5000)
    assert.deepEqual(sent(), ['show loaded handled', 'field-description opening dropped'])
    assert.deepEqual(found(), ['sent-before-ready'])
  })
})
