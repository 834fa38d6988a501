import assert from 'node:assert/strict'
import { Simulator } from '../../../scripts/vscode/simulator.ts'
import { closeBrowser } from '../../support/browser.ts'
import { useWindow } from '../../support/vscode-window.ts'

/** What samples/shop/README.md tells to try, tried. `welcome-on-ready.html`, `welcome-on-opened.html` and the hooks of the three bots are those of the Botpress documentation, word for word. */
describe('The simulator in the window, on the sample shop', () => {
  const window = useWindow({ workspace: 'shop' })
  let simulator: Simulator
  before(async function () {
    this.timeout(120_000)
    simulator = await Simulator.open(window())
  })
  after(closeBrowser)

  const said = async (text: string) => (await simulator.message(text)).first().waitFor()
  const allSaid = async () => (await simulator.chat()).locator('.message.theirs').allInnerTexts()
  /** The widget's own `visit` follows what the page sends on ready: when it is through, so is that. */
  const visited = () => simulator.story('visit').filter({ hasNotText: 'on its way' }).waitFor()
  const returns = async () => {
    await simulator.clearTrace()
    await simulator.restart('Same visitor')
    await visited()
  }

  it('lets the product page open the chat by itself, and the bot speak first (S01, R21.6)', async () => {
    await simulator.choose({ bot: 'shop-bot', page: 'pages/product.html' })
    await said('You are looking at the canvas backpack.')
    await simulator.say('How long does delivery take?')
    await said('Delivery takes two working days')
    assert.equal((await allSaid()).length, 2, 'the visit moved nothing')
  })

  it('stays silent when the same visitor returns to the product page (S11, R6.9)', async () => {
    await returns()
    await simulator.show('Page')
    await said('Delivery takes two working days')
    assert.equal((await allSaid()).length, 2)
  })

  it('jumps to the flow that helps when a payment fails', async () => {
    await simulator.choose({ page: 'pages/checkout.html' })
    await (await simulator.page('pages/checkout.html')).getByRole('button', { name: 'Pay 59 €' }).click()
    await said('Your payment did not go through: the card has expired.')
    await simulator.say('yes')
    await said('Your cart is still there')
  })

  it('delivers the trigger that the page of the documentation sends on webchatReady: no flag is set, so the flow begins', async () => {
    await simulator.choose({ bot: 'welcome-bot', page: 'pages/welcome-on-ready.html' })
    await simulator.openChat()
    await said('Hello! I am the welcome bot.')
    await said('What is your name?')
    await simulator.show('Trace')
    await simulator.story('proactive-trigger', 'started main.flow.json').last().waitFor()
    await simulator.show('Page')
  })

  it('loses the trigger that the page of the documentation sends on the first webchatOpened, says so, and delivers the next one (S04, S07, R21.6)', async () => {
    await simulator.restart('New visitor')
    await simulator.clearTrace()
    await simulator.show('Page')
    await simulator.choose({ page: 'pages/welcome-on-opened.html' })
    await simulator.openChat()
    await simulator.show('Trace')
    await simulator.story('proactive-trigger', 'Dropped before ready').waitFor()
    await visited()
    await simulator.show('Page')
    assert.deepEqual(await allSaid(), [])

    await simulator.closeChat()
    await simulator.openChat()
    await said('Hello! I am the welcome bot.')
  })

  it('shows custom content, which comes again at every page load of the same visitor and is flagged as a repetition (S11, R6.9)', async () => {
    await simulator.choose({ bot: 'custom-content-bot', page: 'pages/custom-content.html' })
    await said("I'm so proactive!")
    await simulator.restart('Same visitor')
    const twice = (await simulator.chat()).locator('.message.theirs', { hasText: "I'm so proactive!" })
    await twice.nth(1).waitFor()
    await simulator.show('Trace')
    // Only the second of the two is a repetition.
    await simulator.story('proactive-trigger', /again|repeat/i).waitFor()
    await simulator.show('Page')
    await simulator.show('Trace')
    await simulator
      .story('proactive-trigger')
      .last()
      .filter({ hasText: /again|repeat/i })
      .waitFor()
    await simulator.show('Page')
  })

  it('greets new users only: silent for the same visitor, hello for a new one (R6.9)', async () => {
    await simulator.choose({ bot: 'new-users-bot', page: 'pages/new-users.html' })
    await said('What is your name?')
    await returns()
    await simulator.show('Page')
    await said('What is your name?')
    assert.equal((await allSaid()).length, 2)
    await simulator.restart('New visitor')
    await said('What is your name?')
    assert.equal((await allSaid()).length, 2)
  })
})
