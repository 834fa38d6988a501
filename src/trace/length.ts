/** Lengths of time as people write them: 20 ms, 1.5s, 23h 59min 59s. */

const UNITS: Record<string, number> = {
  ms: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000
}
const PART = String.raw`\d+(?:\.\d+)?\s*(?:ms|sec|s|min|m|h|d)`
const DURATION = new RegExp(String.raw`^\s*${PART}(?:\s+${PART})*\s*$`)

export const isDuration = (text: string): boolean => DURATION.test(text)

/** Milliseconds. @throws RangeError for what `isDuration` refuses */
export function durationOf(given: number | string): number {
  if (typeof given === 'number') return given
  if (!isDuration(given)) throw new RangeError(`“${given}” is no length of time`)
  let ms = 0
  for (const [, amount, unit] of given.matchAll(/(\d+(?:\.\d+)?)\s*(ms|sec|s|min|m|h|d)/g)) ms += Number(amount) * UNITS[unit!]!
  return Math.round(ms)
}

/** The units above a second in ms, the longest first. */
export const LONG_UNITS = (['d', 'h', 'min'] as const).map(unit => [unit, UNITS[unit]!] as const)

/** As scenarios have it: 2min, 2.045s, 850ms. */
export function lengthOf(ms: number): string {
  const whole = Math.round(ms)
  for (const [unit, size] of LONG_UNITS) {
    if (whole >= size && whole % size === 0) return `${whole / size}${unit}`
  }
  return whole >= 1000 ? `${whole / 1000}s` : `${whole}ms`
}
