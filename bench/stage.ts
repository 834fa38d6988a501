/** `npm run bench:stage [-- --rounds 100]`: prints a table in Markdown. Needs `npm run build` before, and a browser. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launchBrowser } from '../scripts/vscode/chromium.ts'
import { Simulator } from '../src/host/simulator.ts'
import { median, percentile } from './runtime/measure.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '100' } } })
const rounds = Number(values.rounds)
const ROOT = join(import.meta.dirname, '..')
const HOOK = 'data/bots/welcome-bot/hooks/before_incoming_middleware/catch_trigger.js'
const ANSWER = `if (event.type !== 'bench') return
event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
return bp.events.replyToEvent(event, [{ type: 'text', text: 'answer ' + event.payload.payload.n }], event.id)`
const PAGE = `<!doctype html><title>Bench</title><script src="/assets/modules/channel-web/inject.js"></script><body><script>
window.botpressWebChat.init({ botId: 'welcome-bot', disableAnimations: true })
window.ready = new Promise(done => addEventListener('message', ({ data }) => data.name === 'webchatReady' && done()))
/** ms from the page's call to the bubble in the document. */
window.round = n => new Promise(done => {
  const chat = document.getElementById('bp-widget').contentDocument
  const watch = new MutationObserver(() => {
    if (![...chat.querySelectorAll('.theirs .bubble')].some(one => one.textContent === 'answer ' + n)) return
    watch.disconnect()
    done(performance.now() - begun)
  })
  watch.observe(chat.body, { childList: true, subtree: true, characterData: true })
  const begun = performance.now()
  window.botpressWebChat.sendEvent({ type: 'bench', n })
})
</script></body>`

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'proactive-hooks-bench-')))
const load = () =>
  loadavg()
    .map(one => one.toFixed(1))
    .join(', ')
const row = (name: string, ms: number[]) => console.log(`| ${name} | ${median(ms).toFixed(1)} | ${percentile(ms, 95).toFixed(1)} |`)

async function main(): Promise<void> {
  cpSync(join(ROOT, 'samples/shop'), folder, { recursive: true })
  mkdirSync(join(folder, 'pages'), { recursive: true })
  writeFileSync(join(folder, 'pages/bench.html'), PAGE)
  writeFileSync(join(folder, HOOK), ANSWER)
  console.log(`Load average at the start: ${load()}\n`)
  console.log('| what | p50, ms | p95, ms |\n| ---- | ------: | ------: |')
  const begun = performance.now()
  const simulator = await Simulator.open({ folder, dist: join(ROOT, 'dist'), page: 'pages/bench.html', watch: false })
  const addressAfter = performance.now() - begun
  await simulator.ready()
  const readyAfter = performance.now() - begun
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    await page.goto(simulator.url('page'))
    await simulator.handle({ kind: 'gesture', gesture: { do: 'open' } })
    await page.evaluate('window.ready')
    const times: number[] = []
    for (let n = 0; n < rounds + 10; n++) {
      const ms = (await page.evaluate(`window.round(${n})`)) as number
      if (n >= 10) times.push(ms)
    }
    row('page calls `sendEvent` → hook answers → bubble is in the document', times)
    await simulator.handle({ kind: 'clock', command: { do: 'virtual' } })
    await page.goto(simulator.url('page'))
    await page.evaluate('setInterval(() => {}, 1000)')
    const days: number[] = []
    for (let n = 0; n < 5; n++) {
      const from = performance.now()
      await simulator.handle({ kind: 'clock', command: { do: 'advance', ms: 86_400_000 } })
      days.push(performance.now() - from)
    }
    row('a day on the virtual clock, with a timer of the page each second', days)
    row('addresses are known after', [addressAfter])
    row('the bots are mounted after', [readyAfter])
  } finally {
    await browser.close()
    await simulator.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(`\nLoad average at the end: ${load()}`)
}

await main()
