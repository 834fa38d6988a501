import type { Timers } from './types.ts'

const TICK_MS = 50

/** Holds the bot's messages back while it “types” (R23). */
export class TypingQueue<T> {
  #timers: Timers
  #release: (item: T) => void
  #onChange: () => void
  #until = 0
  #held: { item: T; until: number }[] = []
  #timer: unknown

  /** @param onChange told when typing begins or ends */
  constructor(timers: Timers, release: (item: T) => void, onChange: () => void) {
    this.#timers = timers
    this.#release = release
    this.#onChange = onChange
  }

  get isTyping(): boolean {
    return this.#timer !== undefined
  }

  /** A typing notice: extends the end from the later of now and the current end (R23.1). */
  typing(ms: number): void {
    this.#until = Math.max(this.#timers.now(), this.#until) + ms
    if (this.isTyping) return
    this.#next()
    this.#onChange()
  }

  /** A message of the bot: at once, or held until the end in force now. */
  message(item: T): void {
    if (this.isTyping) this.#held.push({ item, until: this.#until })
    else this.#release(item)
  }

  /** Another conversation is shown: what was held is in its history. */
  clear(): void {
    this.#timers.clear(this.#timer)
    this.#timer = undefined
    this.#held = []
    this.#until = 0
  }

  #next(): void {
    this.#timer = this.#timers.set(() => this.#tick(), TICK_MS)
  }

  #tick(): void {
    const now = this.#timers.now()
    const hasEnded = now >= this.#until
    while (this.#held[0] && (hasEnded || this.#held[0].until <= now)) this.#release(this.#held.shift()!.item)
    if (!hasEnded) {
      this.#next()
      return
    }
    this.#timer = undefined
    this.#onChange()
  }
}
