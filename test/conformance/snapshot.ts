import lodash from 'lodash'

/** Parts of an event that the recorder looked at. */
const LOOKED_AT = 'type channel direction payload target botId threadId preview messageId credentials nlu isPause suggestions state.user state.session state.context state.temp state.bot'.split(
  ' '
)

/** A copy as JSON keeps it. */
export function plainOf(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}

/** Paths that differ between two copies of an event, with the new value; objects are compared key by key, arrays and new values as a whole. */
export function changes(before: unknown, after: unknown): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  if (before !== undefined && after !== undefined) walk(lodash.pick(before, LOOKED_AT), lodash.pick(after, LOOKED_AT), '', found)
  return found
}

function walk(before: unknown, after: unknown, path: string, found: Record<string, unknown>): void {
  if (lodash.isEqual(before, after)) return
  if (!lodash.isPlainObject(before) || !lodash.isPlainObject(after)) {
    found[path] = after === undefined ? '<deleted>' : after
    return
  }
  const [a, b] = [before as Record<string, unknown>, after as Record<string, unknown>]
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) walk(a[key], b[key], path === '' ? key : `${path}.${key}`, found)
}
