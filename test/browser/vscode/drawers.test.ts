import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Simulator } from '../../../scripts/vscode/simulator.ts'
import { closeBrowser } from '../../support/browser.ts'
import { useWindow } from '../../support/vscode-window.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Colour themes of the editor, and what it calls their kind in its webviews. */
const THEMES = [
  ['Default Dark Modern', 'vscode-dark'],
  ['Default Light Modern', 'vscode-light'],
  ['Default High Contrast', 'vscode-high-contrast'],
  ['Default High Contrast Light', 'vscode-high-contrast-light']
] as const
const DRAWERS = ['Visitor', 'Clock', 'Trouble', 'Gestures', 'State', 'Run'] as const

/** The simulator's drawers and views where they are used: in the editor's side bar, under its policy and in its colours. */
describe('The drawers and views in the window', () => {
  const window = useWindow({ workspace: 'shop' })
  let simulator: Simulator
  before(async function () {
    this.timeout(120_000)
    simulator = await Simulator.open(window())
    await simulator.choose({ bot: 'shop-bot', page: 'pages/product.html' })
    await (await simulator.message('You are looking at the canvas backpack.')).first().waitFor()
  })
  after(closeBrowser)

  const barriers = () =>
    simulator.panel.evaluate<string[]>(
      `axe.run({ exclude: [['iframe']] }, { iframes: false }).then(found => found.violations.map(({ id, nodes }) => id + ': ' + nodes[0].html))`
    )
  const drawer = async (name: (typeof DRAWERS)[number]) => {
    await simulator.show('Page')
    const bar = simulator.panel.getByRole('toolbar', { name: 'Stage' })
    const button = bar.getByRole('button', { name: new RegExp(`^${name}`) })
    if ((await button.getAttribute('aria-expanded')) === 'false') await button.click()
    const region = simulator.panel.getByRole('region', { name, exact: true })
    await region.locator('button, input').first().waitFor()
    return region
  }

  for (const [theme, kind] of THEMES)
    it(`opens each drawer and each view without a barrier that axe finds: ${theme}`, async () => {
      mkdirSync(window().file('.vscode'), { recursive: true })
      writeFileSync(window().file('.vscode/settings.json'), JSON.stringify({ 'workbench.colorTheme': theme }))
      await simulator.panel.locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor()
      await simulator.panel.evaluate(AXE)
      for (const name of DRAWERS) {
        await drawer(name)
        assert.deepEqual(await barriers(), [], name)
      }
      await simulator.show('Trace')
      for (const view of ['Timeline', 'Findings']) {
        await simulator.panel.getByRole('tab', { name: view }).click()
        await simulator.panel.locator('.trow, .findings').first().waitFor()
        assert.deepEqual(await barriers(), [], view)
      }
      await simulator.panel.getByRole('tab', { name: 'Events' }).click()
    }).timeout(120_000)

  it('plays the last event again and says that it came out as before', async () => {
    const run = await drawer('Run')
    await run.getByRole('button', { name: 'Last event' }).click()
    await simulator.show('Trace')
    await simulator.panel.getByRole('tab', { name: 'Changes' }).click()
    await simulator.panel.getByText('Everything came out as before.').waitFor()
  }).timeout(60_000)
})
