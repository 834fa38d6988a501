import type { ReportInput } from './api.ts'
import type { HookRunner } from './hooks/run-hooks.ts'

export interface MountHost {
  readonly hooks: HookRunner
  /** Bots that are not disabled. */
  bots(): string[]
  report(entry: ReportInput): void
}

/** Which bots are mounted: at the start all, until somebody unmounts one. */
export class Mounts {
  readonly #host: MountHost
  #unmounted = new Set<string>()

  constructor(host: MountHost) {
    this.#host = host
  }

  isUnmounted(botId: string): boolean {
    return this.#unmounted.has(botId)
  }

  /** Mounts all bots, as a server that starts. @returns their ids */
  async all(): Promise<string[]> {
    const bots = this.#host.bots()
    for (const botId of bots) await this.#host.hooks.run('after_bot_mount', { botId })
    return bots
  }

  /** The hooks run before the bot counts as mounted (R2.1). */
  async mount(botId: string): Promise<void> {
    if (!this.#unmounted.has(botId)) return
    await this.#host.hooks.run('after_bot_mount', { botId })
    this.#unmounted.delete(botId)
    this.#host.report({ kind: 'bot-mounted', botId })
  }

  /** The hooks run when the bot is gone (R2.1). */
  async unmount(botId: string): Promise<void> {
    if (this.#unmounted.has(botId)) return
    this.#unmounted.add(botId)
    this.#host.report({ kind: 'bot-unmounted', botId })
    await this.#host.hooks.run('after_bot_unmount', { botId })
  }
}
