/** Numbers of a measurement that is done several times. */
export interface Measured {
  best: number
  median: number
  worst: number
}

export function measured(values: readonly number[]): Measured {
  const sorted = [...values].sort((a, b) => a - b)
  return { best: sorted[0]!, median: sorted[Math.floor(sorted.length / 2)]!, worst: sorted.at(-1)! }
}

/** Does something so often, one after the other. */
export async function repeat(times: number, action: () => Promise<number>): Promise<Measured> {
  const values: number[] = []
  for (let n = 0; n < times; n++) values.push(await action())
  return measured(values)
}
