/** Our engine as people have it: its own process, watched by the host, every step reported and parsed. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { EngineHost } from '../../src/host/engine-host.ts'
import type { EntryKind, EntryOf } from '../../src/trace/entry.ts'
import { TraceLog } from '../../src/trace/log.ts'
import { entry, type Folder, folderWith } from '../../test/host/fixture.ts'
import { type Measured, percentile } from './measure.ts'

/** Events under way at once while throughput is measured. */
const WINDOW = 64
const GC = `
if (event.type === 'memory') {
  require('v8').setFlagsFromString('--expose_gc')
  const gc = require('vm').runInNewContext('gc')
  gc(); gc()
  bp.logger.info(JSON.stringify(require('process').memoryUsage()))
}
`

export class Ours {
  readonly trace = new TraceLog()
  readonly folder: Folder
  readonly #storage = folderWith({})
  readonly host: EngineHost
  #ended = 0

  constructor(engine: string, files: Record<string, string>, hookLimitMs?: number) {
    this.folder = folderWith(files)
    const settings = { root: this.folder.path, storage: this.#storage.path }
    this.host = EngineHost.open({ entry: engine, settings, trace: this.trace, hookLimitMs })
    this.trace.subscribe(entries => {
      for (const one of entries) if (one.kind === 'event-ended') this.#ended++
    })
  }

  async measure(ms: number): Promise<Measured> {
    const times: number[] = []
    for (const end = performance.now() + ms / 2; performance.now() < end; ) {
      const start = performance.now()
      await this.one()
      times.push(performance.now() - start)
    }
    const began = performance.now()
    const count = await this.many(Number.POSITIVE_INFINITY, ms / 2)
    return { perSecond: (count / (performance.now() - began)) * 1000, p50: percentile(times, 0.5), p95: percentile(times, 0.95) }
  }

  /** An event, until it has ended. */
  async one(): Promise<void> {
    this.trace.clear()
    const done = new Promise<void>(resolve => {
      const stop = this.trace.subscribe(entries => {
        if (!entries.some(one => one.kind === 'event-ended')) return
        stop()
        resolve()
      })
    })
    await this.#send(0)
    await done
  }

  /** Many events, until `count` of them have ended or `ms` are over. @returns how many have ended */
  async many(count: number, ms = Number.POSITIVE_INFINITY): Promise<number> {
    const end = performance.now() + ms
    const first = this.#ended
    let sent = 0
    const lane = async (visitor: number) => {
      while (sent < count && performance.now() < end) {
        sent++
        await this.#send(visitor)
        while (sent - (this.#ended - first) >= WINDOW) await new Promise(resolve => setImmediate(resolve))
        if (this.trace.entries.length > 20_000) this.trace.clear()
      }
    }
    await Promise.all(Array.from({ length: 16 }, (_, visitor) => lane(visitor)))
    while (this.#ended - first < sent) await delay(1)
    return sent
  }

  /** Memory of the engine's process after a collection, in MiB. Needs the hook of `memoryHook`. */
  async memory(): Promise<{ heap: number; resident: number }> {
    this.trace.clear()
    // Until the event collector has written what it gathers for a second (R7.11).
    await delay(1500)
    await this.host.call('send', { type: 'memory', botId: 'shop', target: 'memory' })
    const { message } = await entry(this.trace, 'log', one => one.message.startsWith('{'))
    const { heapUsed, rss } = JSON.parse(message) as { heapUsed: number; rss: number }
    return { heap: heapUsed / 2 ** 20, resident: rss / 2 ** 20 }
  }

  write(file: string, text: string): void {
    const path = this.folder.at(file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }

  wait<K extends EntryKind>(kind: K, fits: (one: EntryOf<K>) => boolean): Promise<EntryOf<K>> {
    return entry(this.trace, kind, fits)
  }

  async close(): Promise<void> {
    await this.host.dispose()
    this.folder.remove()
    this.#storage.remove()
  }

  async #send(visitor: number): Promise<void> {
    await this.host.call('send', { type: 'visit-shop', botId: 'shop', target: `visitor-${visitor}`, payload: { text: 'hello' } })
  }
}

const HOOKS = 'data/global/hooks/before_incoming_middleware'

/** Files of a workspace with one bot and these hooks. */
export function workspace(hooks: readonly { name: string; code: string }[]): Record<string, string> {
  const config = JSON.stringify({ id: 'shop', defaultLanguage: 'en', languages: ['en'] })
  return {
    'data/bots/shop/bot.config.json': config,
    ...Object.fromEntries(hooks.map(({ name, code }) => [`${HOOKS}/${name}`, code])),
    [`${HOOKS}/zzz-memory.js`]: GC
  }
}
