import type { Observed } from '../protocol/language.ts'
import { SeenEvents } from '../trace/seen-events.ts'
import { Disposables, type Feature } from './feature.ts'
import type { Lab } from './lab.ts'

/** Runs are told to the language server at most so often. */
const PAUSE_MS = 250
/** What is larger would cost more to hand over than it tells. */
const MAX_LENGTH = 200_000

/** Hands what hooks saw in runs to the language server, which shows it while they are written. */
export class Observations implements Feature {
  readonly #lab: Lab
  readonly #mine = new Disposables()
  /** The newest of each hook and event type, for a server that starts later. */
  readonly #newest = new Map<string, Observed>()
  readonly #untold = new Set<string>()
  #timer: NodeJS.Timeout | undefined

  constructor(lab: Lab) {
    this.#lab = lab
  }

  start(): void {
    const { simulators, language } = this.#lab
    this.#mine.add(
      simulators.readTraces(() => {
        const seen = new SeenEvents()
        return entries => this.#keep(seen.read(entries))
      })
    )
    this.#mine.add(
      language.onReady(() => {
        for (const key of this.#newest.keys()) this.#untold.add(key)
        this.#tellSoon()
      })
    )
    this.#mine.onDispose(() => clearTimeout(this.#timer))
  }

  #keep(seen: readonly Observed[]): void {
    for (const one of seen) {
      const key = `${one.type} ${one.hook}`
      this.#newest.set(key, one)
      this.#untold.add(key)
    }
    this.#tellSoon()
  }

  #tellSoon(): void {
    if (this.#untold.size === 0 || this.#mine.disposed) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      const seen = [...this.#untold].flatMap(key => this.#newest.get(key) ?? []).filter(one => JSON.stringify(one).length <= MAX_LENGTH)
      this.#untold.clear()
      void this.#lab.language.tell('proactiveHooks/observed', { seen })
    }, PAUSE_MS)
  }

  dispose(): void {
    this.#mine.dispose()
  }
}
