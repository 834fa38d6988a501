/** A window of a real VS Code for the tests of a file: `const window = useWindow({ workspace: 'hooks' })` inside a `describe`, then `window()` in its tests. */
import { join } from 'node:path'
import type { BrowserContextOptions } from 'playwright-core'
import { at } from '../../scripts/vscode/processes.ts'
import { openWindow, type VsCodeWindow, type WindowOptions } from '../../scripts/vscode/window.ts'
import { browser } from './browser.ts'
import { copyWorkspace, type WorkspaceCopy } from './workspace.ts'

export interface TestWindow extends VsCodeWindow {
  /** The copy of the workspace that is open. */
  readonly folder: string
  /** Path of a file of it. */
  file(name: string): string
}

/**
 * Opens the window before the tests and closes it after them. When a test fails, a picture is saved to `out/window` and what the window printed is told.
 *
 * The extension must have been built (`npm run build`).
 */
export function useWindow(
  options: Omit<WindowOptions, 'folder' | 'browser'> & { workspace: string } & Pick<BrowserContextOptions, 'viewport'>
): () => TestWindow {
  let copy: WorkspaceCopy | undefined
  let window: TestWindow | undefined
  const printed: string[] = []

  before(async function () {
    this.timeout(240_000)
    copy = copyWorkspace(options.workspace)
    const { folder } = copy
    const opened = await openWindow({
      ...options,
      folder,
      browser: await browser(),
      prepare: async page => {
        page.on('console', message => printed.push(`[${message.type()}] ${message.text()}`))
        page.on('pageerror', error => printed.push(String(error)))
      }
    })
    window = { ...opened, folder, file: name => join(folder, name) }
  })

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed' || !window) return
    const name = this.currentTest
      .fullTitle()
      .replaceAll(/[^\w]+/g, '-')
      .slice(0, 100)
    await window.screenshot(at('out/window', `${name}.png`))
    console.log(
      `Picture: out/window/${name}.png\nThe window printed:\n${printed
        .slice(-60)
        .map(line => `  ${line.slice(0, 300)}`)
        .join('\n')}`
    )
  })

  after(async () => {
    await window?.close()
    copy?.remove()
  })

  return () => {
    if (!window) throw new Error('The window is open only while the tests of its describe run.')
    return window
  }
}
