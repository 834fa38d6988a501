import type { BotHost } from './bot-host.ts'

/** A debugger that is attached to a process. */
export interface AttachedDebugger {
  /** Resolves when it has let go of the process, or the process has ended. */
  readonly over: Promise<void>
}

/** Attaches a debugger to the inspector at an address. Resolves when its breakpoints are set, rejects with a sentence. */
export type AttachDebugger = (name: string, url: string) => Promise<AttachedDebugger>

/**
 * A bot's process with a debugger at it. The process waits for the breakpoints before it runs anything, so nothing that is said to the bot slips past them;
 * and who debugs goes on doing so when the bot is started again, because a file was saved for instance.
 */
export class BotDebugging {
  readonly #host: BotHost
  readonly #attach: () => AttachDebugger | undefined
  #starting: Promise<void> | undefined
  #problem: Error | undefined

  constructor(host: BotHost, attach: () => AttachDebugger | undefined) {
    this.#host = host
    this.#attach = attach
  }

  /** Resolves when the bot is no longer on its way into a debugger, whatever came of it. */
  async settled(): Promise<void> {
    await this.#starting?.catch(() => {})
  }

  /** Starts the bot anew for a debugger. Resolves when it runs. @throws Error with a sentence; the bot then runs without */
  start(): Promise<void> {
    const starting = this.#start().finally(() => {
      if (this.#starting === starting) this.#starting = undefined
    })
    this.#starting = starting
    return starting
  }

  /** From now on the bot is started without a debugger. */
  end(): void {
    this.#host.inspect = false
  }

  /** The bot's process has opened its inspector, and waits. */
  opened(name: string, url: string): void {
    const { pid } = this.#host
    const attached = this.#attach()?.(name, url) ?? Promise.reject(new Error('Nothing here can debug the bot.'))
    attached.then(
      ({ over }) =>
        over.then(() => {
          // It ended because somebody wanted it to, not because its process did.
          if (this.#host.pid === pid) this.end()
        }),
      async (error: Error) => {
        if (this.#host.pid !== pid) return
        this.#problem = error
        this.end()
        await this.#host.stop()
      }
    )
  }

  async #start(): Promise<void> {
    const host = this.#host
    this.#problem = undefined
    // Also for a start that overtakes this one, because a file is saved meanwhile.
    host.inspect = true
    try {
      await host.restart()
    } catch (error) {
      this.end()
      if (!this.#problem) throw error
      await host.start('restart')
      throw this.#problem
    }
  }
}
