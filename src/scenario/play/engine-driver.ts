import { EngineError, HOST_CODES } from '../../host/engine-error.ts'
import type { EngineHost } from '../../host/engine-host.ts'
import type { TimeKeeper } from '../../host/shared-clock.ts'
import type { CallParams, CallResult, EngineCall } from '../../protocol/engine.ts'

/** A week is a lot of work for a slow machine: moves of the clock are told in pieces of so many ms. */
const PIECE_MS = 4 * 3_600_000
/** How often in a row a move is begun anew with another engine; the host gives up by itself before that. */
const TAKEN_OVER = 5

/**
 * The engine as one of those who keep the virtual time. It is asked for one thing after the other, and what a call starts comes to rest before anybody
 * hears the answer: so pages and engine take turns, and the same scenario has the same trace however fast the machine is.
 */
export class EngineDriver implements TimeKeeper {
  readonly name = 'the engine'
  #host: EngineHost
  #clock: () => number
  #at: number | undefined
  /** The engine is known to do nothing before, not even its own periodic work. */
  #restsUntil: number | undefined
  #time: number
  /** To be told before it does anything else. */
  #news: (() => void)[] = []
  #busy = 0
  #active: readonly string[] = []
  #queue: Promise<unknown> = Promise.resolve()

  #onProgress: () => void

  /** @param onProgress told while a long move of the clock gets on */
  constructor(host: EngineHost, clock: () => number, onProgress: () => void = () => {}) {
    this.#host = host
    this.#clock = clock
    this.#onProgress = onProgress
    this.#time = clock()
  }

  /** Events that have not ended. */
  get active(): readonly string[] {
    return this.#active
  }

  get isUnsettled(): boolean {
    return this.#busy > 0
  }

  /** Whoever asks at a later moment finds the engine at that moment. The answer may take time of the clock. */
  async call<C extends EngineCall>(name: C, params: CallParams<C>): Promise<CallResult<C>> {
    const { answer } = await this.#queued(async () => {
      const now = this.#clock()
      if (now > this.#time) await this.#bring(now)
      this.tellNews()
      const answer = this.#host.call(name, params)
      answer.catch(() => {})
      await this.#run(now)
      return { answer }
    })
    return answer
  }

  /** Tells it something that it does nothing about by itself: it is on its way with the next call. */
  tell<C extends EngineCall>(name: C, params: CallParams<C>): void {
    this.#news.push(() => void this.#host.call(name, params).catch(() => {}))
  }

  /** Says at once what was to be said with the next call. */
  tellNews(): void {
    for (const tell of this.#news.splice(0)) tell()
  }

  /** Resolves when nothing is under way but what waits for time to pass. */
  async settle(): Promise<void> {
    while (this.#busy > 0) await this.#queue
  }

  /** Another engine process has taken over: it is brought to the time of now. */
  async restarted(): Promise<void> {
    this.#at = undefined
    this.#restsUntil = undefined
    this.#active = []
    await this.#queued(() => this.#run(this.#clock()))
  }

  nextDue(): number | undefined {
    return this.#at
  }

  async runTo(at: number): Promise<void> {
    // What time it is there, it is told with the next call: to ask for nothing takes as long as to ask for something.
    if (this.#busy === 0 && this.#rests(at)) return
    if (at > this.#time || (this.#at !== undefined && this.#at <= at)) await this.#queued(() => this.#run(at))
  }

  async runAhead(limit: number): Promise<{ now: number; ran: number }> {
    return this.#queued(async () => {
      const { now, ran } = await this.#tried('runAhead', limit)
      this.#time = Math.max(this.#time, now)
      return { now, ran }
    })
  }

  #queued<T>(task: () => Promise<T>): Promise<T> {
    this.#busy++
    const result = this.#queue.then(task).finally(() => void this.#busy--)
    this.#queue = result.catch(() => {})
    return result
  }

  #rests(until: number): boolean {
    return this.#restsUntil !== undefined && until < this.#restsUntil
  }

  /** To a later moment, before it is asked for something. */
  async #bring(to: number): Promise<void> {
    if (!this.#rests(to)) return this.#run(to)
    this.#host.call('pass', { to }).catch(() => {})
    this.#time = to
  }

  async #run(to: number): Promise<void> {
    for (let at = Math.min(to, this.#time + PIECE_MS); at < to; at += PIECE_MS) {
      await this.#runTo(at)
      this.#onProgress()
    }
    await this.#runTo(to)
  }

  async #runTo(to: number): Promise<void> {
    await this.#tried('run', to)
    this.#time = Math.max(this.#time, to)
  }

  async #tried<C extends 'run' | 'runAhead'>(name: C, to: number): Promise<CallResult<C>> {
    for (let taken = 0; ; taken++) {
      try {
        this.tellNews()
        const rest = (await this.#host.call(name, { to } as CallParams<C>)) as CallResult<C>
        this.#at = rest.at
        this.#restsUntil = rest.active.length > 0 ? undefined : (rest.anyAt ?? Number.POSITIVE_INFINITY)
        this.#active = rest.active
        return rest
      } catch (error) {
        // The engine was stopped for what it did. Another one has taken over, and with it what had not begun: that has to come to rest as well.
        if (!(error instanceof EngineError && error.code === HOST_CODES.stopped) || taken > TAKEN_OVER) throw error
      }
    }
  }
}
