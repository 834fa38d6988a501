/**
 * How fast the simulator is for who looks at it: `npm run bench:simulator [-- live long size]`. Prints a table for docs/bench-simulator.md. The panel is the built one in a
 * headless browser; the host of the first rows is the real one over samples/shop, that of the long trace holds a trace that was written by hand.
 */
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { Simulator } from '../src/host/simulator.ts'
import { panelBundle } from '../test/panel/build.ts'
import { PanelHost } from '../test/panel/panel-host.ts'
import { closeBrowser, newContext } from '../test/support/browser.ts'
import { copyWorkspace } from '../test/support/workspace.ts'
import { longTrace } from './simulator/long-trace.ts'
import { type Measured, measured, repeat } from './simulator/measure.ts'

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const ENTRIES = 100_000
const EVENTS = 10_000
const TIMES = 7

interface Row {
  what: string
  aim: string
  unit: string
  got: Measured
}

/** Scrolls over the whole list, a frame at a time: ms of each frame. */
const SCROLL = (list: string) => `(async () => {
  const list = document.querySelector('${list}')
  const frames = []
  let last = await new Promise(requestAnimationFrame)
  for (let n = 0; n < 120; n++) {
    list.scrollTop = ((list.scrollHeight - list.clientHeight) * n) / 120
    const now = await new Promise(requestAnimationFrame)
    frames.push(now - last)
    last = now
  }
  return frames
})()`

/** Notes for how long at most the page had no turn for anything else, ms. */
const WATCH = `
  let last = performance.now()
  window.longestPause = 0
  const look = () => {
    const now = performance.now()
    longestPause = Math.max(longestPause, now - last)
    last = now
    setTimeout(look)
  }
  look()`

async function main(): Promise<void> {
  const parts = { live, long, size }
  const names = process.argv.slice(2)
  const rows: Row[] = []
  for (const [name, part] of Object.entries(parts)) if (names.length === 0 || names.includes(name)) rows.push(...(await part()))
  console.log(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}\n`)
  console.log('| what | aim | median | best | worst |')
  console.log('| --- | --- | --- | --- | --- |')
  for (const { what, aim, unit, got } of rows) {
    const number = (n: number) => `${n >= 100 ? Math.round(n) : n.toFixed(1)} ${unit}`
    console.log(`| ${what} | ${aim} | ${number(got.median)} | ${number(got.best)} | ${number(got.worst)} |`)
  }
  await closeBrowser()
}

/** With the real host, engine and widget. */
async function live(): Promise<Row[]> {
  const shop = copyWorkspace('shop')
  const simulator = await Simulator.open({ folder: shop.folder, dist: at('dist'), watch: false })
  await simulator.ready()
  await simulator.handle({ kind: 'choose', botId: 'shop-bot', page: 'pages/product.html' })
  const context = await newContext({ viewport: { width: 1200, height: 800 } })
  const page = await context.newPage()
  const ready = await repeat(TIMES, async () => {
    const start = performance.now()
    await page.goto(simulator.url('ui'), { waitUntil: 'commit' })
    await page.locator('.toolbar').waitFor()
    return performance.now() - start
  })
  const chat = () => page.frames().findLast(frame => frame.url().includes('/lite/'))!
  await page.frameLocator('.frames iframe').frameLocator('iframe').getByLabel('Your message').waitFor()
  const bubble = await repeat(TIMES, () =>
    chat().evaluate<number>(`new Promise(resolve => {
      const field = document.querySelector('textarea, input')
      const before = document.querySelectorAll('.message').length
      const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set
      set.call(field, 'Hello')
      field.dispatchEvent(new Event('input', { bubbles: true }))
      setTimeout(() => {
        const start = performance.now()
        new MutationObserver((_, observer) => {
          if (document.querySelectorAll('.message').length > before) { observer.disconnect(); resolve(performance.now() - start) }
        }).observe(document.body, { childList: true, subtree: true })
        field.form.requestSubmit()
      }, 50)
    })`)
  )
  await context.close()
  await simulator.dispose()
  shop.remove()
  return [
    { what: 'panel ready: from the address to toolbar and page', aim: '≤ 500 ms', unit: 'ms', got: ready },
    { what: 'send to bubble: through page, host, engine and back', aim: '≤ 50 ms', unit: 'ms', got: bubble }
  ]
}

async function long(): Promise<Row[]> {
  const host = await PanelHost.open()
  const context = await newContext({ viewport: { width: 1200, height: 800 }, reducedMotion: 'reduce', bypassCSP: true })
  const page = await context.newPage()
  host.entries = longTrace(ENTRIES)
  await page.addInitScript(WATCH)
  await page.goto(host.url)
  await page.locator('.card').first().waitFor()
  const first = measured([await page.evaluate<number>('performance.now()')])
  const arrival = measured([await untilTaken(page)])
  const pause = measured([await page.evaluate<number>('longestPause')])
  await page.locator('#view-findings .count').waitFor()
  const judged = measured([await page.evaluate<number>('longestPause')])
  const open = await repeat(TIMES, async () => {
    await page.getByRole('tab', { name: 'Events' }).click()
    await page.locator('.card').first().waitFor()
    return page.evaluate<number>(`new Promise(resolve => {
      const start = performance.now()
      document.getElementById('view-timeline').click()
      const look = () => document.querySelector('.trow') ? resolve(performance.now() - start) : requestAnimationFrame(look)
      look()
    })`)
  })
  const rows = await page.evaluate<number[]>(SCROLL('.rows'))
  await page.getByRole('tab', { name: 'Events' }).click()
  await page.locator('.card').first().waitFor()
  const cards = await page.evaluate<number[]>(SCROLL('.cards'))
  const memory = await growth(page, host)
  await context.close()
  await host.close()
  const name = ENTRIES.toLocaleString('en')
  return [
    { what: `${name} entries: from loading the page until the first of them are in sight`, aim: '', unit: 'ms', got: first },
    { what: 'longest time in which the page did not answer until then', aim: '', unit: 'ms', got: pause },
    { what: 'longest time in which it did not answer until the findings are there too', aim: '', unit: 'ms', got: judged },
    { what: 'from loading the page until all are there', aim: '', unit: 'ms', got: arrival },
    { what: `timeline of ${name} entries opens`, aim: '≤ 300 ms', unit: 'ms', got: open },
    { what: 'a frame while that timeline is scrolled', aim: '≤ 16.7 ms', unit: 'ms', got: measured(rows) },
    { what: 'a frame while its events are scrolled', aim: '≤ 16.7 ms', unit: 'ms', got: measured(cards) },
    { what: `memory per event, after ${EVENTS.toLocaleString('en')} more`, aim: 'no more than the entries', unit: 'KB', got: memory }
  ]
}

/** ms since the page began to load until the last entry is in the panel. */
function untilTaken(page: Page): Promise<number> {
  return page
    .waitForFunction(`document.querySelector('.cards-list li')?.ariaSetSize > ${ENTRIES / 12}`, undefined, { timeout: 120_000 })
    .then(() => page.evaluate<number>('performance.now()'))
}

/** What the panel keeps of each further event, after the garbage was collected. */
async function growth(page: Page, host: PanelHost): Promise<Measured> {
  const session = await page.context().newCDPSession(page)
  const used = async () => {
    await session.send('HeapProfiler.collectGarbage')
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    return usedSize
  }
  const more = longTrace(EVENTS * 12)
  const values: number[] = []
  const steps = 4
  let before = await used()
  for (let n = 0; n < steps; n++) {
    const part = more.slice((n * more.length) / steps, ((n + 1) * more.length) / steps)
    const total = host.entries.length + part.length
    host.append(part.map(entry => ({ ...entry, ...('eventId' in entry && { eventId: `more-${entry.eventId}` }) }) as typeof entry))
    await page.waitForFunction(`Number(document.querySelector('.cards-list li')?.ariaSetSize) > ${total / 13}`, undefined, {
      timeout: 60_000
    })
    const after = await used()
    values.push((after - before) / 1024 / (EVENTS / steps))
    before = after
  }
  return measured(values)
}

async function size(): Promise<Row[]> {
  const { files, first } = await panelBundle()
  const bytes = first.reduce((sum, name) => sum + Buffer.byteLength(files.get(name)!), 0)
  return [{ what: 'what the panel fetches before its first picture, minified', aim: '≤ 150 KB', unit: 'KB', got: measured([bytes / 1000]) }]
}

await main()
process.exit(0)
