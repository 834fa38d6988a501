/** Pictures of *New Proactive Behaviour*: what it asks, and what it writes. */
import type { VsCodeWindow } from '../vscode/window.ts'

/** Its questions, one picture each: the first and the others in the order in which they come. */
export async function newBehaviour(window: VsCodeWindow, also: (name: string) => Promise<void>): Promise<void> {
  const { page } = window
  const widget = page.locator('.quick-input-widget')
  const answers = [
    { title: '1/6', label: 'Idle' },
    { title: '2/6', label: 'New visitors' },
    { title: '3/6', label: 'Once per session' },
    { title: '4/6', label: 'Interrupt and resume' },
    { title: '5/6', label: 'shop-bot' }
  ]
  await window.openFile('product.html')
  await window.command('Proactive Hooks: New Proactive Behaviour…')
  for (const [index, { title, label }] of answers.entries()) {
    await widget.locator('.quick-input-title', { hasText: title }).waitFor()
    await also(`asks-${index + 1}`)
    await widget.locator('.monaco-list-row', { hasText: label }).first().click()
  }
  await widget.locator('.quick-input-title', { hasText: '6/6' }).waitFor()
  await also('asks-6')
  await page.keyboard.press('Enter')
  await page.locator('.tabs-container .tab.active', { hasText: '10_help.js' }).first().waitFor()
  // Pictures are taken without pop-ups; what they would have said stands in the list.
  await window.command('Notifications: Show Notifications')
  await page.locator('.notification-list-item', { hasText: 'Written' }).first().waitFor()
  await also('written')
  await page.locator('.notification-list-item .monaco-button', { hasText: 'Run Scenarios' }).click()
  await page.locator('.notification-list-item').first().waitFor({ state: 'detached' })
  await window.command('Testing: Focus on Test Explorer View')
  const file = page.locator('.test-explorer-tree .monaco-list-row', { hasText: 'help.scenario.yaml' }).first()
  await file.locator('.codicon-testing-passed-icon').waitFor()
  await file.click()
  await page.keyboard.press('ArrowRight')
  await window.openFile('help.scenario.yaml')
}
