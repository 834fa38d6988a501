import type { ReportInput } from './api.ts'
import { type Clock, NOTHING_DONE } from './clock.ts'
import { milliseconds } from './durations.ts'

interface LoggerEntry {
  botId: string
  level: string
  scope: string
  message: string
  metadata: unknown
  timestamp: Date
}

export interface MonitorHost {
  readonly clock: Clock
  config(): { enabled?: boolean; interval?: string } | undefined
  run(botId: string, events: LoggerEntry[]): Promise<void>
}

/** Collects error lines per bot and hands them to `on_bot_error` hooks, once a minute (R2.5). */
export class BotMonitor {
  readonly #host: MonitorHost
  #collected = new Map<string, LoggerEntry[]>()
  #timer: unknown

  constructor(host: MonitorHost) {
    this.#host = host
  }

  start(): void {
    const { enabled = true, interval } = this.#host.config() ?? {}
    if (!enabled) return
    this.#timer = this.#host.clock.setInterval(() => this.#begin(), milliseconds(interval, 60_000)).unref()
  }

  stop(): void {
    this.#host.clock.clear(this.#timer)
  }

  /** Takes note of what is reported. */
  hear(entry: ReportInput): void {
    if (entry.kind !== 'log' || (entry.level !== 'error' && entry.level !== 'critical') || entry.botId === undefined) return
    const { botId, level, logger, message } = entry
    const list = this.#collected.get(botId) ?? []
    // A bot that fails without end must not fill the memory.
    if (list.length < 1000)
      list.push({ botId, level, scope: logger, message, metadata: undefined, timestamp: new Date(this.#host.clock.now()) })
    this.#collected.set(botId, list)
  }

  #begin(): typeof NOTHING_DONE | undefined {
    if (this.#collected.size === 0) return NOTHING_DONE
    void this.#round()
    return undefined
  }

  async #round(): Promise<void> {
    const collected = this.#collected
    this.#collected = new Map()
    for (const [botId, events] of collected) await this.#host.run(botId, events)
  }
}
