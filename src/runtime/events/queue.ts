import type { BotEvent } from '../api.ts'

/** Events in their order per visitor: one at a time for a key, keys side by side (R7.3). */
export class EventQueue {
  readonly #process: (event: BotEvent) => Promise<void>
  readonly #onFailure: (event: BotEvent, error: unknown, willRetry: boolean) => void
  readonly #onWait: (event: BotEvent, behind: BotEvent) => void
  #waiting = new Map<string, { event: BotEvent; attempt: number }[]>()
  #active = new Map<string, BotEvent>()

  constructor(
    process: (event: BotEvent) => Promise<void>,
    onWait: (event: BotEvent, behind: BotEvent) => void,
    onFailure: (event: BotEvent, error: unknown, willRetry: boolean) => void
  ) {
    this.#process = process
    this.#onWait = onWait
    this.#onFailure = onFailure
  }

  /** Queues; the event starts on a later turn of the event loop (R7.4). */
  add(event: BotEvent): void {
    const key = keyOf(event)
    const behind = this.#waiting.get(key)?.at(-1)?.event ?? this.#active.get(key)
    this.#push(key, { event, attempt: 1 })
    if (behind) this.#onWait(event, behind)
    else setImmediate(() => this.#next(key))
  }

  /** Whether no further event waits for this visitor; the one in progress does not count (R16.5). */
  isEmptyFor(event: BotEvent): boolean {
    return (this.#waiting.get(keyOf(event))?.length ?? 0) === 0
  }

  get idle(): boolean {
    return this.#active.size === 0 && this.#waiting.size === 0
  }

  /** Events in progress. */
  get active(): BotEvent[] {
    return [...this.#active.values()]
  }

  /** Drops what waits, and forgets what is in progress. */
  clear(): void {
    this.#waiting.clear()
    this.#active.clear()
  }

  #push(key: string, item: { event: BotEvent; attempt: number }): void {
    const items = this.#waiting.get(key)
    if (items) items.push(item)
    else this.#waiting.set(key, [item])
  }

  async #next(key: string): Promise<void> {
    if (this.#active.has(key)) return
    const items = this.#waiting.get(key)
    const item = items?.shift()
    if (items?.length === 0) this.#waiting.delete(key)
    if (!item) return
    this.#active.set(key, item.event)
    try {
      await this.#process(item.event)
    } catch (error) {
      // Once more from the very beginning, before everything else of this visitor; then it is dropped (R7.5).
      const retry = item.attempt === 1
      if (retry) this.#waiting.set(key, [{ event: item.event, attempt: 2 }, ...(this.#waiting.get(key) ?? [])])
      this.#onFailure(item.event, error, retry)
    }
    if (this.#active.get(key) === item.event) this.#active.delete(key)
    if (this.#waiting.has(key)) setImmediate(() => this.#next(key))
  }
}

/** The thread is not part of it (R7.3). */
function keyOf(event: BotEvent): string {
  return `${event.botId}::${event.channel}::${event.target}`
}
