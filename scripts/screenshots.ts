/** `npm run screenshots [-- NAME…]`: takes the pictures of the README in a real VS Code, on a copy of samples/shop. */
import { parseArgs } from 'node:util'
import { copyWorkspace } from '../test/support/workspace.ts'
import { Editor, shows, until } from './vscode/editor.ts'
import { at, run } from './vscode/processes.ts'
import { Simulator } from './vscode/simulator.ts'
import { openWindow, type VsCodeWindow } from './vscode/window.ts'

const size = { width: 1480, height: 800 }

const themes = { light: 'Default Light Modern', dark: 'Default Dark Modern' } as const

/** Settings that leave room for what is shown. */
const settings = {
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'on',
  'editor.fontSize': 13,
  'editor.stickyScroll.enabled': false,
  'breadcrumbs.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false
}

interface Picture {
  theme: keyof typeof themes
  take(window: VsCodeWindow): Promise<void>
}

const pictures: Record<string, Picture> = {
  'simulator-light': { theme: 'light', take: botSpeaksFirst },
  'simulator-dark': { theme: 'dark', take: botSpeaksFirst },
  'dropped-event': { theme: 'light', take: droppedEvent },
  completion: { theme: 'dark', take: completion },
  hover: { theme: 'dark', take: hover },
  'quick-fix': { theme: 'light', take: quickFix },
  rename: { theme: 'light', take: renaming },
  'go-to-hook': { theme: 'light', take: goToHook },
  scenarios: { theme: 'light', take: failingScenario },
  'scenario-trace': { theme: 'dark', take: scenarioTrace },
  coverage: { theme: 'dark', take: coverage }
}

/** The product page opens the chat, the bot speaks first, the trace says why. */
async function botSpeaksFirst(window: VsCodeWindow): Promise<void> {
  await window.openFile('10_greet_on_product_page.js')
  const simulator = await openWide(window)
  await simulator.choose({ page: 'pages/product.html' })
  await (await simulator.message('Any questions?')).waitFor()
  await simulator.say('How long does delivery take?')
  await (await simulator.message('two working days')).waitFor()
  await simulator.story('text', 'two working days').waitFor()
}

/** The page of the documentation that sends too early. */
async function droppedEvent(window: VsCodeWindow): Promise<void> {
  await window.openFile('welcome-on-opened.html')
  const simulator = await openWide(window)
  await simulator.choose({ bot: 'welcome-bot', page: 'pages/welcome-on-opened.html' })
  await simulator.openChat()
  await simulator.story('visit').filter({ hasNotText: 'on its way' }).waitFor()
  await open(simulator, 'proactive-trigger')
}

async function completion(window: VsCodeWindow): Promise<void> {
  const { page } = window
  await window.openFile('catch_trigger.js')
  await page.locator('.statusbar-item', { hasText: 'Botpress Hook' }).waitFor()
  await page.locator('.editor-instance .view-lines').first().click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('\nevent.setFlag(bp.IO.WellKnownFlags.')
  const offered = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'SKIP_DIALOG_ENGINE' }).first()
  // The server may still be starting: what is typed then brings no list.
  await until(
    'the list of completions',
    () => shows(offered),
    async () => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Backspace')
      await page.keyboard.type('.')
    }
  )
  await page.keyboard.type('SKIP_D')
  // The documentation beside the list; the keys open it and close it.
  await until(
    'the documentation of a completion',
    () =>
      page.waitForFunction("document.querySelector('.suggest-details-container')?.clientHeight > 150", undefined, { timeout: 4000 }).then(
        () => true,
        () => false
      ),
    () => page.keyboard.press('Control+Space')
  )
}

async function hover(window: VsCodeWindow): Promise<void> {
  const editor = await Editor.open(window, 'new_users_only.js')
  await editor.rest('setFlag', 'setFlag(')
}

async function quickFix(window: VsCodeWindow): Promise<void> {
  const { page } = window
  const editor = await Editor.open(window, 'catch_trigger.js')
  await editor.click('// You custom code')
  await page.keyboard.press('End')
  await page.keyboard.insertText("\nevent.setFlag('skipDialogEngine', true)")
  await page.locator('.squiggly-error').first().waitFor()
  await editor.click('skipDialogEngine')
  await editor.fixes('Use bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE')
}

async function renaming(window: VsCodeWindow): Promise<void> {
  const { page } = window
  const editor = await Editor.open(window, '20_offer_help_to_idle_visitor.js')
  await editor.click('payloads')
  const name = page.locator('.rename-box input')
  await page.keyboard.press('F2')
  await until(
    'the field for the new name',
    () => shows(name),
    () => page.keyboard.press('F2')
  )
  await name.fill('messages')
}

/** A scenario asks for other words than the bot says: the failure stands at its line, with the difference. */
async function failingScenario(window: VsCodeWindow): Promise<void> {
  const { page } = window
  const editor = await Editor.open(window, 'greeting.scenario.yaml')
  await editor.click('says: backpack')
  await page.keyboard.press('End')
  await page.keyboard.type('s and tents')
  await window.command('File: Save')
  await window.command('Test: Run All Tests')
  // The message stands at the end of its line as soon as the run is over.
  await page.locator('.test-error-content-widget, .test-message-inline-content').first().waitFor()
  await window.command('Testing: Focus on Test Explorer View')
}

/** From the failure to what happened: the trace of the scenario, as the simulator shows it. */
async function scenarioTrace(window: VsCodeWindow): Promise<void> {
  const { page } = window
  await failingScenario(window)
  await page.locator('.test-explorer-tree .monaco-list-row', { hasText: 'greeting.scenario.yaml' }).first().click()
  await page.keyboard.press('ArrowRight')
  await page.locator('.test-explorer-tree .monaco-list-row', { hasText: 'greeted once' }).first().click({ button: 'right' })
  await page.locator('.monaco-menu .action-item', { hasText: 'Show What Happened in the Scenario' }).first().click()
  await until(
    'the trace of the scenario',
    async () => {
      const counts = await Promise.all(
        page.frames().map(frame =>
          frame
            .locator('article')
            .count()
            .catch(() => 0)
        )
      )
      return counts.some(count => count > 0)
    },
    () => page.waitForTimeout(300)
  )
}

/** What the scenarios of the shop execute of a hook. */
async function coverage(window: VsCodeWindow): Promise<void> {
  const { page } = window
  await Editor.open(window, '20_offer_help_to_idle_visitor.js')
  await window.command('Test: Run All Tests with Coverage')
  await page.locator('.coverage-deco-gutter').first().waitFor()
}

/** From the type that the checkout sends to the hook that handles it, without leaving the page. */
async function goToHook(window: VsCodeWindow): Promise<void> {
  const { page } = window
  const editor = await Editor.open(window, 'checkout.html')
  await editor.click('payment-failed')
  const peek = page.locator('.peekview-widget .view-line', { hasText: 'payment-failed' }).first()
  await until(
    'the hook beside the page',
    () => shows(peek),
    async () => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+Shift+F10')
    }
  )
}

/** The simulator beside the editor, wide enough for page and trace side by side. */
async function openWide(window: VsCodeWindow): Promise<Simulator> {
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

const { positionals } = parseArgs({ allowPositionals: true })
const chosen = Object.entries(pictures).filter(([name]) => positionals.length === 0 || positionals.includes(name))
if (chosen.length === 0) throw new Error(`There are the pictures ${Object.keys(pictures).join(', ')}.`)

const built = await run(process.execPath, [at('scripts/build.ts')], { print: true })
if (built.code !== 0) process.exit(built.code)
for (const [name, { theme, take }] of chosen) {
  const copy = copyWorkspace('shop')
  const window = await openWindow({
    folder: copy.folder,
    settings: { ...settings, 'workbench.colorTheme': themes[theme] },
    viewport: size,
    // Sharp on the screens that people read on.
    deviceScaleFactor: 1.5
  })
  try {
    await take(window)
    await window.screenshot(at('media/screenshots', `${name}.png`))
    console.log(`media/screenshots/${name}.png`)
  } catch (error) {
    await window.screenshot(at('out/screenshots', `${name}.png`))
    console.error(`What the window showed: out/screenshots/${name}.png`)
    throw error
  } finally {
    await window.close()
    copy.remove()
  }
}
process.exit(0)
