export interface Measured {
  perSecond: number
  /** Milliseconds of one event alone. */
  p50: number
  p95: number
}

export function percentile(times: readonly number[], part: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

export const median = (values: readonly number[]) => percentile(values, 0.5)

/** The median of each figure over several rounds. */
export function middle(rounds: readonly Measured[]): Measured {
  const of = (key: keyof Measured) => median(rounds.map(round => round[key]))
  return { perSecond: of('perSecond'), p50: of('p50'), p95: of('p95') }
}
