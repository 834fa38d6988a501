/**
 * Pictures of the panel with a recorded trace, for looking at: `node test/panel/look.ts <folder> [theme…]`. With `--serve` the panel stays open at an
 * address instead.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { closeBrowser, newContext } from '../support/browser.ts'
import { FILE, Trace } from '../trace/make.ts'
import { PanelHost } from './panel-host.ts'
import { recorded, replayed } from './recorded.ts'
import { HIGH_CONTRAST, HIGH_CONTRAST_LIGHT } from './themes.ts'

const THEMES = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'contrast-dark': { colorScheme: 'dark', script: HIGH_CONTRAST },
  'contrast-light': { colorScheme: 'light', script: HIGH_CONTRAST_LIGHT }
} as const
const WIDTHS = [320, 600, 1200]

const host = await PanelHost.open()
host.entries = [...recorded()]
const trace = new Trace()
trace.now = Date.UTC(2026, 10, 21, 9, 32, 59)
trace.add('file-saved', { files: [{ file: FILE, what: 'hook' }] })
host.append(trace.entries)
host.append(replayed(host.entries.length))
host.state = {
  ...host.state,
  clock: {
    kind: 'virtual',
    now: Date.UTC(2026, 10, 21, 9, 30, 30),
    playing: false,
    speed: 1,
    moving: false,
    nextDue: Date.UTC(2026, 10, 21, 9, 31)
  },
  conditions: { line: { delayMs: 1000 }, hooks: [{ hook: 'greet.js', what: 'hang' }], unmounted: [] }
}

/** What is looked at, one after the other in the same page. */
const SCENES: Record<string, (page: Page, narrow: boolean) => Promise<void>> = {
  page: async () => {},
  visitor: page => drawer(page, 'Visitor'),
  clock: page => drawer(page, 'Clock'),
  trouble: page => drawer(page, 'Trouble'),
  restart: async page => {
    const restart = page.getByRole('button', { name: 'Restart the server' })
    await restart.scrollIntoViewIfNeeded()
    await restart.focus()
  },
  gestures: page => drawer(page, 'Gestures'),
  state: async page => {
    await drawer(page, 'State')
    await page.getByText('Where the conversation stands').waitFor()
  },
  run: page => drawer(page, 'Run'),
  send: async page => {
    await drawer(page, 'Run')
    await page.getByRole('button', { name: 'Send event' }).click()
    await page.getByRole('combobox', { name: 'Type' }).fill('pricing-idle')
  },
  stories: async (page, narrow) => {
    await page.getByRole('button', { name: 'Send event' }).click()
    if (narrow) await page.getByRole('tab', { name: 'Trace' }).click()
    await page.locator('.card').first().waitFor()
  },
  open: async page => {
    const card = page
      .locator('.card-toggle', { hasText: 'said again' })
      .or(page.locator('.card-toggle', { hasText: 'state discarded' }))
      .last()
    await card.click()
    await page.locator('.details').waitFor()
    await card.scrollIntoViewIfNeeded()
  },
  timeline: async page => {
    await page.getByRole('tab', { name: 'Timeline' }).click()
    await page.locator('.trow', { hasText: 'before_incoming_middleware' }).last().click()
    await page.locator('.inspector').waitFor()
  },
  findings: async page => {
    await page.getByRole('tab', { name: /Findings/ }).click()
    await page.locator('.finding').first().waitFor()
  },
  changes: async page => {
    await page.getByRole('tab', { name: /Changes/ }).click()
    await page.locator('.pair').first().waitFor()
  }
}

async function drawer(page: Page, name: string): Promise<void> {
  await page
    .getByRole('toolbar', { name: 'Stage' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click()
  await page.waitForTimeout(120)
}

if (process.argv.includes('--serve')) console.log(host.url)
else {
  const [folder = 'pictures', ...themes] = process.argv.slice(2)
  mkdirSync(folder, { recursive: true })
  for (const [theme, look] of Object.entries(THEMES)) {
    if (themes.length > 0 && !themes.includes(theme)) continue
    for (const width of WIDTHS) await pictures(theme, look, width, folder)
  }
  await closeBrowser()
  await host.close()
}

async function pictures(
  theme: string,
  look: { colorScheme: 'light' | 'dark'; script?: string },
  width: number,
  folder: string
): Promise<void> {
  const context = await newContext({ viewport: { width, height: 800 }, colorScheme: look.colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  if (look.script) await page.addInitScript(look.script)
  await page.goto(host.url)
  await page.getByRole('button', { name: 'Send event' }).waitFor()
  await page.frameLocator('iframe').getByText('Shoes & more').waitFor()
  for (const [name, show] of Object.entries(SCENES)) {
    await show(page, width < 680)
    await page.screenshot({ path: join(folder, `${width}-${name}-${theme}.png`) })
  }
  await context.close()
}
