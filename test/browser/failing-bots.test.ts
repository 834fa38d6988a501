import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrowserContext, FrameLocator, Page } from 'playwright-core'
import { Simulator } from '../../src/host/simulator.ts'
import { type BotFolder, botFolder } from '../bots/bot-folder.ts'
import { until } from '../panel/until.ts'
import { closeBrowser, newContext } from '../support/browser.ts'

const DIST = join(dirname(fileURLToPath(import.meta.url)), '../../dist')

/** A bot that fails as it is told to. */
const BOT = `
const open = []
require('node:http').createServer((req, res) => {
  let body = ''
  req.on('data', data => (body += data)).on('end', () => {
    const { type, text } = JSON.parse(body)
    if (text === 'die') throw new Error('boom')
    if (text === 'hang') return open.push(res)
    for (const waiting of open.splice(0)) if (text === 'go on') waiting.end()
    res.statusCode = Number(text) || 200
    res.end('bad day')
  })
}).listen(process.env.PORT)
`

/** What the panel says of a bot that fails: the advice for its way of failing, in the chat beside the message and in the timeline. */
describe('a bot that fails, in the panel (C14)', function () {
  this.timeout(90_000)
  let folder: BotFolder
  let simulator: Simulator
  let context: BrowserContext
  let page: Page
  let chat: FrameLocator

  before(async () => {
    folder = botFolder(BOT, 'failing-bot')
    simulator = await Simulator.open({ folder: folder.path, dist: DIST, watch: false, botNoticeMs: 300 })
    context = await newContext({ viewport: { width: 1100, height: 800 } })
    page = await context.newPage()
    await page.goto(simulator.url('ui'))
    chat = page.frameLocator('iframe')
    await chat.getByText('running', { exact: true }).waitFor()
  })
  after(async () => {
    await context?.close()
    await simulator?.dispose()
    folder.remove()
    await closeBrowser()
  })

  const say = async (text: string) => {
    await chat.getByLabel('Message to the bot').fill(text)
    await chat.getByRole('button', { name: 'Send', exact: true }).click()
  }

  for (const [how, says, todo] of [
    [
      '401',
      /The bot answered 401: it has an app id and expects a signed token/,
      /Start the bot with these variables empty: MicrosoftAppId/
    ],
    ['404', /The bot answered 404: nothing takes posts at \/api\/messages/, /Correct the path of the endpoint/],
    ['500', /The bot answered 500: an exception ended its turn \(bad day\)/, /Look at the bot’s output/],
    ['hang', /The bot has not answered the request: its turn does not end/, /an await that never resolves/],
    ['die', /its process exited/, /the last lines of its output/]
  ] as const) {
    it(how, async () => {
      await say(how)
      const trouble = chat.locator('.thread').getByRole('alert')
      await trouble.filter({ hasText: says }).waitFor()
      assert.match((await trouble.textContent()) ?? '', todo)
      await page.getByText(says).first().waitFor()
      if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `failing-${how}.png`) })
      if (how === 'die') {
        await chat.getByText(/exited with code 1/).waitFor()
        await page
          .getByText(/Its last words: “Error: boom”/)
          .first()
          .waitFor()
      }
    })
  }

  it('hangs often, which keeps nobody from writing on, and is trouble no more when its turns end', async () => {
    await chat.getByRole('button', { name: 'Channel', exact: true }).click()
    await chat.getByRole('button', { name: 'Restart the bot' }).click()
    await chat.getByText('running', { exact: true }).waitFor()
    // More than a page has connections.
    for (let n = 0; n < 9; n++) await say('hang')
    await chat
      .locator('.thread')
      .getByRole('alert')
      .filter({ hasText: /its turn does not end/ })
      .waitFor()
    await say('go on')
    await chat.locator('.thread').getByRole('alert').waitFor({ state: 'detached' })
    await until(() => simulator.trace.entries.filter(entry => entry.kind === 'bot-answered' && entry.outcome === 'done').length >= 10)
  })
})
