/** A value within a payload that can be written in a field of its own. */
export interface Field {
  /** Keys from the payload down. */
  path: readonly string[]
  value: string | number | boolean
}

/** More fields than this are easier to write as JSON. */
const MOST = 12
const DEEPEST = 6

/** Texts, numbers and truths of a payload, in its order; what is a list, empty or nothing is left to the JSON. */
export function fieldsOf(value: unknown, path: readonly string[] = []): Field[] {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return path.length > 0 ? [{ path, value }] : []
  if (typeof value !== 'object' || value === null || Array.isArray(value) || path.length >= DEEPEST) return []
  return Object.entries(value)
    .flatMap(([key, member]) => fieldsOf(member, [...path, key]))
    .slice(0, MOST)
}

/** The payload with another value in a field; nothing else changes. */
export function withField(payload: unknown, path: readonly string[], value: Field['value']): unknown {
  const [key, ...rest] = path
  if (key === undefined) return value
  const object = typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : {}
  return { ...object, [key]: withField(object[key], rest, value) }
}
