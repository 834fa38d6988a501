/**
 * Pictures of what visitors see, for looking at: `node test/browser/look.ts <folder> [widget | voiceflow | bot | bot-channel …]`. The chat of Botpress and that of Voiceflow on their pages, and the
 * chat of a bot, each light, dark, in forced colours, narrow and wide, with a message that is looked at.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { Simulator } from '../../src/host/simulator.ts'
import { shownBy } from '../../src/trace/shown.ts'
import { botFolder } from '../bots/bot-folder.ts'
import { closeBrowser, newContext } from '../support/browser.ts'
import { copyWorkspace } from '../support/workspace.ts'
import { buildWebview, ENGINE } from './built.ts'
import { BOT } from './made-bot.ts'
import { BUBBLES } from './voiceflow-page.ts'

const LOOKS: Record<string, BrowserContextOptions> = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  forced: { colorScheme: 'dark', forcedColors: 'active' }
}
const WIDTHS = [320, 600, 1200]
const [folder = 'pictures', ...wanted] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const built = await buildWebview()

/** Pictures of the simulator's page in every look. */
async function pictures(name: string, simulator: Simulator, ready: (page: Page) => Promise<void>): Promise<void> {
  const looks = wanted.length === 0 || wanted.includes(name) ? Object.entries(LOOKS) : []
  for (const [look, options] of looks) {
    for (const width of WIDTHS) {
      const context = await newContext({ viewport: { width, height: 640 }, reducedMotion: 'reduce', ...options })
      const page = await context.newPage()
      await page.goto(simulator.url('page'))
      await ready(page)
      const last = simulator.trace.entries.findLast(entry => shownBy(entry).length > 0)
      if (last) await simulator.handle({ kind: 'mark', messages: shownBy(last).slice(-1) })
      await page.waitForTimeout(300)
      await page.screenshot({ path: join(folder, `${name}-${width}-${look}.png`) })
      await context.close()
    }
  }
  await simulator.dispose()
}

const shop = copyWorkspace('shop')
writeFileSync(join(shop.folder, 'pages/vf.html'), BUBBLES)
const open = async (page: string) => {
  const simulator = await Simulator.open({ folder: shop.folder, dist: built.dist, engine: ENGINE, watch: false, page })
  await simulator.ready()
  return simulator
}
await pictures('widget', await open('pages/product.html'), async page => {
  const chat = page.frameLocator('#bp-widget')
  await chat.locator('[data-message]').first().waitFor()
  await chat.locator('[data-message]').first().hover()
})
await pictures('voiceflow', await open('pages/vf.html'), async page => {
  await page.getByText('Second').hover()
})
shop.remove()

const home = botFolder(BOT, 'price-bot')
for (const view of ['', 'Happenings', 'Channel', 'References']) {
  const simulator = await Simulator.open({ folder: home.path, dist: built.dist, watch: false })
  await pictures(`bot${view && `-${view.toLowerCase()}`}`, simulator, async page => {
    await page.getByText('Welcome').first().waitFor()
    for (const text of ['hello', 'cards', 'suggest']) {
      await page.getByLabel('Message to the bot').fill(text)
      await page.getByRole('button', { name: 'Send', exact: true }).click()
    }
    await page.getByRole('button', { name: 'Red', exact: true }).waitFor()
    if (view) await page.getByRole('button', { name: view, exact: true }).click()
  })
}
home.remove()
built.remove()
await closeBrowser()
process.exit(0)
