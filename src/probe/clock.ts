import { syncBuiltinESMExports } from 'node:module'
import timersPromises from 'node:timers/promises'
import { promisify } from 'node:util'

interface Pending {
  id: number
  at: number
  every?: number
  run: () => void
}

/** As many as a bot may set in one moment before it counts as one that never ends. */
const MAX_AT_ONCE = 100_000

/** Takes the place of the process's timers and dates: time passes only when `runTo` is called. Node's own timers (sockets, timeouts of servers) stay real. */
export class VirtualClock {
  #now: number
  #lastId = 0
  #pending = new Map<number, Pending>()
  #settle: () => Promise<void>

  /** @param settle resolves when what a timer began has come to rest */
  constructor(startAt: number, settle: () => Promise<void>) {
    this.#now = startAt
    this.#settle = settle
    this.#install()
  }

  nextDue(): number | undefined {
    return this.#next()?.at
  }

  /** Timers that were set once and have not come. */
  get waiting(): number {
    return [...this.#pending.values()].filter(({ every }) => every === undefined).length
  }

  async runTo(at: number): Promise<void> {
    for (let ran = 0; ran < MAX_AT_ONCE; ran++) {
      const next = this.#next()
      if (!next || next.at > at) break
      this.#now = Math.max(this.#now, next.at)
      if (next.every === undefined) this.#pending.delete(next.id)
      else next.at += Math.max(1, next.every)
      // As in Node: an error in a timer is nobody's to catch.
      queueMicrotask(next.run)
      await this.#settle()
    }
    this.#now = Math.max(this.#now, at)
  }

  #next(): Pending | undefined {
    let first: Pending | undefined
    for (const pending of this.#pending.values()) if (!first || pending.at < first.at) first = pending
    return first
  }

  #set(run: () => void, ms: unknown, repeats: boolean): object {
    const delay = Math.max(1, Number(ms) || 1)
    const id = ++this.#lastId
    const pending: Pending = { id, at: this.#now + delay, run, ...(repeats && { every: delay }) }
    this.#pending.set(id, pending)
    const timer = {
      ref: () => timer,
      unref: () => timer,
      hasRef: () => true,
      refresh: () => {
        this.#pending.set(id, pending)
        pending.at = this.#now + delay
        return timer
      },
      close: () => {
        this.#pending.delete(id)
        return timer
      },
      [Symbol.toPrimitive]: () => id
    }
    return timer
  }

  #clear = (timer: unknown): void => {
    if (timer !== undefined && timer !== null) this.#pending.delete(Number(timer))
  }

  #install(): void {
    const wait = (ms?: number, value?: unknown) => new Promise(resolve => this.#set(() => resolve(value), ms, false))
    const setTimeout = (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => this.#set(() => run(...args), ms, false)
    Object.defineProperty(setTimeout, promisify.custom, { value: wait })
    const setInterval = (run: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => this.#set(() => run(...args), ms, true)
    Object.assign(globalThis, { setTimeout, setInterval, clearTimeout: this.#clear, clearInterval: this.#clear })
    Object.assign(timersPromises, { setTimeout: wait })
    syncBuiltinESMExports()
    const now = () => this.#now
    const RealDate = Date
    globalThis.Date = new Proxy(RealDate, {
      construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
      apply: () => new RealDate(now()).toString(),
      get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver))
    })
  }
}
