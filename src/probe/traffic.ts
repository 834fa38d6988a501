import http, { type ClientRequest } from 'node:http'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import type { Socket } from 'node:net'

const later = setTimeout
const soon = setImmediate
/** Looks without anything under way after which a process counts as silent. */
const LOOKS = 3
/** The same where something is there of which nobody can say whether it is used, such as connections to a database. */
const ROUNDS = 4
/** And while somebody waits for an answer. */
const ROUNDS_SERVING = 10
const ROUND_MS = 2
/** What keeps a process alive that does nothing but wait for requests. */
const AT_REST: ReadonlySet<string> = new Set([
  'TCPServerWrap',
  'TCPSocketWrap',
  'ShutdownWrap',
  'SimpleShutdownWrap',
  'PipeWrap',
  'TTYWrap'
])

/** Counts the requests that the bot has under way, to know when what it began has come to rest. */
export class Traffic {
  #open = 0
  #serving = 0
  #connections = 0

  /** Requests to the bot that it has not answered yet. */
  get serving(): number {
    return this.#serving
  }

  /**
   * Whether something is under way in the process that could still end a turn, besides its timers: files, other processes, workers, connections of its own.
   * Connections that idle in a pool count too.
   */
  get works(): boolean {
    const kinds = process.getActiveResourcesInfo()
    return kinds.filter(kind => kind === 'TCPSocketWrap').length > this.#connections || kinds.some(kind => !AT_REST.has(kind))
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

  /** Resolves when nothing is under way, or nothing was for a while, in real time. */
  async silence(): Promise<void> {
    let needed = ROUNDS
    let looks = 0
    for (let rounds = 0; rounds < needed && looks < LOOKS; ) {
      const isQuiet = this.#open === 0
      looks = isQuiet && !this.works ? looks + 1 : 0
      await new Promise<void>(resolve => (looks > 0 ? soon(resolve) : later(resolve, ROUND_MS)))
      if (looks === 0) rounds = isQuiet ? rounds + 1 : 0
      needed = this.#serving > 0 ? ROUNDS_SERVING : ROUNDS
    }
  }

  #watchServers(): void {
    const { emit } = http.Server.prototype
    const served = (response: http.ServerResponse) => {
      this.#serving++
      response.once('close', () => this.#serving--)
    }
    const connected = (socket: Socket) => {
      this.#connections++
      socket.once('close', () => this.#connections--)
    }
    http.Server.prototype.emit = function (event: string | symbol, ...args: unknown[]) {
      if (event === 'request') served(args[1] as http.ServerResponse)
      if (event === 'connection') connected(args[0] as Socket)
      return Reflect.apply(emit, this, [event, ...args])
    }
  }

  #count(asked: ClientRequest): void {
    this.#open++
    asked.once('close', () => this.#open--)
  }
}
