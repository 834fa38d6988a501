import { ENTRY_KINDS, Report } from './entry.ts'

/**
 * Whether a value is a report, told in a fraction of the time that parsing takes: for the thousands per second that come from an engine.
 * Made from the schema itself. What fails here is for `Report.safeParse` to explain; unknown keys are let through.
 */
export function isReport(value: unknown): value is Report {
  return checks[(value as Report | null)?.kind as string]?.(value) ?? false
}

type Check = (value: unknown) => boolean

/** As much of zod's own description of a schema as the trace makes use of. */
interface Schema {
  safeParse(value: unknown): { success: boolean }
  _zod: {
    def: {
      type: string
      checks?: unknown[]
      shape?: Record<string, Schema>
      innerType?: Schema
      element?: Schema
      entries?: Record<string, unknown>
      values?: unknown[]
      options?: Schema[]
    }
  }
}

const made: Record<string, (def: Schema['_zod']['def']) => Check> = {
  string: () => value => typeof value === 'string',
  number: () => value => typeof value === 'number' && Number.isFinite(value),
  boolean: () => value => typeof value === 'boolean',
  unknown: () => () => true,
  literal: ({ values = [] }) => oneOf(values),
  enum: ({ entries = {} }) => oneOf(Object.values(entries)),
  optional: ({ innerType }) => {
    const check = checkOf(innerType!)
    return value => value === undefined || check(value)
  },
  array: ({ element }) => {
    const check = checkOf(element!)
    return value => Array.isArray(value) && value.every(check)
  },
  object: ({ shape = {} }) => {
    const fields = Object.entries(shape).map(([key, schema]) => ({ key, check: checkOf(schema) }))
    return value => typeof value === 'object' && value !== null && fields.every(({ key, check }) => check((value as never)[key]))
  }
}

function oneOf(values: readonly unknown[]): Check {
  const known = new Set(values)
  return value => known.has(value)
}

/** What has no quick check is parsed. */
function checkOf(schema: Schema): Check {
  const { def } = schema._zod
  const make = def.checks ? undefined : made[def.type]
  return make?.(def) ?? (value => schema.safeParse(value).success)
}

const { options = [] } = (Report as unknown as Schema)._zod.def
const checks: Record<string, Check> = Object.assign(
  Object.create(null),
  Object.fromEntries(ENTRY_KINDS.map((kind, index) => [kind, checkOf(options[index]!)]))
)
