/** Pictures of the simulator beside the editor. */
import { Simulator } from '../vscode/simulator.ts'
import type { VsCodeWindow } from '../vscode/window.ts'

/** The product page opens the chat, the bot speaks first, the trace says why. */
export async function botSpeaksFirst(window: VsCodeWindow): Promise<void> {
  await window.openFile('10_greet_on_product_page.js')
  const simulator = await openWide(window)
  await simulator.choose({ page: 'pages/product.html' })
  await (await simulator.message('Any questions?')).waitFor()
  await simulator.say('How long does delivery take?')
  await (await simulator.message('two working days')).waitFor()
  await simulator.story('text', 'two working days').waitFor()
}

/** The page of the documentation that sends too early. */
export async function droppedEvent(window: VsCodeWindow): Promise<void> {
  await window.openFile('welcome-on-opened.html')
  const simulator = await openWide(window)
  await simulator.choose({ bot: 'welcome-bot', page: 'pages/welcome-on-opened.html' })
  await simulator.openChat()
  await simulator.story('visit').filter({ hasNotText: 'on its way' }).waitFor()
  await open(simulator, 'proactive-trigger')
}

/** The simulator beside the editor, wide enough for page and trace side by side. */
export async function openWide(window: VsCodeWindow): Promise<Simulator> {
  const { page } = window
  await window.command('View: Toggle Primary Side Bar Visibility')
  const simulator = await Simulator.open(window)
  const bar = await page.locator('.part.auxiliarybar').boundingBox()
  if (!bar) throw new Error('The simulator is not in the secondary side bar.')
  await page.mouse.move(bar.x - 3, 400)
  await page.mouse.down()
  await page.mouse.move(470, 400, { steps: 8 })
  await page.mouse.up()
  await page.mouse.move(250, 700)
  return simulator
}

/** Opens a story's card, so that its verdict is read in full. */
async function open(simulator: Simulator, type: string): Promise<void> {
  const card = simulator.story(type).first()
  await card.waitFor()
  const toggle = card.locator('button.card-toggle')
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click()
  await card.locator('.references, ol').first().waitFor()
  await toggle.evaluate("element => element.closest('article').scrollIntoView({ block: 'start' })")
}
