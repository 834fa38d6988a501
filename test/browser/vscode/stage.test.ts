import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { Simulator } from '../../../scripts/vscode/simulator.ts'
import { until } from '../../panel/until.ts'
import { closeBrowser } from '../../support/browser.ts'
import { useWindow } from '../../support/vscode-window.ts'

const VOICEFLOW = `<!doctype html><html lang="en"><head><title>Voiceflow</title></head><body>
<script src="https://cdn.voiceflow.com/widget-next/bundle.mjs"></script><script>
voiceflow.chat.load({ verify: { projectID: 'shop' } })
</script>
<button onclick="voiceflow.chat.proactive.push({ type: 'text', payload: { message: 'Free delivery today' } })">Push</button>
<button onclick="voiceflow.chat.proactive.clear()">Clear</button></body></html>`

/** The stage's controls as an author uses them in the window: clock, trouble, tabs, another kind of chat. */
describe('The stage in the window, on the sample shop', function () {
  this.timeout(120_000)
  const window = useWindow({ workspace: 'shop', viewport: { width: 1500, height: 1000 } })
  let simulator: Simulator
  before(async function () {
    this.timeout(240_000)
    simulator = await Simulator.open(window())
  })
  after(closeBrowser)

  const button = (name: string | RegExp) => simulator.panel.getByRole('button', { name })

  const now = async () => Date.parse((await simulator.panel.locator('.clock-face time').getAttribute('datetime'))!)
  /** The virtual clock has come so far, and nothing moves any more. */
  const stands = async (at: number) => {
    await until(async () => (await now()) >= at)
    await simulator.panel.locator('.clock-face', { hasText: 'Time passes' }).waitFor({ state: 'detached' })
  }

  it('lets thirty idle seconds pass in a moment on the virtual clock: one offer, and no other in the next hour (S19)', async () => {
    await simulator.choose({ bot: 'shop-bot', page: 'pages/pricing.html' })
    const before = (await simulator.page()).url()
    await simulator.drawer('Clock')
    await simulator.panel.getByRole('switch', { name: 'Virtual clock' }).click()
    await simulator.loadedAfter(before)
    const begun = await now()
    await button('+30 s').click()
    await button('+10 min').click()
    await stands(begun + 630_000)
    const said = (await simulator.chat()).locator('.message.theirs')
    await said.first().waitFor()
    const count = await said.count()
    await button('+1 h').click()
    await stands(begun + 4_230_000)
    assert.equal(await said.count(), count)
    const real = (await simulator.page()).url()
    await simulator.panel.getByRole('switch', { name: 'Virtual clock' }).click()
    await simulator.loadedAfter(real)
    await simulator.drawer('Clock', false)
  })

  it('shows that a hook which never ends locks the visitor’s queue (S39)', async () => {
    await simulator.choose({ bot: 'welcome-bot', page: 'pages/welcome-on-ready.html' })
    await simulator.drawer('Trouble')
    await simulator.panel.getByRole('combobox', { name: 'Hook', exact: true }).fill('catch_trigger.js')
    await simulator.panel.getByLabel('What it does').selectOption('hang')
    await button('Stage').click()
    await simulator.show('Page')
    await simulator.openChat()
    await simulator.show('Trace')
    await simulator.story('proactive-trigger', /locked|never|not (ended|finished)|hangs/i).waitFor({ timeout: 30_000 })
    await simulator.show('Page')
    await button('All as it should be').click()
    await simulator.drawer('Trouble', false)
  })

  it('opens the same visitor’s page in another tab: the same conversation, and ready in each (S14)', async () => {
    await simulator.restart('New visitor')
    await simulator.choose({ bot: 'welcome-bot', page: 'pages/welcome-on-ready.html' })
    await simulator.show('Page')
    await simulator.openChat()
    await (await simulator.message('What is your name?')).first().waitFor()
    const before = (await simulator.page()).url()
    await simulator.drawer('Visitor')
    await button('Another tab').click()
    await simulator.loadedAfter(before)
    await simulator.show('Page')
    await simulator.openChat()
    await (await simulator.message('What is your name?')).first().waitFor()
    await simulator.drawer('Visitor', false)
  })

  it('shows Voiceflow’s bubbles as they are pushed, and takes them away when they are cleared', async () => {
    writeFileSync(window().file('pages/voiceflow.html'), VOICEFLOW)
    await simulator.panel.locator('option[value="pages/voiceflow.html"]').waitFor({ state: 'attached', timeout: 30_000 })
    await simulator.choose({ page: 'pages/voiceflow.html' })
    await simulator.show('Page')
    const page = await simulator.page('pages/voiceflow.html')
    await page.getByRole('button', { name: 'Push' }).click()
    await page.locator('#voiceflow-chat .card', { hasText: 'Free delivery today' }).waitFor()
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.locator('#voiceflow-chat .card').waitFor({ state: 'detached' })
  })
})
