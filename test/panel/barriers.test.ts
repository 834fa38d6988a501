import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { closeBrowser, newContext } from '../support/browser.ts'
import { PanelHost, READY } from './panel-host.ts'
import { recorded, replayed } from './recorded.ts'
import { HIGH_CONTRAST, HIGH_CONTRAST_LIGHT } from './themes.ts'

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
    host.append(replayed(host.entries.length))
  })
  after(async () => {
    await host.close()
    await closeBrowser()
  })

  for (const theme of ['light', 'dark', 'high contrast', 'high contrast light', 'forced colours'] as const) {
    for (const width of [300, 1200]) {
      it(`axe finds no barrier: ${theme}, ${width} px, card and form open, a trouble told`, async () => {
        const context = await newContext({
          viewport: { width, height: 900 },
          colorScheme: theme.endsWith('light') ? 'light' : 'dark',
          forcedColors: theme === 'forced colours' ? 'active' : 'none',
          reducedMotion: 'reduce'
        })
        const page = await context.newPage()
        if (theme === 'high contrast') await page.addInitScript(HIGH_CONTRAST)
        if (theme === 'high contrast light') await page.addInitScript(HIGH_CONTRAST_LIGHT)
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

      it(`axe finds no barrier: ${theme}, ${width} px, in each drawer and view`, async () => {
        host.state = {
          ...host.state,
          clock: { kind: 'virtual', now: Date.UTC(2026, 2, 3), playing: false, speed: 1, moving: false },
          conditions: { line: { delayMs: 200 }, hooks: [{ hook: 'greet.js', what: 'hang' }], unmounted: [] },
          visitors: [...READY.visitors, { id: 'ben', name: 'Visitor 2', tabs: [{ tab: 1, page: 'builtin', url: 'page.html?ben' }], tab: 1 }]
        }
        const context = await newContext({
          viewport: { width, height: 900 },
          colorScheme: theme.endsWith('light') ? 'light' : 'dark',
          forcedColors: theme === 'forced colours' ? 'active' : 'none',
          reducedMotion: 'reduce'
        })
        const page = await context.newPage()
        if (theme === 'high contrast') await page.addInitScript(HIGH_CONTRAST)
        if (theme === 'high contrast light') await page.addInitScript(HIGH_CONTRAST_LIGHT)
        await page.goto(host.url)
        for (const name of ['Visitor', 'Clock', 'Trouble', 'Gestures', 'State', 'Run']) {
          await page
            .getByRole('toolbar', { name: 'Stage' })
            .getByRole('button', { name: new RegExp(`^${name}`) })
            .click()
          await page.getByRole('region', { name, exact: true }).locator('button, input').first().waitFor()
          assert.deepEqual(await violations(page), [], name)
          if (name !== 'Clock') continue
          await page.getByRole('textbox', { name: 'Length of time' }).fill('soon')
          await page.getByRole('button', { name: 'Let pass' }).click()
          await page.getByText('is no length of time').waitFor()
          assert.deepEqual(await violations(page), [], 'Clock, with a mistake')
        }
        if (width === 300) await page.getByRole('tab', { name: 'Trace' }).click()
        await page.getByRole('tab', { name: 'Timeline' }).click()
        await page.locator('.trow').last().click()
        await page.locator('.inspector').waitFor()
        assert.deepEqual(await violations(page), [], 'Timeline')
        await page.getByRole('tab', { name: /Findings/ }).click()
        await page.locator('.finding').first().waitFor()
        assert.deepEqual(await violations(page), [], 'Findings')
        await page.getByRole('tab', { name: /Changes/ }).click()
        await page.locator('.pair').first().waitFor()
        assert.deepEqual(await violations(page), [], 'Changes')
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
