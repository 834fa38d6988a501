/** `npm run bench:runtime [-- --events 100000] [--seconds 2] [--rounds 3]`: prints a table in Markdown. */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { FileWatch } from '../src/host/file-watch.ts'
import { buildEngine } from '../test/robust/engine.ts'
import { AsBotpress } from './runtime/as-botpress.ts'
import { hooks } from './runtime/hooks.ts'
import { type Measured, median, middle, percentile } from './runtime/measure.ts'
import { Ours, workspace } from './runtime/ours.ts'

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' }
  }
})
const events = Number(values.events)
const ms = Number(values.seconds) * 1000
const rounds = Number(values.rounds)

const number = (value: number, digits = 1) => value.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits })
const engine = await buildEngine()
try {
  console.log(
    `Load average at the start: ${loadavg()
      .map(one => number(one))
      .join(', ')}\n`
  )
  console.log('| hooks | engine | events/s | p50, ms | p95, ms | throughput to vm2 |')
  console.log('| ----: | ------ | -------: | ------: | ------: | ----------------: |')
  for (const count of [1, 10, 100]) await throughput(count)
  console.log('\n| what | measured | aim |\n| ---- | -------: | --: |')
  await saved()
  await ready()
  await stopped()
  await long()
  await kept()
  console.log(
    `\nLoad average at the end: ${loadavg()
      .map(one => number(one))
      .join(', ')}`
  )
} finally {
  engine.remove()
}

/** In turns, so that what else the machine does falls on both. */
async function throughput(count: number): Promise<void> {
  const theirs = new AsBotpress(hooks(count))
  const ours = new Ours(engine.entry, workspace(hooks(count)))
  await ours.host.ready()
  await ours.host.spareReady()
  await ours.measure(ms / 2)
  await theirs.measure(ms / 4)
  const results: Record<'ours' | 'theirs', Measured[]> = { ours: [], theirs: [] }
  for (let round = 0; round < rounds; round++) {
    results.ours.push(await ours.measure(ms))
    results.theirs.push(await theirs.measure(ms))
  }
  await ours.close()
  const [mine, other] = [middle(results.ours), middle(results.theirs)]
  const line = (name: string, { perSecond, p50, p95 }: Measured, ratio: string) =>
    console.log(`| ${count} | ${name} | ${number(perSecond)} | ${number(p50, 2)} | ${number(p95, 2)} | ${ratio} |`)
  line('ours', mine, `${number(mine.perSecond / other.perSecond)}×`)
  line('vm2', other, '1×')
}

/** From the hook's file being written to its new reply, through the file watch. */
async function saved(): Promise<void> {
  const file = 'data/global/hooks/before_incoming_middleware/reply.js'
  const code = (text: string) => `return bp.events.replyToEvent(event, [{ type: 'text', text: '${text}' }])`
  const ours = new Ours(engine.entry, workspace([{ name: 'reply.js', code: code('first') }]))
  await ours.host.ready()
  let changed = () => {}
  const watch = new FileWatch(files => void ours.host.call('changed', { files }).then(() => changed()))
  watch.addTree(ours.folder.at('data'))
  const times: number[] = []
  for (let round = 0; round < 20; round++) {
    const told = new Promise<void>(resolve => {
      changed = resolve
    })
    const start = performance.now()
    ours.write(file, code(`reply ${round}`))
    await told
    await ours.host.call('send', { type: 'go', botId: 'shop', target: 'anna' })
    await ours.wait('event-received', one => (one.payload as { text?: string }).text === `reply ${round}`)
    times.push(performance.now() - start)
  }
  watch.close()
  await ours.close()
  console.log(`| hook saved → new reply, ms (p50 / p95) | ${number(median(times))} / ${number(percentile(times, 0.95))} | ≤ 100 |`)
}

/** 100 bots with 20 hooks each: 15 of the type that every event meets, 5 of others. */
async function ready(): Promise<void> {
  const files: Record<string, string> = {}
  const types = [
    'after_incoming_middleware',
    'before_outgoing_middleware',
    'after_event_processed',
    'after_bot_mount',
    'before_suggestions_election'
  ]
  for (let bot = 0; bot < 100; bot++) {
    const folder = `data/bots/bot-${bot}`
    files[`${folder}/bot.config.json`] = JSON.stringify({ id: `bot-${bot}`, defaultLanguage: 'en', languages: ['en'] })
    for (const { name, code } of hooks(15)) files[`${folder}/hooks/before_incoming_middleware/${name}`] = code
    for (const type of types) files[`${folder}/hooks/${type}/one.js`] = 'const seen = typeof bp'
  }
  const times: number[] = []
  const firsts: number[] = []
  for (let round = 0; round < 5; round++) {
    const ours = new Ours(engine.entry, files)
    const start = performance.now()
    await ours.host.ready()
    times.push(performance.now() - start)
    await ours.host.call('send', { type: 'go', botId: 'bot-50', target: 'anna' })
    await ours.wait('event-ended', () => true)
    firsts.push(performance.now() - start)
    await ours.close()
  }
  console.log(`| 100 bots, 2,000 hooks: ready, ms (process started anew) | ${number(median(times), 0)} | ≤ 1,000 |`)
  console.log(`| … and the first event has ended, ms | ${number(median(firsts), 0)} | |`)
}

/** From the end of a process whose hook loops to the one after it, which had been kept at hand; and how long the first took to say what it was at. */
async function stopped(): Promise<void> {
  const limit = 500
  const ours = new Ours(engine.entry, workspace([{ name: 'loop.js', code: "if (event.type === 'loop') while (true) {}" }]), limit)
  await ours.host.ready()
  const times: number[] = []
  const asked: number[] = []
  for (let round = 0; round < 10; round++) {
    await ours.one()
    await ours.host.spareReady()
    await ours.host.call('send', { type: 'loop', botId: 'shop', target: 'anna' })
    const end = await ours.wait('engine-stopped', () => true)
    const next = await ours.wait('engine-started', one => one.seq > end.seq)
    times.push(next.at - end.at)
    asked.push((end.ms ?? limit) - limit)
  }
  await ours.close()
  console.log(
    `| hook loops: over its limit → named with its line, ms (p50 / p95) | ${number(median(asked), 0)} / ${number(percentile(asked, 0.95), 0)} | |`
  )
  console.log(
    `| … stopped → the next engine is there with its state, ms | ${number(median(times), 0)} / ${number(percentile(times, 0.95), 0)} | ≤ 100 |`
  )
}

/** What the host's trace takes: it grows by nature, until somebody clears it. */
async function kept(): Promise<void> {
  setFlagsFromString('--expose_gc')
  const collect = runInNewContext('gc') as () => void
  const ours = new Ours(engine.entry, workspace(hooks(10)))
  await ours.host.ready()
  await ours.many(500)
  ours.trace.clear()
  collect()
  const before = process.memoryUsage().heapUsed
  const count = await ours.many(500)
  collect()
  console.log(`| host: trace of an event with 10 hooks, KiB | ${number((process.memoryUsage().heapUsed - before) / 1024 / count)} | |`)
  await ours.close()
}

/** Memory before and after many events, and what an event costs early and late. */
async function long(): Promise<void> {
  const ours = new Ours(engine.entry, workspace(hooks(3)))
  await ours.host.ready()
  const chunk = Math.min(5000, Math.floor(events / 4))
  // Until code is compiled and caches are filled.
  await ours.many(chunk)
  const before = await ours.memory()
  const costs: number[] = []
  let half = before
  for (let done = 0; done < events; done += chunk) {
    if (half === before && done >= events / 2) half = await ours.memory()
    const start = performance.now()
    await ours.many(chunk)
    costs.push((performance.now() - start) / chunk)
  }
  const after = await ours.memory()
  await ours.close()
  const early = median(costs.slice(0, 3))
  const late = median(costs.slice(-3))
  const mib = ({ heap, resident }: { heap: number; resident: number }) => `${number(heap)} / ${number(resident)}`
  console.log(`| heap / resident before ${number(events, 0)} events, MiB | ${mib(before)} | |`)
  console.log(`| heap / resident after half of them, MiB | ${mib(half)} | |`)
  console.log(`| heap / resident after them, MiB | ${mib(after)} | no growth |`)
  console.log(
    `| ms per event, first ${number(chunk * 3, 0)} / last ${number(chunk * 3, 0)} of them | ${number(early, 3)} / ${number(late, 3)} | flat |`
  )
}
