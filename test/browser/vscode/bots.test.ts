import assert from 'node:assert/strict'
import type { Frame } from 'playwright-core'
import { Editor } from '../../../scripts/vscode/editor.ts'
import { until } from '../../panel/until.ts'
import { closeBrowser } from '../../support/browser.ts'
import { useWindow } from '../../support/vscode-window.ts'

/** A folder with a bot of the Bot Framework family and nothing else, as its author works with it. */
describe('A bot in the window, in a folder of its own', function () {
  this.timeout(120_000)
  const window = useWindow({ workspace: 'price-bot' })
  let panel: Frame
  let chat: Frame

  before(async () => {
    await window().command('Proactive Hooks: Open Simulator')
    panel = await window().webview('.toolbar', { timeout: 60_000 })
    chat = await window().webview('.composer', { timeout: 60_000 })
    await running()
  })
  after(closeBrowser)

  const running = () => chat.getByText('running', { exact: true }).waitFor({ timeout: 60_000 })
  const say = async (text: string) => {
    await chat.getByLabel('Message to the bot').fill(text)
    await chat.getByRole('button', { name: 'Send', exact: true }).click()
  }
  const answered = (text: string) => chat.getByText(text, { exact: true }).waitFor()
  const view = async (name: string) => {
    const button = chat.getByRole('button', { name, exact: true })
    if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click()
  }
  const picture = (name: string) => process.env.PICTURES && window().screenshot(`${process.env.PICTURES}/window-${name}.png`)

  it('is found, started and answers', async () => {
    await chat.getByRole('heading', { name: 'price-bot' }).waitFor()
    await say('hello')
    await answered('You said hello')
  })

  it('leaves the editor its keys: F1 and Ctrl+P in the chat, where what is typed stays', async () => {
    const { page } = window()
    const field = chat.getByLabel('Message to the bot')
    const input = page.locator('.quick-input-widget input.input').first()
    for (const [key, begins] of [
      ['F1', '>'],
      ['Control+P', '']
    ] as const) {
      await field.fill('still')
      await field.press('End')
      await field.press('!')
      await field.press(key)
      await input.waitFor({ state: 'visible' })
      assert.equal(await input.inputValue(), begins)
      assert.equal(await field.inputValue(), 'still!')
      await page.keyboard.press('Escape')
      await input.waitFor({ state: 'hidden' })
    }
  })

  it('writes because of a call from outside', async () => {
    await view('Triggers')
    await chat.getByRole('button', { name: 'Call', exact: true }).click()
    await answered('The price dropped.')
    await chat.getByText(/proactive .*triggered by GET \/api\/notify/).waitFor()
    await picture('bot-trigger')
  })

  it('shows in an output channel what it prints', async () => {
    const { page } = window()
    const line = (text: string) => page.locator('.quick-input-widget .monaco-list-row', { hasText: text }).first()
    await page.keyboard.press('F1')
    await page.locator('.quick-input-widget input.input').first().fill('>Output: Show Output Channels...')
    await line('Show Output Channels...').click()
    await line('Proactive Hooks Bots').click()
    await page.locator('.output-view, .pane-body.output-view', { hasText: 'heard hello' }).first().waitFor()
    await picture('bot-output')
  })

  it('is started anew when its program is saved', async () => {
    const { page } = window()
    const editor = await Editor.open(window(), 'bot.js', 'JavaScript')
    await editor.click('const greeting')
    await page.keyboard.press('Home')
    await page.keyboard.press('Shift+End')
    await page.keyboard.type('const greeting = "I heard"')
    await page.keyboard.press('Control+S')
    // Its story in the trace tells why it was started.
    await panel.getByText(/price-bot runs anew, since a file was saved/).waitFor({ state: 'attached' })
    await running()
    await say('again')
    await answered('I heard again')
  })

  it('stops at a breakpoint also for who writes at once, and is debugged in one session, however often that is asked for', async () => {
    const { page } = window()
    const editor = await Editor.open(window(), 'bot.js', 'JavaScript')
    await editor.click('last = activity')
    await page.keyboard.press('F9')
    await page.locator('.codicon-debug-breakpoint').first().waitFor()
    await view('Channel')
    for (const text of ['first', 'second']) {
      await chat.getByRole('button', { name: 'Restart and debug' }).click()
      await say(text)
      await page.locator('.debug-top-stack-frame-line, .codicon-debug-stackframe').first().waitFor({ timeout: 60_000 })
      await page.locator('.debug-call-stack .monaco-list-row', { hasText: 'turn' }).first().waitFor()
      const sessions = page.locator('.debug-call-stack .monaco-list-row[aria-level="1"]')
      // The one before may be seen a moment longer.
      await until(async () => (await sessions.count()) === 1)
      await picture(`bot-stopped-${text}`)
      await page
        .locator('.debug-toolbar')
        .getByRole('button', { name: /^Continue/ })
        .click()
      await answered(`I heard ${text}`)
    }
  })
})
