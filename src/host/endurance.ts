/** Ends in a row, without an engine that stayed, after which the host gives up. */
const MAX_ENDS = 3
/** An engine that lived for so long has stayed. */
const STAYED_MS = 3000

/** Counts how often in a row an engine ended soon after its start: one that always does is not started again by itself. */
export class Endurance {
  #ends = 0
  #startedAt = 0

  get ends(): number {
    return this.#ends
  }

  get isOver(): boolean {
    return this.#ends >= MAX_ENDS
  }

  /** A process is being started. */
  starting(): void {
    this.#startedAt = 0
  }

  started(): void {
    this.#startedAt = performance.now()
  }

  /** It serves, or was asked to begin anew: whatever stops it later is not the fault of its start. */
  forgive(): void {
    this.#ends = 0
  }

  ended(): void {
    const stayed = this.#startedAt > 0 && performance.now() - this.#startedAt > STAYED_MS
    this.#ends = stayed ? 1 : this.#ends + 1
  }

  /** It says itself why it cannot start: another one could not either. */
  giveUp(): void {
    this.#ends = MAX_ENDS
  }
}
