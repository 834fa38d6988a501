/**
 * `npm run screenshots [-- NAME…]`: takes pictures in a real VS Code, on a copy of samples/shop. Without names those of the README; with names those, and of
 * what only its makers look at one in each look (light, dark, high contrast, narrow), in out/screenshots.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { copyWorkspace } from '../test/support/workspace.ts'
import { newBehaviour } from './pictures/behaviour.ts'
import { completion, goToHook, hover, quickFix, renaming } from './pictures/language.ts'
import {
  coverage,
  failingScenario,
  failureDiff,
  recorded,
  scenarioTrace,
  stoppedInHook,
  symbols,
  tagged,
  watched
} from './pictures/scenarios.ts'
import { botSpeaksFirst, droppedEvent } from './pictures/simulator.ts'
import { at, run } from './vscode/processes.ts'
import { openWindow, type VsCodeWindow } from './vscode/window.ts'

const size = { width: 1480, height: 800 }
/** An editor beside a browser, on a small screen. */
const narrow = { width: 760, height: 800 }

const themes = {
  light: { name: 'Default Light Modern', body: '.vs' },
  dark: { name: 'Default Dark Modern', body: '.vs-dark' },
  'high-contrast': { name: 'Default High Contrast', body: '.hc-black' }
} as const

/** Settings that leave room for what is shown. */
const settings = {
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'on',
  'editor.fontSize': 13,
  'editor.stickyScroll.enabled': false,
  'breadcrumbs.enabled': false,
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false
}

interface Picture {
  /** Of a picture of the README; one without is looked at in all of them. */
  theme?: keyof typeof themes
  /** @param also takes a picture on the way */
  take(window: VsCodeWindow, also: (name: string) => Promise<void>): Promise<void>
}

const pictures: Record<string, Picture> = {
  'simulator-light': { theme: 'light', take: botSpeaksFirst },
  'simulator-dark': { theme: 'dark', take: botSpeaksFirst },
  'dropped-event': { theme: 'light', take: droppedEvent },
  completion: { theme: 'dark', take: completion },
  hover: { theme: 'dark', take: hover },
  'quick-fix': { theme: 'light', take: quickFix },
  rename: { theme: 'light', take: renaming },
  'go-to-hook': { theme: 'light', take: goToHook },
  scenarios: { theme: 'light', take: failingScenario },
  'scenario-trace': { theme: 'dark', take: scenarioTrace },
  coverage: { theme: 'dark', take: coverage },
  debugging: { theme: 'light', take: stoppedInHook },
  'covered-hook': { take: coverage },
  'failure-diff': { take: failureDiff },
  watched: { take: watched },
  'stop-in-hook': { take: stoppedInHook },
  recorded: { take: recorded },
  'scenario-symbols': { take: symbols },
  'scenario-tags': { take: tagged },
  'new-behaviour': { take: newBehaviour }
}

/** The window as it stands, in each look: a colour theme is also taken from the folder's own settings, at once. */
async function inEachLook(window: VsCodeWindow, folder: string, name: string): Promise<void> {
  const { page } = window
  mkdirSync(join(folder, '.vscode'), { recursive: true })
  for (const [look, theme] of Object.entries(themes)) {
    writeFileSync(join(folder, '.vscode', 'settings.json'), JSON.stringify({ 'workbench.colorTheme': theme.name }))
    await page.locator(`.monaco-workbench${theme.body}`).waitFor()
    await keep(window, 'out/screenshots', `${name}-${look}`)
  }
  await page.setViewportSize(narrow)
  await keep(window, 'out/screenshots', `${name}-narrow`)
  await page.setViewportSize(size)
}

async function keep(window: VsCodeWindow, folder: string, name: string): Promise<void> {
  await window.screenshot(at(folder, `${name}.png`))
  console.log(`${folder}/${name}.png`)
}

const { positionals } = parseArgs({ allowPositionals: true })
const chosen = Object.entries(pictures).filter(([name, { theme }]) => (positionals.length === 0 ? theme : positionals.includes(name)))
if (chosen.length === 0) throw new Error(`There are the pictures ${Object.keys(pictures).join(', ')}.`)

const built = await run(process.execPath, [at('scripts/build.ts')], { print: true })
if (built.code !== 0) process.exit(built.code)
for (const [name, { theme, take }] of chosen) {
  const copy = copyWorkspace('shop')
  const window = await openWindow({
    folder: copy.folder,
    settings: { ...settings, 'workbench.colorTheme': themes[theme ?? 'light'].name },
    viewport: size,
    // Sharp on the screens that people read on.
    deviceScaleFactor: theme ? 1.5 : 1
  })
  try {
    await take(window, part => inEachLook(window, copy.folder, `${name}-${part}`))
    if (theme) await keep(window, 'media/screenshots', name)
    else await inEachLook(window, copy.folder, name)
  } catch (error) {
    await keep(window, 'out/screenshots', `${name}-failed`)
    throw error
  } finally {
    await window.close()
    copy.remove()
  }
}
process.exit(0)
