import http, { type ClientRequest } from 'node:http'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'

const later = setTimeout
/** Rounds without anything under way after which a process counts as silent; files and workers are not seen, so a single one would not do. */
const ROUNDS = 4
/** The same while somebody waits for an answer. */
const ROUNDS_SERVING = 10
const ROUND_MS = 2

/** Counts the requests that the bot has under way, to know when what it began has come to rest. */
export class Traffic {
  #open = 0
  #serving = 0

  /** Requests to the bot that it has not answered yet. */
  get serving(): number {
    return this.#serving
  }

  /** Begins to count; requests to `own` are the probe's. */
  watch(own: string): void {
    const ownPath = new URL(own).pathname
    for (const part of [http, https]) {
      for (const name of ['request', 'get'] as const) {
        const original = part[name]
        const counted = (...args: Parameters<typeof original>): ClientRequest => {
          const asked = original.apply(part, args)
          if (!asked.path.startsWith(ownPath)) this.#count(asked)
          return asked
        }
        Object.assign(part, { [name]: counted })
      }
    }
    syncBuiltinESMExports()
    this.#watchServers()
    const { fetch } = globalThis
    if (fetch) {
      globalThis.fetch = async (...args) => {
        this.#open++
        try {
          return await fetch(...args)
        } finally {
          this.#open--
        }
      }
    }
  }

  /** Resolves when nothing was under way for a while, in real time. */
  async silence(): Promise<void> {
    let needed = ROUNDS
    for (let rounds = 0; rounds < needed; ) {
      await new Promise(resolve => later(resolve, ROUND_MS))
      rounds = this.#open === 0 ? rounds + 1 : 0
      needed = this.#serving > 0 ? ROUNDS_SERVING : ROUNDS
    }
  }

  #watchServers(): void {
    const { emit } = http.Server.prototype
    const served = (response: http.ServerResponse) => {
      this.#serving++
      response.once('close', () => this.#serving--)
    }
    http.Server.prototype.emit = function (event: string | symbol, ...args: unknown[]) {
      if (event === 'request') served(args[1] as http.ServerResponse)
      return Reflect.apply(emit, this, [event, ...args])
    }
  }

  #count(asked: ClientRequest): void {
    this.#open++
    asked.once('close', () => this.#open--)
  }
}
