/** One headless browser for all tests of a process. */
import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core'
import { launchBrowser } from '../../scripts/vscode/chromium.ts'

let started: Promise<Browser> | undefined

/** The browser, started when first asked for. Call `closeBrowser` in an `after`, so that mocha can end. */
export function browser(): Promise<Browser> {
  started ??= launchBrowser()
  return started
}

/** A fresh visitor: cookies and local storage of its own. Close it in the test. */
export async function newContext(options?: BrowserContextOptions): Promise<BrowserContext> {
  return (await browser()).newContext(options)
}

/** Ends the browser; the next `browser()` starts another. */
export async function closeBrowser(): Promise<void> {
  const running = started
  started = undefined
  await (await running)?.close()
}
