import * as z from 'zod/mini'
import { ToPanel } from '../../src/protocol/to-panel.ts'
import { TraceEntry } from '../../src/trace/entry.ts'

/** A batch of entries before its entries were looked at. */
const Batch = z.object({ kind: z.literal('entries'), from: z.number(), entries: z.array(z.unknown()) })

/** For so long one turn takes messages in, ms; then the page may draw and answer. */
const TURN_MS = 30
const SLICE = 200

export interface Taker {
  /** @param whole false for the parts of a batch but its last */
  take(message: ToPanel, whole: boolean): void
  /** A message, or an entry in a batch, was of no known shape. */
  unreadable(): void
}

/**
 * Parses what arrives and hands it on in order. A long trace is taken in over several turns, so that the panel stays responsive, and an entry
 * that cannot be read costs itself only.
 */
export class Intake {
  readonly #taker: Taker
  #waiting: { message: unknown; whole: boolean }[] = []
  #running = false

  constructor(taker: Taker) {
    this.#taker = taker
  }

  push(message: unknown): void {
    const batch = Batch.safeParse(message)
    if (batch.success && batch.data.entries.length > SLICE) {
      const { from, entries } = batch.data
      for (let n = 0; n < entries.length; n += SLICE) {
        const part = { kind: 'entries', from: from + n, entries: entries.slice(n, n + SLICE) }
        this.#waiting.push({ message: part, whole: n + SLICE >= entries.length })
      }
    } else this.#waiting.push({ message, whole: true })
    if (!this.#running) this.#turn()
  }

  #turn(): void {
    this.#running = true
    const end = performance.now() + TURN_MS
    let done = 0
    while (done < this.#waiting.length && performance.now() < end) this.#read(this.#waiting[done++]!)
    this.#waiting.splice(0, done)
    if (this.#waiting.length > 0) setTimeout(() => this.#turn())
    else this.#running = false
  }

  #read({ message, whole }: { message: unknown; whole: boolean }): void {
    const batch = Batch.safeParse(message)
    if (batch.success) {
      const entries = batch.data.entries.flatMap(entry => {
        const parsed = TraceEntry.safeParse(entry)
        return parsed.success ? [parsed.data] : []
      })
      if (entries.length < batch.data.entries.length) this.#taker.unreadable()
      this.#taker.take({ kind: 'entries', from: batch.data.from, entries }, whole)
      return
    }
    const parsed = ToPanel.safeParse(message)
    if (parsed.success) this.#taker.take(parsed.data, whole)
    else this.#taker.unreadable()
  }
}
