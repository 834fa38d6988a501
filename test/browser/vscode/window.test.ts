import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { closeBrowser } from '../../support/browser.ts'
import { useWindow } from '../../support/vscode-window.ts'

describe('The window of a real VS Code', () => {
  const window = useWindow({ workspace: 'hooks' })
  after(closeBrowser)

  it('opens a hook as a Botpress hook, coloured, and saves what is typed in it', async () => {
    const { page, openFile, file } = window()
    await openFile('steps.js')
    await page.locator('.statusbar-item', { hasText: 'Botpress Hook' }).waitFor()
    // More than one colour: the grammar was found.
    await page.waitForFunction("new Set([...document.querySelectorAll('.view-line span span')].map(token => token.className)).size > 3")
    await page.locator('.editor-instance .view-lines').first().click()
    await page.keyboard.press('Control+Home')
    await page.keyboard.type('// seen')
    await page.keyboard.press('Control+S')
    const path = file('data/bots/stepping-bot/hooks/before_incoming_middleware/steps.js')
    const until = Date.now() + 20_000
    while (!readFileSync(path, 'utf8').startsWith('// seen') && Date.now() < until) await page.waitForTimeout(50)
    assert.match(readFileSync(path, 'utf8'), /^\/\/ seenconst describe/)
  })
})
