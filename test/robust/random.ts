/** Random numbers that come out the same for the same seed (mulberry32). */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number
  pick<T>(from: readonly T[]): T
  /** Whether something with this probability happens. */
  chance(probability: number): boolean
}

export function random(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return { next, below, pick: from => from[below(from.length)]!, chance: probability => next() < probability }
}

/** The seed of a run: `ROBUST_SEED`, or one that never changes, so that a failure is there again the next time. */
export function seedOf(fallback: number): number {
  const given = Number(process.env.ROBUST_SEED)
  return Number.isInteger(given) && process.env.ROBUST_SEED !== undefined && process.env.ROBUST_SEED !== '' ? given : fallback
}
