import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { closeBrowser, newContext } from '../support/browser.ts'
import { PanelHost } from './panel-host.ts'
import { recorded } from './recorded.ts'
import { HIGH_CONTRAST } from './themes.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  help: string
  nodes: string[]
}

/** What axe finds in the panel itself; the framed page is the user's. */
async function violations(page: Page): Promise<Violation[]> {
  await page.evaluate(AXE)
  return page.evaluate<Violation[]>(`axe.run({ exclude: [['iframe']] }, { iframes: false }).then(found =>
    found.violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(node => node.html + ' ' + node.failureSummary).slice(0, 3) })))`)
}

describe('panel and its readers', function () {
  this.timeout(60_000)
  let host: PanelHost
  before(async () => {
    host = await PanelHost.open()
    host.entries = recorded()
  })
  after(async () => {
    await host.close()
    await closeBrowser()
  })

  for (const theme of ['light', 'dark', 'high contrast', 'forced colours'] as const) {
    for (const width of [300, 1200]) {
      it(`axe finds no barrier: ${theme}, ${width} px, card and form open, a trouble told`, async () => {
        const context = await newContext({
          viewport: { width, height: 900 },
          colorScheme: theme === 'light' ? 'light' : 'dark',
          forcedColors: theme === 'forced colours' ? 'active' : 'none',
          reducedMotion: 'reduce'
        })
        const page = await context.newPage()
        if (theme === 'high contrast') await page.addInitScript(HIGH_CONTRAST)
        await page.goto(host.url)
        await page.getByRole('button', { name: 'Send event' }).click()
        await page.getByRole('button', { name: 'Send', exact: true }).click()
        assert.deepEqual(await violations(page), [])
        if (width === 300) await page.getByRole('tab', { name: 'Trace' }).click()
        await page.locator('.card-toggle', { hasText: 'said again' }).click()
        await page
          .getByRole('button', { name: /^event/ })
          .last()
          .click()
        await page.locator('.step-toggle').first().click()
        host.send({ kind: 'notice', level: 'warning', text: 'greet.js could not be read.' })
        await page.getByText('could not be read').waitFor()
        assert.deepEqual(await violations(page), [])
        await context.close()
      })
    }
  }

  for (const status of ['untrusted', 'failed', 'starting'] as const) {
    it(`axe finds no barrier while it is ${status}`, async () => {
      host.state = { ...host.state, status }
      const context = await newContext({ viewport: { width: 300, height: 700 } })
      const page = await context.newPage()
      await page.goto(host.url)
      await page.locator('.standing p').waitFor()
      assert.deepEqual(await violations(page), [])
      await context.close()
    })
  }
})
