import * as z from 'zod/mini'
import { ToPanel } from '../../src/protocol/to-panel.ts'
import { ENTRY_KINDS, type TraceEntry } from '../../src/trace/entry.ts'

/** Messages with entries, before the entries were looked at. */
const Batch = z.object({
  kind: z.enum(['entries', 'recent']),
  from: z.number(),
  entries: z.array(z.unknown()),
  more: z.optional(z.boolean())
})
type Batch = z.infer<typeof Batch>

/** For so long one turn takes messages in, ms; then the page may draw and answer. */
const TURN_MS = 30
const SLICE = 200
const KINDS: ReadonlySet<unknown> = new Set(ENTRY_KINDS)

export interface Taker {
  take(message: ToPanel): void
  /** A message, or an entry in a batch, was of no known shape. */
  unreadable(): void
}

/**
 * Reads what arrives and hands it on in order. A long trace is taken in over several turns, so that the panel stays responsive, and an entry
 * that cannot be read costs itself only.
 */
export class Intake {
  readonly #taker: Taker
  #waiting: { batch?: Batch; message?: unknown }[] = []
  #running = false

  constructor(taker: Taker) {
    this.#taker = taker
  }

  push(message: unknown): void {
    const batch = Batch.safeParse(message)
    if (!batch.success) this.#waiting.push({ message })
    else if (batch.data.kind === 'recent') this.#waiting.push({ batch: batch.data })
    else for (const part of slices(batch.data)) this.#waiting.push({ batch: part })
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

  #read({ batch, message }: { batch?: Batch; message?: unknown }): void {
    if (batch) {
      const entries = batch.entries.filter(isEntry)
      if (entries.length < batch.entries.length) this.#taker.unreadable()
      this.#taker.take({ ...batch, entries })
      return
    }
    const parsed = ToPanel.safeParse(message)
    if (parsed.success) this.#taker.take(parsed.data)
    else this.#taker.unreadable()
  }
}

function* slices({ kind, from, entries, more = false }: Batch): Generator<Batch> {
  for (let n = 0; n === 0 || n < entries.length; n += SLICE) {
    yield { kind, from: from + n, entries: entries.slice(n, n + SLICE), more: more || n + SLICE < entries.length }
  }
}

/**
 * Whether it is an entry as this version knows them. Its body was checked where it came into the host, from engine, page or bot, and the host is of the
 * same version as this page: to check 100,000 bodies once more took as long as sorting them.
 */
function isEntry(value: unknown): value is TraceEntry {
  const { kind, seq, at } = (value ?? {}) as Partial<TraceEntry>
  return KINDS.has(kind) && typeof seq === 'number' && typeof at === 'number'
}
