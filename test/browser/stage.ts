/** The simulator with the real engine and a real browser on it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext, FrameLocator, Page } from 'playwright-core'
import { Simulator } from '../../src/host/simulator.ts'
import type { SimulatorOptions } from '../../src/host/simulator-options.ts'
import type { EntryKind, EntryOf } from '../../src/trace/entry.ts'
import { entry } from '../host/fixture.ts'
import { newContext } from '../support/browser.ts'
import { copyWorkspace } from '../support/workspace.ts'
import { buildWebview, ENGINE } from './built.ts'

export interface Stage {
  simulator: Simulator
  page: Page
  /** The chat without a chat id. */
  chat: FrameLocator
  /** Errors and warnings of page and chat in the browser's console. */
  console: string[]
  write(file: string, text: string): string
  /** Loads the page of the simulator's state. */
  visit(): Promise<void>
  /** Opens the chat as a visitor does. */
  open(): Promise<void>
  /** The bubbles in the chat, first to last. */
  bubbles(): Promise<string[]>
  /** Resolves when the chat shows just these. */
  shows(texts: string[]): Promise<void>
  of<K extends EntryKind>(kind: K): EntryOf<K>[]
  /** The first entry of a kind that fits, there or to come. */
  entry<K extends EntryKind>(kind: K, fits?: (entry: EntryOf<K>) => boolean): Promise<EntryOf<K>>
  close(): Promise<void>
}

let built: Promise<{ dist: string; remove(): void }> | undefined

/** @param workspace a sample, an absolute path, or undefined for the shop */
export async function stage(
  options: Partial<SimulatorOptions> & { workspace?: string; files?: Record<string, string> } = {}
): Promise<Stage> {
  built ??= buildWebview()
  const { dist } = await built
  const { workspace = 'shop', files = {}, ...more } = options
  const copy = copyWorkspace(workspace)
  const write = (file: string, text: string) => {
    writeFileSync(join(copy.folder, file), text)
    return join(copy.folder, file)
  }
  for (const [file, text] of Object.entries(files)) write(file, text)
  const simulator = await Simulator.open({ folder: copy.folder, dist, engine: ENGINE, ...more })
  await simulator.ready()
  const context: BrowserContext = await newContext({ viewport: { width: 900, height: 760 } })
  const page = await context.newPage()
  const console: string[] = []
  page.on('console', message => message.type() !== 'log' && console.push(message.text()))
  page.on('pageerror', error => console.push(String(error)))
  const chat = page.frameLocator('#bp-widget')
  const bubbles = () => chat.locator('.bubble:not(.typing)').allTextContents()
  return {
    simulator,
    page,
    chat,
    console,
    write,
    bubbles,
    visit: async () => {
      await page.goto(simulator.url('page'))
      await chat.locator('.launcher, .window').first().waitFor()
    },
    open: async () => {
      await chat.getByRole('button', { name: /Open the chat/ }).click()
      await chat.getByRole('textbox', { name: 'Your message', disabled: false }).waitFor()
    },
    async shows(texts) {
      const end = performance.now() + 20_000
      let seen: string[] = []
      while (performance.now() < end) {
        seen = await bubbles()
        if (JSON.stringify(seen) === JSON.stringify(texts)) return
        await page.waitForTimeout(30)
      }
      throw new Error(`The chat shows ${JSON.stringify(seen)}, not ${JSON.stringify(texts)}.`)
    },
    of: kind => simulator.trace.entries.filter(one => one.kind === kind) as never,
    entry: (kind, fits) => entry(simulator.trace, kind, fits),
    async close() {
      await context.close()
      await simulator.dispose()
      copy.remove()
    }
  }
}

/** Removes what was built. */
export async function clearStage(): Promise<void> {
  const before = built
  built = undefined
  ;(await before)?.remove()
}
