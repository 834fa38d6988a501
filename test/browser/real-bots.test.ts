import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FrameLocator, Page } from 'playwright-core'
import { Simulator } from '../../src/host/simulator.ts'
import { type Kind, packagesOf, SAMPLES } from '../bots/install.ts'
import { closeBrowser, newContext } from '../support/browser.ts'

const DIST = join(dirname(fileURLToPath(import.meta.url)), '../../dist')

interface Talk {
  kind: Kind
  /** Another program of the sample than its `npm start`. */
  script?: string
  sdk: string
  /** Said by the visitor, and what the bot answers. */
  says: [text: string, answer: RegExp][]
  /** An outside system calls this. Without it the bot writes by itself. */
  trigger?: [method: 'GET' | 'POST', address: string]
  /** What the bot writes then, though nobody asked. */
  writes: RegExp
  /** What the view of the dialogs tells after that. */
  dialogs: RegExp[]
}

const NO_DIALOGS = /No dialogs were seen/

const TALKS: Record<string, Talk> = {
  'v3: a survey takes the place of the root dialog': {
    kind: 'v3',
    sdk: 'Bot Framework SDK v3',
    says: [['hello', /start a survey in five seconds/]],
    trigger: ['GET', '/api/CustomWebApi'],
    writes: /Hello, I'm the survey dialog/,
    dialogs: [/Now: survey/, /replaced/]
  },
  'v3: a survey is put on top of a booking, which goes on': {
    kind: 'v3',
    script: 'booking.js',
    sdk: 'Bot Framework SDK v3',
    says: [['hi', /Where do you want to go/]],
    trigger: ['GET', '/api/survey?resume=1'],
    writes: /How do you like us/,
    dialogs: [/Now: .*booking.*survey/, /pushed/]
  },
  'v4: somebody who subscribed is notified': {
    kind: 'v4',
    sdk: 'Bot Framework SDK v4',
    says: [['subscribe', /We will message you shortly/]],
    writes: /You have been notified/,
    dialogs: [NO_DIALOGS]
  },
  'v4: a booking that news interrupt': {
    kind: 'v4',
    script: 'policies/interrupt.js',
    sdk: 'Bot Framework SDK v4',
    says: [
      ['book a trip', /Where do you want to go/],
      ['London', /When do you want to leave/]
    ],
    trigger: ['POST', '/api/price-drop'],
    writes: /hotel in Las Vegas is 20 % cheaper/,
    dialogs: [/Now: book › date › hotel › text/, /pushed/]
  },
  'Agents SDK: somebody who subscribed is notified': {
    kind: 'agents',
    sdk: 'Microsoft 365 Agents SDK',
    says: [['subscribe', /We will message you shortly/]],
    trigger: ['GET', '/api/notify'],
    writes: /Something happened outside/,
    dialogs: [/Agents SDK has no dialogs of its own/]
  },
  'Agents SDK with dialogs: a booking that news interrupt': {
    kind: 'agents-dialogs',
    sdk: 'Microsoft 365 Agents SDK',
    says: [['hello', /Where do you want to go/]],
    trigger: ['POST', '/api/price-drop'],
    writes: /hotel in Las Vegas is 20 % cheaper/,
    dialogs: [/Now: book › text › hotel › text/, /pushed/]
  }
}

/** The sample bots on the packages that they name, as an author has them after `npm install`: found, started and talked to in the panel. */
describe('the sample bots on the real SDKs, in the panel', function () {
  this.timeout(240_000)
  after(closeBrowser)

  for (const [name, talk] of Object.entries(TALKS)) {
    it(name, async () => {
      const folder = await install(talk)
      const simulator = await Simulator.open({ folder, dist: DIST, watch: false })
      const context = await newContext({ viewport: { width: 1200, height: 800 } })
      try {
        const { title } = simulator.state.pages[0]!
        assert.ok(title.endsWith(`(${talk.sdk})`), title)
        const page = await context.newPage()
        await page.goto(simulator.url('ui'))
        await play(page, page.frameLocator('iframe'), talk)
        await picture(page, name)
        await page.setViewportSize({ width: 620, height: 800 })
        await picture(page, `${name} narrow`)
        assert.deepEqual(
          simulator.trace.entries.filter(({ kind }) => kind === 'bot-stopped'),
          []
        )
      } catch (error) {
        await picture(context.pages()[0]!, `failed ${name}`)
        throw error
      } finally {
        await context.close()
        await simulator.dispose()
        rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
      }
    })
  }
})

async function play(page: Page, chat: FrameLocator, { says, trigger, writes, dialogs }: Talk): Promise<void> {
  await chat.getByText('running', { exact: true }).waitFor({ timeout: 60_000 })
  const thread = chat.getByRole('list', { name: 'Conversation' })
  for (const [text, answer] of says) {
    await chat.getByLabel('Message to the bot').fill(text)
    await chat.getByRole('button', { name: 'Send', exact: true }).click()
    await thread.getByText(answer).first().waitFor()
  }
  if (trigger) {
    const [method, address] = trigger
    await chat.getByRole('button', { name: 'Triggers', exact: true }).click()
    await chat.getByLabel('Method').selectOption(method)
    await chat.getByLabel('Address').fill(address)
    await chat.getByRole('button', { name: 'Call', exact: true }).click()
  }
  const news = thread.getByRole('listitem').filter({ hasText: writes }).first()
  const call = trigger?.join(' ').replace(/\?.*/, '')
  await news.getByText(call === undefined ? /^proactive/ : `triggered by ${call}`).waitFor()
  const story = page.locator('article.card', { hasText: call ?? 'proactive' })
  await story.filter({ hasText: writes }).first().waitFor()
  await chat.getByRole('button', { name: 'Dialogs', exact: true }).click()
  const view = chat.getByRole('complementary', { name: 'Dialogs' })
  for (const told of dialogs) await view.filter({ hasText: told }).waitFor()
}

async function install({ kind, script }: Talk): Promise<string> {
  const modules = await packagesOf(kind)
  const folder = mkdtempSync(join(tmpdir(), 'proactive-hooks-sample-'))
  cpSync(join(SAMPLES, kind), folder, { recursive: true })
  symlinkSync(modules, join(folder, 'node_modules'), 'junction')
  if (script !== undefined) {
    const file = join(folder, 'package.json')
    const manifest = JSON.parse(readFileSync(file, 'utf8'))
    writeFileSync(file, JSON.stringify({ ...manifest, scripts: { start: `node ${script}` } }))
  }
  return folder
}

async function picture(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES) await page.screenshot({ path: join(process.env.PICTURES, `${name.replaceAll(/\W+/g, '-')}.png`) })
}
