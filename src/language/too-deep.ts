/**
 * Follows code unless that exhausts the stack: programs write sums and chains of thousands of parts, which are nested as deep. Such a file is passed over and
 * takes nothing else with it.
 */
export function unlessTooDeep<R>(follow: () => R, otherwise: R): R {
  try {
    return follow()
  } catch (error) {
    if (error instanceof RangeError) return otherwise
    throw error
  }
}
