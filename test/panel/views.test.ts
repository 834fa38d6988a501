import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { FromPanel } from '../../src/protocol/panel.ts'
import { closeBrowser, newContext } from '../support/browser.ts'
import { Trace } from '../trace/make.ts'
import { PanelHost } from './panel-host.ts'
import { recorded, replayed } from './recorded.ts'
import { until } from './until.ts'

describe('the views of the trace', function () {
  this.timeout(60_000)
  let host: PanelHost
  let page: Page

  beforeEach(async () => {
    host = await PanelHost.open()
    host.entries = recorded()
    const context = await newContext({ viewport: { width: 1200, height: 800 }, reducedMotion: 'reduce' })
    page = await context.newPage()
  })
  afterEach(async () => {
    await page.context().close()
    await host.close()
  })
  after(closeBrowser)

  const view = async (name: RegExp) => {
    await page.goto(host.url)
    await page.getByRole('tab', { name }).click()
  }
  const row = (text: string) => page.locator('.trow', { hasText: text })
  const heard = <K extends FromPanel['kind']>(kind: K) => host.heard.filter(message => message.kind === kind) as (FromPanel & { kind: K })[]

  it('show every entry on one clock, with what lies behind the one that is chosen', async () => {
    await view(/Timeline/)
    await row('before_incoming_middleware · greet.js').nth(1).click()
    const inspector = page.getByRole('region', { name: 'Inspector' })
    await inspector.locator('.change', { hasText: 'state.session.greeted' }).getByText('thrown away').waitFor()
    await inspector.getByRole('button', { name: /^event \{/ }).click()
    await inspector.getByRole('button', { name: /^state \{/ }).click()
    await inspector.getByRole('button', { name: /^session \{/ }).click()
    // The event after the step: the hook has marked the session.
    await inspector.getByText('greeted').last().waitFor()
    await inspector.getByRole('button', { name: 'Why did this happen?' }).click()
    await page.locator('.card.open', { hasText: 'said again' }).waitFor()
  })

  it('are walked through by keyboard, and the choice is the same in each', async () => {
    await view(/Timeline/)
    const list = page.getByRole('listbox', { name: 'Everything on one clock' })
    await list.focus()
    await page.keyboard.press('Home')
    await page.locator('.trow[aria-selected="true"]', { hasText: 'Engine started' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('End')
    await page.locator('.trow[aria-selected="true"]', { hasText: 'greet.js has not finished' }).waitFor()
    assert.match((await list.getAttribute('aria-activedescendant')) ?? '', /^row-\d+$/)
    await page.keyboard.press('Enter')
    await page.locator('.card.open', { hasText: 'queue locked' }).waitFor()
    await page.getByRole('tab', { name: 'Timeline' }).click()
    await page.locator('.trow[aria-selected="true"]', { hasText: 'greet.js has not finished' }).waitFor()
  })

  it('are chosen with the arrow keys, round and round, those alone that are there', async () => {
    await view(/Events/)
    for (const name of ['Timeline', /^Findings/, 'Events', 'Timeline']) {
      await page.keyboard.press('ArrowRight')
      await page
        .locator('[role=tab]:focus')
        .and(page.getByRole('tab', { name, selected: true }))
        .waitFor()
    }
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await page
      .locator('[role=tab]:focus')
      .and(page.getByRole('tab', { name: /^Findings/, selected: true }))
      .waitFor()
  })

  it('are searched by words and fields, and filtered by lane', async () => {
    await view(/Timeline/)
    await row('greet.js has not finished').waitFor()
    await page.getByRole('searchbox').fill('kind:hook-started type:cart-left')
    await until(async () => (await page.locator('.trow').count()) === 1)
    await page.getByRole('searchbox').fill('')
    await page.getByRole('button', { name: 'Decision', exact: true }).click()
    await until(async () => (await page.locator('.trow').count()) === 4)
    await page.getByRole('button', { name: 'Middleware', exact: true }).click()
    await page.getByRole('button', { name: 'Decision', exact: true }).click()
    await page.getByText('Nothing of this kind has happened.').waitFor()
  })

  it('search the events by fields, too', async () => {
    await view(/Events/)
    await page.getByRole('searchbox').fill('rule:BPH006')
    await until(async () => (await page.locator('.card').count()) === 1)
    await page.getByRole('searchbox').fill('-type:proactive-trigger is:error')
    await until(async () => (await page.locator('.card').count()) === 2)
  })

  it('say what the whole run shows, with its rule and place, and lead to it', async () => {
    await view(/Findings/)
    const finding = page.locator('.finding', { hasText: 'Said twice' })
    await finding.getByText('was said twice to the same visitor').waitFor()
    await finding.getByRole('button', { name: 'Open greet.js:5' }).click()
    await finding.getByRole('button', { name: 'BPH006' }).click()
    await until(() => heard('openRule').length === 1 && heard('open').length === 1)
    assert.equal(heard('openRule')[0]!.rule, 'BPH006')
    await page.getByRole('region', { name: 'What visitors were told unasked' }).getByText('proactive-trigger').first().waitFor()
    await finding.getByRole('button', { name: 'Show' }).click()
    await page.locator('.card.open', { hasText: 'said again' }).waitFor()
  })

  it('say that there is nothing to complain about', async () => {
    const trace = new Trace()
    trace.page().sent('a').greeted('a')
    host.entries = trace.entries
    await view(/Findings/)
    await page.getByText('Nothing to complain about.').waitFor()
  })

  it('count too many unasked messages by the workspace’s own caps', async () => {
    host.state = { ...host.state, frequency: { caps: [{ messages: 1, hours: 24 }] } }
    await view(/Findings/)
    await page.locator('.finding', { hasText: 'Too often' }).getByText('this workspace allows 1').waitFor()
  })

  it('mark what came out otherwise when the last event was played again', async () => {
    await view(/Events/)
    assert.equal(await page.getByRole('tab', { name: /Changes/ }).count(), 0)
    host.append(replayed(host.entries.length))
    await page.getByRole('tab', { name: /Changes/ }).click()
    const pair = page.locator('.pair.changed', { hasText: 'stock-check' })
    await pair.getByText('queue locked').waitFor()
    await pair.getByText('We have it in your size.').waitFor()
    await pair.getByRole('button', { name: 'stock-check' }).click()
    await page.locator('.card.open', { hasText: 'We have it in your size.' }).waitFor()
  })

  it('keep a hundred thousand entries out of the document', async () => {
    const trace = new Trace()
    for (let n = 0; trace.entries.length < 20_000; n++) trace.sent(`event-${n}`).greeted(`event-${n}`, `Hello ${n}`)
    host.entries = trace.entries
    await view(/Timeline/)
    await row('Chat shows').last().waitFor()
    await page.getByRole('listbox').focus()
    await page.keyboard.press('Home')
    await row('event-0').first().waitFor()
    assert.ok((await page.locator('.trow').count()) < 80)
    const all = Number(await page.locator('.trow').first().getAttribute('aria-setsize'))
    assert.ok(all > 10_000, String(all))
  })

  it('show markup of bots and pages as the text that it is (S66)', async () => {
    const evil = '<img src=x onerror="document.title=1">'
    const trace = new Trace()
    trace.sent(evil).greeted(evil, evil)
    trace.sent(evil, { phase: 'opening', fate: 'dropped' })
    host.entries = trace.entries
    await view(/Timeline/)
    await row(`Chat shows “${evil}”`).click()
    await page.getByRole('tab', { name: /Findings/ }).click()
    await page.locator('.finding', { hasText: evil }).waitFor()
    assert.equal(await page.locator('.trace img').count(), 0)
    assert.equal(await page.title(), 'Simulator')
  })
})
