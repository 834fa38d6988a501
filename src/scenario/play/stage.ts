import { NEWEST } from '../../botpress/versions.ts'
import type { EngineHost } from '../../host/engine-host.ts'
import { Line } from '../../host/line-conditions.ts'
import { SharedClock } from '../../host/shared-clock.ts'
import type { Push } from '../../protocol/engine.ts'
import type { Report, TraceEntry } from '../../trace/entry.ts'
import type { TraceLog } from '../../trace/log.ts'
import type { Answer } from '../../webchat/outside.ts'
import type { Site } from '../page/site.ts'
import type { Socket, Surroundings } from '../page/surroundings.ts'
import { TimerQueue } from '../page/timer-queue.ts'
import { Chance } from './chance.ts'
import { EngineDriver } from './engine-driver.ts'
import { Visitor, type VisitorOptions } from './visitor.ts'

export interface StageOptions {
  host: EngineHost
  trace: TraceLog
  /** Start of the clock, ms since 1970. */
  startAt: number
  seed: number
  site: Site
  /** The release of Botpress; the newest when absent. */
  botpressVersion?: string | undefined
  /** Told whenever time has moved. */
  onProgress?: (() => void) | undefined
}

/** How long a chat that is on its way is waited for after a step, and how long all of it may take. */
const REST_STEP_MS = 1000
const REST_LIMIT_MS = 2000

/** Where a scenario plays: engine, line, pages and visitors, on one clock that stands still between steps. */
export class Stage implements Surroundings {
  readonly clock: SharedClock
  readonly engine: EngineDriver
  readonly line: Line
  readonly chance: Chance
  readonly trace: TraceLog
  readonly startAt: number
  readonly visitors = new Map<string, Visitor>()
  readonly site: Site
  readonly botpressVersion: string
  #sockets = new Set<Socket>()
  #open = new Map<string, number>()
  #pageIds = 0

  constructor(options: StageOptions) {
    const { host, trace, startAt, seed, site, botpressVersion = NEWEST, onProgress = () => {} } = options
    this.trace = trace
    this.startAt = startAt
    this.site = site
    this.botpressVersion = botpressVersion
    this.chance = new Chance(seed)
    this.clock = new SharedClock({ startAt, settle: () => this.settle() })
    this.clock.onMove(onProgress)
    this.engine = new EngineDriver(host, () => this.clock.now(), onProgress)
    this.line = new Line({
      now: () => this.clock.now(),
      isVirtual: () => true,
      onLost: lost => this.#lost(lost)
    })
    this.clock.join(this.engine)
    this.clock.join(this.line)
  }

  now(): number {
    return this.clock.now()
  }

  get entries(): readonly TraceEntry[] {
    return this.trace.entries
  }

  report(report: Omit<Report, 'at'>): void {
    this.trace.append({ ...report, at: this.now() } as Report)
  }

  addVisitor(name: string, options: VisitorOptions): Visitor {
    const visitor = new Visitor(name, options, this)
    this.visitors.set(name, visitor)
    return visitor
  }

  pageId(): string {
    return `page${++this.#pageIds}`
  }

  timers(name: string, onError: (error: unknown) => void): { timers: TimerQueue; leave(): void } {
    const timers = new TimerQueue(name, () => this.clock.now(), onError)
    return { timers, leave: this.clock.join(timers) }
  }

  request(visitorId: string, botId: string, route: string, body: unknown): Promise<Answer> {
    return this.line.request(visitorId, route, async () => {
      const headers = {}
      return (await this.engine.call('webchat', { botId, visitorId, route, body: plain(body), headers })) as Answer
    })
  }

  handshake(): Promise<void> {
    return this.line.handshake()
  }

  listen(socket: Socket): () => void {
    this.#sockets.add(socket)
    this.#count(socket.visitorId, 1)
    return () => {
      if (this.#sockets.delete(socket)) this.#count(socket.visitorId, -1)
    }
  }

  /** From the engine: to every chat of that visitor. */
  push(push: Push): void {
    // The engine may have run ahead of the others.
    if (push.at !== undefined) this.clock.shows(push.at)
    for (const socket of this.#sockets) {
      const isMeant = socket.visitorId === push.visitorId && (push.botId === undefined || push.botId === socket.botId)
      if (!isMeant) continue
      this.line.push(push.visitorId, push.name, () => {
        if (this.#sockets.has(socket)) socket.onPush(push)
      })
    }
  }

  /** Resolves when nothing is under way but what waits for time to pass. */
  async settle(): Promise<void> {
    for (;;) {
      await turn()
      if (!this.engine.isUnsettled) return
      await this.engine.settle()
    }
  }

  /** What a step caused has its effects: all that is due now, then what the chats and the engine are on their way to, as far as that is near. */
  async rest(signal?: AbortSignal): Promise<void> {
    await this.clock.advance(0, signal)
    const end = this.clock.now() + REST_LIMIT_MS
    while (this.#isBusy()) {
      const due = await this.clock.nextDue()
      if (due === undefined || due > Math.min(end, this.clock.now() + REST_STEP_MS)) return
      await this.clock.advanceTo(due, signal)
    }
  }

  end(): void {
    for (const visitor of this.visitors.values()) visitor.end()
  }

  #isBusy(): boolean {
    if (this.engine.active.length > 0) return true
    for (const visitor of this.visitors.values()) for (const tab of visitor.tabs.values()) if (tab.isBusy) return true
    return false
  }

  #count(visitorId: string, change: 1 | -1): void {
    const before = this.#open.get(visitorId) ?? 0
    const after = before + change
    this.#open.set(visitorId, after)
    if (before === 0 || after === 0) this.engine.tell('socket', { visitorId, open: after > 0 })
  }

  #lost({ what, name, visitorId }: { what: 'request' | 'push'; name: string; visitorId: string }): void {
    const visitor = [...this.visitors.values()].find(one => one.browser.visitorId === visitorId)
    const page = [...(visitor?.tabs.values() ?? [])].find(tab => tab.page)?.page
    const text = `The line lost ${what === 'request' ? `a request to ${name}` : `the message ${name} of the server`}, as staged.`
    this.report({ kind: 'page-console', level: 'warn', text, ...(page?.ref ?? { visitorId, page: '', pageId: '' }) } as never)
  }
}

/** What crosses a process is JSON: a page may put anything into a payload. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}

const turn = () => new Promise<void>(resolve => void setImmediate(resolve))
