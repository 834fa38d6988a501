import { dice } from '../../runtime/chance.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** What chance there is in a scenario follows from its seed . */
export class Chance {
  /** From 0 to below 1. */
  readonly next: () => number

  constructor(seed: number) {
    this.next = dice(seed >>> 0)
  }

  /** Letters and digits, after a beginning that people recognise. */
  id(length: number, beginning = ''): string {
    let id = beginning.replace(/[^A-Za-z0-9]/g, '').slice(0, length)
    while (id.length < length) id += LETTERS[Math.floor(this.next() * LETTERS.length)]
    return id
  }
}
