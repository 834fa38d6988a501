import ms from 'ms'

/**
 * Milliseconds of a duration as configuration and hooks write it: `6 hours`, `30m`, or a number of them.
 *
 * @param otherwise what counts in the place of one that cannot be read
 */
export function milliseconds(duration: unknown, otherwise: number): number {
  if (typeof duration === 'number') return Number.isFinite(duration) ? duration : otherwise
  // An empty text is an error to it, a long one is read as nothing.
  return (typeof duration === 'string' && duration !== '' ? ms(duration as ms.StringValue) : undefined) ?? otherwise
}
