/** Renders media/icon.svg to media/icon.png, 256 × 256, in an installed browser: `node scripts/render-icon.ts`. The Marketplace takes no SVG. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { installedBrowser } from './vscode/chromium.ts'

const media = join(dirname(dirname(fileURLToPath(import.meta.url))), 'media')
const found = installedBrowser()
if (!found) throw new Error('No Chrome, Chromium or Edge is installed; CHROME_PATH can name one.')
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox', '--disable-gpu'] })
const page = await browser.newPage({ viewport: { width: 256, height: 256 } })
await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${readFileSync(join(media, 'icon.svg'), 'utf8')}`)
await page.screenshot({ path: join(media, 'icon.png'), omitBackground: true })
await browser.close()
