import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'
import { Simulator } from '../../src/host/simulator.ts'
import type { ToPanel } from '../../src/protocol/panel.ts'
import type { EntryOf } from '../../src/trace/entry.ts'
import { type BotFolder, botFolder } from '../bots/bot-folder.ts'
import { until } from '../panel/until.ts'
import { closeBrowser, newContext } from '../support/browser.ts'
import { buildWebview } from './built.ts'
import { BOT } from './made-bot.ts'

describe('the chat of a bot of the Bot Framework', function () {
  this.timeout(90_000)
  let built: Awaited<ReturnType<typeof buildWebview>>
  let folder: BotFolder
  let simulator: Simulator
  let context: BrowserContext
  let page: Page

  before(async () => {
    built = await buildWebview()
    folder = botFolder(BOT, 'price-bot')
    simulator = await Simulator.open({ folder: folder.path, dist: built.dist, watch: false })
    context = await newContext({ viewport: { width: 760, height: 620 } })
    page = await context.newPage()
    await page.goto(simulator.url('page'))
    await page.getByText('Welcome').waitFor()
  })
  after(async () => {
    await context?.close()
    await simulator?.dispose()
    built?.remove()
    folder.remove()
    await closeBrowser()
  })

  const say = async (text: string) => {
    await page.getByLabel('Message to the bot').fill(text)
    await page.getByRole('button', { name: 'Send', exact: true }).click()
  }
  const view = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const picture = (name: string) => process.env.PICTURES && page.screenshot({ path: join(process.env.PICTURES, `${name}.png`) })

  it('is found by its packages, started, and shown without a Botpress folder', () => {
    assert.equal(simulator.state.status, 'ready')
    assert.deepEqual(simulator.state.pages[0], { id: 'bot:price-bot', title: 'price-bot (Bot Framework SDK v4)', botIds: [], plays: 'bot' })
  })

  it('shows words as words', async () => {
    await say('hello')
    await page.getByText('You said <b>hello</b>').waitFor()
  })

  it('leads from a message to its entry by keyboard, and marks what is looked at in the trace', async () => {
    const told: ToPanel[] = []
    const panel = simulator.connect(message => told.push(message))
    await panel.receive({ kind: 'ready' })
    await page.getByRole('list', { name: 'Conversation' }).focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Inspect this message' }).press('Enter')
    await until(() => told.some(({ kind }) => kind === 'reveal'))
    const { seq } = told.find(message => message.kind === 'reveal')!
    const entry = simulator.trace.entries[seq - 1]
    assert.ok(entry?.kind === 'activity-from-bot' && (entry.activity as { text?: string }).text?.startsWith('You said'))
    await panel.receive({ kind: 'mark', messages: [entry.activityId] })
    await page.locator('[aria-current=true]', { hasText: 'You said' }).waitFor()
    await panel.receive({ kind: 'mark', messages: [] })
    await page.locator('[aria-current=true]').waitFor({ state: 'detached' })
    panel.dispose()
  })

  it('shows cards, Adaptive Cards too, and sends what their buttons say', async () => {
    await say('cards')
    await page.getByText('Pick a size').waitFor()
    await picture('cards')
    await page.getByRole('button', { name: 'Large' }).click()
    await page.getByText('Size L').waitFor()
    await page.getByRole('button', { name: 'Take it' }).click()
    await page.getByText('You said <b>I take it</b>').waitFor()
  })

  it('shows what the bot changed and deleted', async () => {
    await say('change')
    await page.getByText('changed by the bot, before: first').waitFor()
    await page.getByText('second', { exact: true }).waitFor()
    await say('delete')
    await page.getByText('deleted by the bot').waitFor()
  })

  it('marks what nobody asked for, names the trigger, and says that a question was open', async () => {
    await say('suggest')
    await page.getByRole('button', { name: 'Red', exact: true }).waitFor()
    await view('Triggers')
    await page.getByRole('button', { name: 'Call', exact: true }).click()
    await page.getByText(/proactive · P2 · triggered by GET \/api\/notify/).waitFor()
    await page.getByText('It arrived while the bot expected an answer to “Which?”.').waitFor()
    await say('red')
    await page.getByText(/answer captured by another dialog/).waitFor()
    await picture('proactive')
  })

  it('opens a thread for a conversation of the bot’s own', async () => {
    await say('elsewhere')
    await page.getByRole('tab', { name: /opened by the bot/ }).click()
    await page.getByText('Here', { exact: true }).waitFor()
    await page.getByRole('tab').first().click()
  })

  it('lists references, to be copied as each SDK stores them', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await view('References')
    await page.getByRole('button', { name: 'Copy as v4 reference' }).first().click()
    await page.getByText('Copied.').waitFor()
    const copied = JSON.parse(await page.evaluate('navigator.clipboard.readText()'))
    assert.deepEqual(Object.keys(copied).sort(), ['activityId', 'bot', 'channelId', 'conversation', 'locale', 'serviceUrl', 'user'])
    await picture('references')
  })

  it('sends any activity, lets people come and go, and refuses for who removed the bot', async () => {
    await view('Happenings')
    await page.getByRole('button', { name: 'Send the activity' }).click()
    await page.getByText('Event pricing-idle').waitFor()
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByText('bob joined').waitFor()
    await page.getByRole('button', { name: 'Remove the bot' }).click()
    await view('Channel')
    const reach = page.getByLabel('You are, for the bot')
    await until(async () => (await reach.inputValue()) === 'removed')
    await picture('channel')
    await reach.selectOption('met')
  })

  it('hands out a token as a sign-in does, and tells the bot of it', async () => {
    await view('Happenings')
    await page.getByLabel('Connection').fill('graph')
    await page.getByLabel('Token').fill('made up')
    await page.getByRole('button', { name: 'Hand out the token' }).click()
    await page.getByText('Event tokens/response', { exact: true }).waitFor()
    const told = simulator.trace.entries.findLast(entry => entry.kind === 'activity-to-bot') as EntryOf<'activity-to-bot'>
    assert.deepEqual((told.activity as { value?: unknown }).value, { channelId: 'emulator', connectionName: 'graph', token: 'made up' })
  })

  it('refuses what is more than a quota that the author sets, with the time to wait', async () => {
    await view('Channel')
    await page.getByText('as many messages as it likes').waitFor()
    await page.getByLabel('in seconds').fill('60')
    await page.getByRole('button', { name: 'Set the quota' }).click()
    await page.getByText('The bot may send one message in 60 s').waitFor()
    const before = simulator.trace.entries.length
    await say('one')
    await say('two')
    const refused = () => simulator.trace.entries.slice(before).find(entry => entry.kind === 'connector-call' && entry.status === 429)
    await until(() => refused() !== undefined)
    const { retryAfterMs, staged } = refused() as EntryOf<'connector-call'>
    assert.ok(staged && retryAfterMs! > 0 && retryAfterMs! <= 60_000)
    await picture('quota')
    await page.getByRole('button', { name: 'No quota' }).click()
    await page.getByText('as many messages as it likes').waitFor()
    await say('three')
    await page.getByText('You said <b>three</b>').waitFor()
  })

  for (const [name, options] of [
    ['dark', { colorScheme: 'dark' }],
    ['narrow', { viewport: { width: 360, height: 600 } }]
  ] as const) {
    it(`is readable ${name}, and has no barrier that axe finds`, async () => {
      const other = await newContext(options)
      try {
        const shown = await other.newPage()
        await shown.goto(simulator.url('page'))
        await shown.getByText('Size L').first().waitFor()
        if (process.env.PICTURES) await shown.screenshot({ path: join(process.env.PICTURES, `${name}.png`) })
        await shown.evaluate((AxeBuilder as unknown as { source: string }).source)
        const { violations } = (await shown.evaluate('axe.run()')) as { violations: { id: string; nodes: { html: string }[] }[] }
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
          []
        )
      } finally {
        await other.close()
      }
    })
  }

  it('says why a bot that died does not answer, and starts it again when asked', async () => {
    const { pid } = simulator.trace.entries.findLast(entry => entry.kind === 'bot-started') as { pid: number }
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
    await page.getByText('failed', { exact: true }).waitFor()
    await say('anybody?')
    await page
      .getByText(/the bot is not running/)
      .first()
      .waitFor()
    await picture('died')
    await page.getByRole('button', { name: 'Restart the bot' }).click()
    await page.getByText('running', { exact: true }).waitFor()
    await say('back')
    await page.getByText('You said <b>back</b>').waitFor()
    assert.ok(existsSync(join(folder.path, 'bot.js')))
  })
})
