import type { ClockCommand, ClockState } from '../protocol/panel.ts'
import { duration } from '../trace/words.ts'
import { SharedClock, type TimeKeeper } from './shared-clock.ts'

export interface ClockControlOptions {
  /** Start of a virtual clock, ms since 1970; absent: the clock is real. */
  startAt: number | undefined
  /** Who keeps timers at any time: engine, line. Pages join and leave by `join`. */
  keepers: TimeKeeper[]
  /** Resolves when nothing that the last timers started is under way. */
  settle(): Promise<void>
  /** Engine and pages begin anew with another clock. */
  change(startAt: number | undefined): Promise<void>
  onState(state: ClockState): void
  /** A move that the author made, once it is over. */
  onMoved(to: number, why: string): void
  /** A move failed. */
  onProblem(text: string): void
}

const TICK_MS = 50
const MAX_SPEED = 1000

/** The clock's controls: real or virtual, play, pause, step, advance. */
export class ClockControl {
  #options: ClockControlOptions
  #shared: SharedClock | undefined
  #pages = new Map<TimeKeeper, (() => void) | undefined>()
  #player: NodeJS.Timeout | undefined
  /** The last move that it made by itself. */
  #tick: Promise<void> = Promise.resolve()
  #speed = 1
  #moves = 0
  #nextDue: number | undefined
  #stopped = new AbortController()
  #looking = false

  constructor(options: ClockControlOptions) {
    this.#options = options
    if (options.startAt !== undefined) this.#begin(options.startAt)
  }

  get isVirtual(): boolean {
    return this.#shared !== undefined
  }

  now(): number {
    return this.#shared?.now() ?? Date.now()
  }

  /** A page that ran ahead says how late it is there. */
  shows(now: number): void {
    this.#shared?.shows(now)
  }

  get state(): ClockState {
    return {
      kind: this.#shared ? 'virtual' : 'real',
      now: this.now(),
      playing: this.#player !== undefined,
      speed: this.#speed,
      moving: this.#moves > 0,
      ...(this.#nextDue !== undefined && { nextDue: this.#nextDue })
    }
  }

  /** A page keeps timers as well while it is there. @returns the way to leave */
  join(keeper: TimeKeeper): () => void {
    this.#pages.set(keeper, this.#shared?.join(keeper))
    this.look()
    return () => {
      this.#pages.get(keeper)?.()
      this.#pages.delete(keeper)
      this.look()
    }
  }

  /** @throws Error with a sentence for the user */
  async do(command: ClockCommand): Promise<void> {
    switch (command.do) {
      case 'virtual':
        return this.#change(command.startAt ?? this.now())
      case 'real':
        return this.#change(undefined)
      case 'play':
        return this.#play(command.speed ?? 1)
      case 'pause':
        return this.#pause()
      case 'step':
        return this.#move('to the next timer', clock => clock.step(this.#stopped.signal))
      case 'advance':
        if (!(command.ms >= 0)) throw new Error('Time goes forwards only.')
        return this.#move(`${duration(command.ms)} later`, clock => clock.advance(command.ms, this.#stopped.signal))
      case 'goTo':
        if (!(command.at >= this.now()))
          throw new Error('This moment has passed; time goes forwards only. Switch the clock anew to begin earlier.')
        return this.#move('to a date', clock => clock.advanceTo(command.at, this.#stopped.signal))
    }
  }

  /** Looks anew when the next timer falls due: something happened that may have set one. */
  look(): void {
    const shared = this.#shared
    if (!shared || this.#looking || this.#moves > 0) return
    this.#looking = true
    shared
      .nextDue()
      .catch(() => undefined)
      .then(due => {
        this.#looking = false
        if (shared !== this.#shared || due === this.#nextDue) return
        this.#nextDue = due
        this.#told()
      })
  }

  stop(): void {
    clearInterval(this.#player)
    this.#player = undefined
    this.#stopped.abort()
  }

  #begin(startAt: number): void {
    const { settle, keepers } = this.#options
    this.#shared = new SharedClock({ startAt, settle })
    for (const keeper of keepers) this.#shared.join(keeper)
    for (const keeper of this.#pages.keys()) this.#pages.set(keeper, this.#shared.join(keeper))
    this.#shared.onMove(() => this.#told())
  }

  async #change(startAt: number | undefined): Promise<void> {
    if (startAt === undefined && !this.#shared) return
    if (startAt !== undefined && !Number.isFinite(startAt)) throw new Error('This is no date.')
    this.stop()
    this.#stopped = new AbortController()
    this.#shared = undefined
    this.#nextDue = undefined
    // The pages of before go with the old clock.
    this.#pages.clear()
    if (startAt !== undefined) this.#begin(startAt)
    await this.#options.change(startAt)
    this.#told()
    this.look()
  }

  #play(speed: number): void {
    this.#needShared()
    if (!(speed > 0 && speed <= MAX_SPEED)) throw new Error(`The speed is a number above 0 and at most ${MAX_SPEED}.`)
    this.#speed = speed
    if (this.#player) {
      this.#told()
      return
    }
    let last = performance.now()
    let moving = false
    this.#player = setInterval(() => {
      // A move that takes longer than a tick is not followed by a heap of others.
      if (moving || !this.#shared) return
      const real = performance.now()
      const ms = Math.round((real - last) * this.#speed)
      last = real
      moving = true
      this.#tick = this.#shared
        .advance(ms, this.#stopped.signal)
        .catch((error: Error) => this.#failed(error))
        .then(() => {
          moving = false
          this.look()
        })
    }, TICK_MS)
    this.#options.onMoved(this.now(), `runs${speed === 1 ? '' : `, ${speed} times as fast`}`)
    this.#told()
  }

  async #pause(): Promise<void> {
    this.#needShared()
    if (!this.#player) return
    clearInterval(this.#player)
    this.#player = undefined
    await this.#tick
    this.#options.onMoved(this.now(), 'stands still')
    this.#told()
    this.look()
  }

  async #move(why: string, move: (clock: SharedClock) => Promise<number>): Promise<void> {
    const shared = this.#needShared()
    this.#moves++
    this.#told()
    try {
      const to = await move(shared)
      this.#options.onMoved(to, why)
    } finally {
      this.#moves--
      const due = await shared.nextDue().catch(() => undefined)
      // Switched meanwhile, the clock has other timers, or none.
      if (shared === this.#shared) this.#nextDue = due
      this.#told()
    }
  }

  #needShared(): SharedClock {
    if (!this.#shared) throw new Error('The clock is the real one. Switch to the virtual clock to move it.')
    return this.#shared
  }

  #failed(error: Error): void {
    if (this.#stopped.signal.aborted) return
    clearInterval(this.#player)
    this.#player = undefined
    this.#told()
    this.#options.onProblem(error.message)
  }

  #told(): void {
    this.#options.onState(this.state)
  }
}
