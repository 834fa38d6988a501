/**
 * Pictures of the panel with a recorded trace, for looking at: `node test/panel/look.ts <folder>`. With `--serve` the panel stays open at an address instead.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { closeBrowser, newContext } from '../support/browser.ts'
import { PanelHost } from './panel-host.ts'
import { recorded } from './recorded.ts'
import { HIGH_CONTRAST } from './themes.ts'

const host = await PanelHost.open()
host.entries = recorded()

if (process.argv.includes('--serve')) console.log(host.url)
else {
  const folder = process.argv[2] ?? 'pictures'
  mkdirSync(folder, { recursive: true })
  for (const theme of ['light', 'dark', 'contrast'] as const) {
    for (const width of [300, 600, 1200]) await picture(theme, width, folder)
  }
  await closeBrowser()
  await host.close()
}

async function picture(theme: 'light' | 'dark' | 'contrast', width: number, folder: string): Promise<void> {
  const context = await newContext({
    viewport: { width, height: 800 },
    colorScheme: theme === 'light' ? 'light' : 'dark',
    reducedMotion: 'reduce'
  })
  const page = await context.newPage()
  if (theme === 'contrast') await page.addInitScript(HIGH_CONTRAST)
  await page.goto(host.url)
  const file = (name: string) => join(folder, `${theme}-${width}-${name}.png`)
  await page.getByRole('button', { name: 'Send event' }).waitFor()
  await page.frameLocator('iframe').getByText('Shoes & more').waitFor()
  await page.screenshot({ path: file('page') })
  if (width < 680) await page.getByRole('tab', { name: 'Trace' }).click()
  await page.locator('.card').first().waitFor()
  await page.screenshot({ path: file('trace') })
  const cards = page.locator('.card-toggle', { hasText: 'said again' }).or(page.locator('.card-toggle', { hasText: 'state discarded' }))
  await cards.last().click()
  await page.locator('.details').waitFor()
  await cards.last().scrollIntoViewIfNeeded()
  await page
    .getByRole('button', { name: /^event/ })
    .last()
    .click()
  await page.getByRole('button', { name: 'Send event' }).click()
  await page.screenshot({ path: file('open') })
  await context.close()
}
