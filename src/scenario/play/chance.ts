const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** What chance there is in a scenario follows from its seed (mulberry32). */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 to below 1. */
  next = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let value = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }

  /** Letters and digits, after a beginning that people recognise. */
  id(length: number, beginning = ''): string {
    let id = beginning.replace(/[^A-Za-z0-9]/g, '').slice(0, length)
    while (id.length < length) id += LETTERS[Math.floor(this.next() * LETTERS.length)]
    return id
  }
}
