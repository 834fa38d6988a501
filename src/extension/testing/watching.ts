import { keyOf, type ScenarioKey } from './last-results.ts'

/** A continuous run of the Test view. */
export interface Watch {
  /** What it watches now: scenarios come and go while it lives. */
  wanted(): readonly ScenarioKey[]
  play(keys: readonly ScenarioKey[]): Promise<unknown>
}

/** Plays what is watched again when a change concerns it. What changes while a run is under way is played in the next one, together. */
export class Watching {
  readonly #watches = new Map<Watch, { due: Map<string, ScenarioKey>; plays: boolean }>()

  /** Plays all of it once, since only then it is known what a change concerns. @returns the way to stop */
  add(watch: Watch): () => void {
    this.#watches.set(watch, { due: new Map(), plays: false })
    this.#due(watch, watch.wanted())
    return () => void this.#watches.delete(watch)
  }

  changed(affected: readonly ScenarioKey[]): void {
    for (const watch of this.#watches.keys()) {
      const wanted = new Set(watch.wanted().map(keyOf))
      this.#due(
        watch,
        affected.filter(key => wanted.has(keyOf(key)))
      )
    }
  }

  #due(watch: Watch, keys: readonly ScenarioKey[]): void {
    const state = this.#watches.get(watch)
    if (!state) return
    for (const key of keys) state.due.set(keyOf(key), key)
    if (!state.plays) void this.#play(watch, state)
  }

  async #play(watch: Watch, state: { due: Map<string, ScenarioKey>; plays: boolean }): Promise<void> {
    state.plays = true
    while (state.due.size > 0 && this.#watches.has(watch)) {
      const keys = [...state.due.values()]
      state.due.clear()
      await watch.play(keys).catch(() => {})
    }
    state.plays = false
  }
}
