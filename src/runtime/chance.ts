import { randomUUID } from 'node:crypto'

/** Where the engine gets what is to be random: from a seed, so that a run can be repeated, or from the system. */
export interface Chance {
  /** From 0 up to, but not including, 1. */
  random(): number
  /** A version 4 UUID. */
  uuid(): string
  readonly seeded: boolean
}

/** @param opened how often this engine's database was opened before: ids that it holds must not come up again */
export function createChance(seed: number | undefined, opened: number): Chance {
  if (seed === undefined) return { random: Math.random, uuid: () => randomUUID(), seeded: false }
  const random = sequence(seed, opened)
  return { random, uuid: () => uuidOf(random), seeded: true }
}

function sequence(seed: number, opened: number): () => number {
  // Fractions and large numbers are seeds, too.
  return dice(Math.imul(seed ^ (seed / 2 ** 32), 0x9e3779b1) ^ Math.imul((seed % 1) * 2 ** 32, 0x85ebca6b) ^ Math.imul(opened, 0xc2b2ae35))
}

/** The generator "mulberry32": small, quick, and good enough for ids and dice. @param begin its first state, a whole number of 32 bits */
export function dice(begin: number): () => number {
  let state = begin
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function uuidOf(random: () => number): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16))
  digits[12] = 4
  digits[16] = 8 + (digits[16]! & 3)
  const text = digits.map(digit => digit.toString(16)).join('')
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
}
