/** A window of a real VS Code that a test or a script can drive like a person: the server build in a headless browser. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Frame, Page } from 'playwright-core'
import { launchBrowser } from './chromium.ts'
import { root } from './processes.ts'
import { installServerBuild, type Server, type ServerOptions, startServer } from './server-build.ts'

export interface WindowOptions extends ServerOptions {
  /** Absolute path of the folder to open. */
  folder: string
  /** Folder of the extension under development; `false` for none. Default: this project, which must have been built. */
  extension?: string | false
  /** Absolute path of a module that exports `run()`: VS Code calls it and then ends the tests. */
  tests?: string
  viewport?: { width: number; height: number }
  deviceScaleFactor?: number
  /** A browser to use; without one, one is started and ended with the window. */
  browser?: Browser
  /** Called before the page is opened. */
  prepare?: (page: Page) => Promise<void>
}

export interface VsCodeWindow {
  readonly page: Page
  readonly server: Server
  readonly address: string
  /** Picks a command in the command palette, by its title with or without its category: `File: Save All`. */
  command(title: string): Promise<void>
  /** Opens a file of the folder, by its name or its path, through *Go to File*. */
  openFile(name: string): Promise<void>
  /** The innermost frame of a webview in which `selector` can be seen. */
  webview(selector: string, options?: { timeout?: number }): Promise<Frame>
  screenshot(file: string): Promise<void>
  close(): Promise<void>
}

/** The address of a workbench with an extension under development (and its tests) loaded. */
export function addressOf(
  { port, token }: Pick<Server, 'port' | 'token'>,
  options: Pick<WindowOptions, 'folder' | 'extension' | 'tests'> & { /** A file to begin with, absolute. */ file?: string | undefined }
): string {
  const remote = (path: string) => `vscode-remote://127.0.0.1:${port}${pathToFileURL(path).pathname}`
  const extension = options.extension ?? root
  const payload = [
    ...(extension === false ? [] : [['extensionDevelopmentPath', remote(extension)]]),
    ...(options.tests ? [['extensionTestsPath', remote(options.tests)]] : []),
    ...(options.file ? [['openFile', remote(options.file)]] : []),
    ['skipWelcome', 'true']
  ]
  const query = new URLSearchParams({
    tkn: token,
    folder: decodeURIComponent(pathToFileURL(options.folder).pathname),
    payload: JSON.stringify(payload)
  })
  return `http://127.0.0.1:${port}/?${query}`
}

/**
 * Opens a window and waits until the workbench stands. Installs the server build first when it is not in the cache folder.
 *
 * @throws when the workbench does not come up within a minute
 */
export async function openWindow(options: WindowOptions): Promise<VsCodeWindow> {
  const home = await installServerBuild(options.print)
  const server = await startServer(home, options)
  let browser: Browser | undefined
  try {
    browser = options.browser ?? (await launchBrowser())
    const context = await browser.newContext({
      viewport: options.viewport ?? { width: 1440, height: 900 },
      deviceScaleFactor: options.deviceScaleFactor ?? 1,
      ignoreHTTPSErrors: true
    })
    const page = await context.newPage()
    await options.prepare?.(page)
    const address = addressOf(server, options)
    await page.goto(address)
    await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 })
    const close = async () => {
      await context.close()
      if (!options.browser) await browser?.close()
      await server.stop()
    }
    return { page, server, address, close, ...actions(page) }
  } catch (error) {
    if (!options.browser) await browser?.close()
    await server.stop()
    throw error
  }
}

const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

function actions(page: Page): Pick<VsCodeWindow, 'command' | 'openFile' | 'webview' | 'screenshot'> {
  const input = page.locator('.quick-input-widget input.input').first()

  /** Typed keys can be swallowed while the workbench still starts, so it is tried until the wanted line can be clicked. */
  const pick = async (text: string, label: RegExp) => {
    const until = Date.now() + 60_000
    const line = page.locator('.quick-input-widget .monaco-list-row').filter({ has: page.locator('.label-name', { hasText: label }) })
    for (;;) {
      try {
        await page.keyboard.press('F1')
        await input.waitFor({ state: 'visible', timeout: 3000 })
        await input.fill(text, { timeout: 3000 })
        await line.first().click({ timeout: 5000 })
        await input.waitFor({ state: 'hidden', timeout: 5000 })
        return
      } catch (error) {
        await page.keyboard.press('Escape')
        if (Date.now() > until) throw new Error(`“${text}” could not be picked: ${(error as Error).message}`)
      }
    }
  }

  return {
    command: title => pick(`>${title}`, new RegExp(`(^|: )${literally(title)}$`)),
    openFile: async name => {
      const base = name.split('/').at(-1)!
      await pick(name, new RegExp(`^${literally(base)}$`))
      await page.locator('.tabs-container .tab.active', { hasText: base }).first().waitFor({ timeout: 30_000 })
    },
    webview: async (selector, { timeout = 30_000 } = {}) => {
      const until = Date.now() + timeout
      while (Date.now() < until) {
        for (const frame of page.frames().toReversed()) {
          const seen = await frame
            .locator(selector)
            .first()
            .isVisible()
            .catch(() => false)
          if (seen) return frame
        }
        await page.waitForTimeout(100)
      }
      throw new Error(
        `No webview shows ${selector} after ${timeout / 1000} s. Frames:\n${page
          .frames()
          .map(frame => `  ${frame.url()}`)
          .join('\n')}`
      )
    },
    screenshot: async file => {
      mkdirSync(dirname(file), { recursive: true })
      await page.screenshot({ path: file, animations: 'disabled' })
    }
  }
}
