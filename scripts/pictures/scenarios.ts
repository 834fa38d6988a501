/** Pictures of scenarios in the Test view: failing, watched, debugged, covered, recorded. */
import { Editor, shows, until } from '../vscode/editor.ts'
import type { VsCodeWindow } from '../vscode/window.ts'
import { openWide } from './simulator.ts'

const FILE = 'greeting.scenario.yaml'
const HOOK = '10_greet_on_product_page.js'

/** A line of the tree in the Test view. */
const row = ({ page }: VsCodeWindow, text: string) => page.locator('.test-explorer-tree .monaco-list-row', { hasText: text }).first()

/** Where the editor says what an expectation missed, at the end of its line. */
const failure = ({ page }: VsCodeWindow) => page.locator('.test-error-content-widget, .test-message-inline-content').first()

/** A scenario asks for other words than the bot says: the failure stands at its line. */
export async function failingScenario(window: VsCodeWindow): Promise<void> {
  const { page } = window
  const editor = await Editor.open(window, FILE)
  await editor.click('says: backpack')
  await page.keyboard.press('End')
  await page.keyboard.type('s and tents')
  await window.command('File: Save')
  await window.command('Test: Run All Tests')
  // The message stands at the end of its line as soon as the run is over.
  await failure(window).waitFor()
  await showTests(window)
}

/** The failure opened: what was expected beside what was said. */
export async function failureDiff(window: VsCodeWindow): Promise<void> {
  const { page } = window
  await failingScenario(window)
  await failure(window).click()
  await page.locator('.peekview-widget .monaco-diff-editor .view-line', { hasText: 'tents' }).first().waitFor()
}

/** From the failure to what happened: the trace of the scenario, as the simulator shows it. */
export async function scenarioTrace(window: VsCodeWindow): Promise<void> {
  const { page } = window
  await failingScenario(window)
  const scenario = row(window, 'greeted once')
  const entry = page.locator('.monaco-menu .action-item', { hasText: 'Show What Happened in the Scenario' }).first()
  // The tree is drawn anew as results come, which closes a menu, and a menu takes no click in its first moment.
  await until(
    'the trace of the scenario',
    () =>
      window.webview('article', { timeout: 4000 }).then(
        () => true,
        () => false
      ),
    async () => {
      if (!(await entry.isVisible())) await scenario.click({ button: 'right' })
      if (await shows(entry)) await entry.click()
    }
  )
}

/** Watched: a hook is saved, and the scenarios that it concerns are played again by themselves. */
export async function watched(window: VsCodeWindow): Promise<void> {
  const { page } = window
  await showTests(window)
  await window.command('Test: Start Continuous Run')
  await row(window, FILE).locator('.codicon-testing-passed-icon').waitFor()
  const editor = await Editor.open(window, HOOK)
  await editor.click('event.state.session.product')
  await page.keyboard.press('Home')
  await page.keyboard.press('Control+/')
  await window.command('File: Save')
  await row(window, FILE).locator('.codicon-testing-failed-icon').waitFor()
  await open(window)
}

/** Debugged: it stands still in the hook that its page reached. */
export async function stoppedInHook(window: VsCodeWindow): Promise<void> {
  const { page } = window
  await showTests(window)
  const editor = await Editor.open(window, HOOK)
  await editor.click('event.state.session.product')
  await page.keyboard.press('F9')
  await page.locator('.codicon-debug-breakpoint, .codicon-debug-breakpoint-unverified').first().waitFor()
  await window.command('Test: Debug All Tests')
  await page.locator('.codicon-debug-breakpoint-stackframe, .debug-top-stack-frame-line').first().waitFor({ timeout: 60_000 })
  const variables = page.locator('.debug-variables .monaco-list-row')
  await until(
    'the variables of the hook',
    () => shows(variables.filter({ hasText: 'event' }).first()),
    async () => {
      await variables.filter({ hasText: 'Local' }).first().click()
      await page.keyboard.press('ArrowRight')
    }
  )
}

/** What the scenarios of the shop execute of a hook. */
export async function coverage(window: VsCodeWindow): Promise<void> {
  const { page } = window
  await Editor.open(window, '20_offer_help_to_idle_visitor.js')
  await window.command('Test: Run All Tests with Coverage')
  await page.locator('.coverage-deco-gutter').first().waitFor()
  await page.locator('.codelens-decoration', { hasText: 'Covered by' }).first().waitFor()
}

/** What was done in the simulator, as a scenario that passes. */
export async function recorded(window: VsCodeWindow): Promise<void> {
  const { page } = window
  await window.openFile(HOOK)
  const simulator = await openWide(window)
  await simulator.choose({ page: 'pages/product.html' })
  await (await simulator.message('Any questions?')).waitFor()
  await simulator.say('How long does delivery take?')
  await (await simulator.message('two working days')).waitFor()
  await window.command('Proactive Hooks: Record Scenario from Simulator')
  await page.locator('.tabs-container .tab.active', { hasText: '.scenario.yaml' }).first().waitFor()
  await row(window, 'recorded').waitFor()
}

/** The parts of a scenario as symbols: for the outline and for *Go to Symbol in Editor*. */
export async function symbols(window: VsCodeWindow): Promise<void> {
  const { page } = window
  await Editor.open(window, FILE)
  const found = page.locator('.quick-input-widget .monaco-list-row')
  await until(
    'the symbols of the scenario',
    () => shows(found.filter({ hasText: 'greeted once' }).first()),
    async () => {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Control+Shift+O')
    }
  )
}

/** The Test view, filtered by a tag. */
export async function tagged(window: VsCodeWindow): Promise<void> {
  const { page } = window
  await showTests(window)
  await row(window, FILE).waitFor()
  await page.locator('.testing-filter-wrapper, .testing-filter-action-item').first().click()
  await page.keyboard.type('@')
  await page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor()
}

async function showTests(window: VsCodeWindow): Promise<void> {
  await window.command('Testing: Focus on Test Explorer View')
  await open(window)
}

/** Opens the file in the tree, so that its scenarios are seen. */
async function open(window: VsCodeWindow): Promise<void> {
  await until(
    'the scenario in the tree',
    () => shows(row(window, 'greeted once')),
    async () => {
      await row(window, FILE).click()
      await window.page.keyboard.press('ArrowRight')
    }
  )
}
