import assert from 'node:assert/strict'
import { Editor } from '../../../scripts/vscode/editor.ts'
import { at } from '../../../scripts/vscode/processes.ts'
import { closeBrowser } from '../../support/browser.ts'
import { useWindow } from '../../support/vscode-window.ts'

/** With `PROACTIVE_HOOKS_PICTURES` set, each test leaves a picture of what it saw in `out/language`. */
const pictures = Boolean(process.env.PROACTIVE_HOOKS_PICTURES)

describe('Writing a hook in the window, on the sample shop', function () {
  this.timeout(120_000)
  const window = useWindow({ workspace: 'shop', settings: { 'editor.minimap.enabled': false } })
  after(closeBrowser)

  const seen = async (name: string) => {
    if (pictures) await window().screenshot(at('out/language', `${name}.png`))
  }

  it('completes what an event can do, and nothing of the browser; the pick is written', async () => {
    const { page } = window()
    const editor = await Editor.open(window(), 'catch_trigger.js')
    await editor.end()
    await page.keyboard.type('\nevent')
    await editor.complete('botId')
    await page.keyboard.type('pre')
    await editor.suggestions.filter({ has: page.getByText('preview', { exact: true }) }).waitFor()
    assert.equal(await editor.suggestions.filter({ hasText: 'preventDefault' }).count(), 0)
    await page.keyboard.press('Control+Backspace')
    await page.keyboard.type('setF')
    const pick = editor.suggestions.filter({ has: page.getByText('setFlag', { exact: true }) })
    await pick.waitFor()
    await seen('completion')
    await pick.click()
    await editor.holds('event.setFlag')
  })

  it('tells what setFlag does when the mouse rests on it', async () => {
    const editor = await Editor.open(window(), 'new_users_only.js')
    const said = await editor.rest('setFlag', 'setFlag(')
    assert.match(await said.innerText(), /flag: symbol, value: boolean\): void\s+\S+/)
    await seen('hover')
  })

  it('replaces a flag written as a string by the flag, by a quick fix (BPH010, R5.2)', async () => {
    const { page } = window()
    const editor = await Editor.open(window(), 'custom_content.js')
    await editor.end()
    await page.keyboard.insertText("\nevent.setFlag('skipDialogEngine', true)")
    await page.locator('.squiggly-error').first().waitFor()
    await editor.click('skipDialogEngine')
    const fix = await editor.fixes('Use bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE')
    await seen('quick-fix')
    await fix.click()
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' })
    await editor.click('// Skip event processing')
    await editor.holds('event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)')
    assert.equal(await page.locator('.view-line', { hasText: 'skipDialogEngine' }).count(), 0)
  })

  it('renames a local name everywhere in the hook', async () => {
    const { page } = window()
    const editor = await Editor.open(window(), '20_offer_help_to_idle_visitor.js')
    await editor.rename('payloads', 'messages')
    await seen('rename')
    await page.keyboard.press('Enter')
    await editor.holds('const messages = await bp.cms.renderElement')
    await editor.holds('replyToEvent(event, messages, event.id)')
  })

  it('goes from a type that a page sends to the hook that handles it, and back to the page', async () => {
    const { page } = window()
    const hook = await Editor.open(window(), '00_log_page_events.js')
    await hook.end()
    await page.keyboard.insertText("\nif (event.type === 'coupon-used') bp.logger.info('A coupon')\n")
    await page.keyboard.press('Control+S')
    const sender = await Editor.open(window(), 'product.html')
    await sender.click('// The chat opens by itself')
    await page.keyboard.press('Home')
    await page.keyboard.insertText("window.botpressWebChat.sendEvent({ type: 'coupon-used' })\n")
    await page.keyboard.press('Control+S')
    await sender.click('coupon-used')
    await sender.follow('00_log_page_events.js')
    await hook.holds("if (event.type === 'coupon-used')")
    await seen('go-to-hook')
    await hook.click('coupon-used')
    await hook.follow('product.html')
    await sender.holds("sendEvent({ type: 'coupon-used' })")
    await seen('go-to-page')
  })
})
