import type { Witness } from '../protocol/witness.ts'
import type { EngineProcess } from './engine-process.ts'

interface Silence {
  readonly engine: EngineProcess
  readonly asked: Promise<void>
  witness?: Witness | undefined
}

/**
 * What a process that takes no turns says that it is at. It is asked when it has been silent for a while, since one that fills its memory
 * may end before its time is over, and again before it is stopped.
 */
export class Questioning {
  readonly #afterMs: number
  readonly #answerMs: number
  #silence: Silence | undefined

  /**
   * @param afterMs of silence before the first question
   * @param answerMs that an answer may take: 20 is usual, some seconds where the machine has no processor to spare
   */
  constructor(afterMs: number, answerMs: number) {
    this.#afterMs = afterMs
    this.#answerMs = answerMs
  }

  /** Told while a process is silent, as often as one likes. */
  silent(engine: EngineProcess, ms: number): void {
    if (this.#silence || ms < this.#afterMs) return
    const silence: Silence = {
      engine,
      asked: engine.witness(this.#answerMs).then(witness => {
        silence.witness = witness
      })
    }
    this.#silence = silence
  }

  /** The last question; what was said earlier in this silence when nothing comes any more. */
  async witness(engine: EngineProcess): Promise<Witness | undefined> {
    if (this.#silence) {
      await this.#silence.asked
      // It had its time.
      if (!this.saidBy(engine)) return undefined
    }
    return (await engine.witness(this.#answerMs)) ?? this.saidBy(engine)
  }

  /** What it said in this silence, if it did. */
  saidBy(engine: EngineProcess): Witness | undefined {
    return this.#silence?.engine === engine ? this.#silence.witness : undefined
  }

  /** The process takes turns again, or is no more: what it was at is past, and nobody else is to look into it. */
  over(): void {
    const silence = this.#silence
    this.#silence = undefined
    void silence?.asked.then(() => silence.engine.closeInspector())
  }
}
