/** Pictures of the language service. */
import { Editor, shows, until } from '../vscode/editor.ts'
import type { VsCodeWindow } from '../vscode/window.ts'

export async function completion(window: VsCodeWindow): Promise<void> {
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

export async function hover(window: VsCodeWindow): Promise<void> {
  const editor = await Editor.open(window, 'new_users_only.js')
  await editor.rest('setFlag', 'setFlag(')
}

export async function quickFix(window: VsCodeWindow): Promise<void> {
  const { page } = window
  const editor = await Editor.open(window, 'catch_trigger.js')
  await editor.click('// You custom code')
  await page.keyboard.press('End')
  await page.keyboard.insertText("\nevent.setFlag('skipDialogEngine', true)")
  await page.locator('.squiggly-error').first().waitFor()
  await editor.click('skipDialogEngine')
  await editor.fixes('Use bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE')
}

export async function renaming(window: VsCodeWindow): Promise<void> {
  const editor = await Editor.open(window, '20_offer_help_to_idle_visitor.js')
  await editor.rename('payloads', 'messages')
}

/** From the type that the checkout sends to the hook that handles it, without leaving the page. */
export async function goToHook(window: VsCodeWindow): Promise<void> {
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
