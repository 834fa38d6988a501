import { gunzipSync } from 'node:zlib'

type Fields = Record<string, unknown>

const V3_SESSION = 'BotBuilder.Data.SessionState'
/** Deeper than any state that a bot keeps, and a stop for circles. */
const MAX_DEPTH = 12

/**
 * The dialogs that a bot's state holds, outermost first, or undefined when it holds none that is known: v3's call stack (S1), and the dialog stack of v4 and
 * Agents with the stacks of component dialogs in it.
 */
export function dialogStackIn(data: unknown): string[] | undefined {
  const state = unpacked(data)
  const session = fieldsOf(state)?.[V3_SESSION]
  if (session !== undefined) return callstack(unpacked(session))
  return find(state, 0)
}

function callstack(session: unknown): string[] {
  const frames = fieldsOf(session)?.callstack
  return Array.isArray(frames) ? frames.map(frame => String(fieldsOf(frame)?.id ?? '?').replace(/^\*:/, '')) : []
}

function find(value: unknown, depth: number): string[] | undefined {
  const fields = fieldsOf(value)
  if (!fields || depth > MAX_DEPTH) return undefined
  if (Array.isArray(fields.dialogStack)) return fields.dialogStack.flatMap(instance => idsOf(instance, depth))
  for (const inner of Object.values(fields)) {
    const found = find(inner, depth + 1)
    if (found) return found
  }
  return undefined
}

function idsOf(instance: unknown, depth: number): string[] {
  const { id, state } = fieldsOf(instance) ?? {}
  return [String(id ?? '?'), ...(find(fieldsOf(state)?.dialogs, depth + 1) ?? [])]
}

/** v3 packs large values: gzip in base64. */
function unpacked(value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith('H4sI')) return value
  try {
    return JSON.parse(gunzipSync(Buffer.from(value, 'base64'), { maxOutputLength: 8_000_000 }).toString('utf8'))
  } catch {
    return value
  }
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined
}
