import ms from 'ms'

/** Milliseconds of a duration as configuration writes it: `6 hours`, `30m`, or a number. Unreadable ones never end. */
export function milliseconds(duration: string | number): number {
  if (typeof duration === 'number') return duration
  return (ms(duration as never) as unknown as number | undefined) ?? Number.POSITIVE_INFINITY
}
