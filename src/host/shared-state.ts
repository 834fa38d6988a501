import type { PanelState } from '../protocol/panel.ts'

export interface Listening {
  /** The state is another one. */
  state(): void
  /** Only the clock went on, as it does all the time. */
  tick(clock: PanelState['clock']): void
}

/** What panels and whoever embeds the simulator show besides the trace. They are told of each change, and never of what is no change. */
export class SharedState {
  #value: PanelState
  #panels: Listening
  #listeners = new Set<(state: PanelState) => void>()

  constructor(value: PanelState, panels: Listening) {
    this.#value = value
    this.#panels = panels
  }

  get value(): PanelState {
    return this.#value
  }

  update(change: Partial<PanelState>): void {
    const next = { ...this.#value, ...change }
    if (JSON.stringify(next) === JSON.stringify(this.#value)) return
    this.#value = next
    this.#tell()
  }

  clock(clock: PanelState['clock']): void {
    const { kind, playing, speed, moving } = this.#value.clock
    const isTick = kind === clock.kind && playing === clock.playing && speed === clock.speed && moving === clock.moving
    this.#value = { ...this.#value, clock }
    if (isTick) this.#panels.tick(clock)
    else this.#tell()
  }

  onChange(listener: (state: PanelState) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  close(): void {
    this.#listeners.clear()
  }

  #tell(): void {
    this.#panels.state()
    for (const listener of this.#listeners) listener(this.#value)
  }
}
