/** Numbers that both ends keep to; apart from the schemas, which the panel does not load. */

/** So many events are sent at once at most. */
export const MOST_AT_ONCE = 100
