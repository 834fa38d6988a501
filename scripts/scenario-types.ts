/** The types of `proactive-hooks/testing` for those who install the package, made from the JSON Schema of scenario files: the build writes dist/testing.d.ts. */
import { scenarioJsonSchema } from '../src/scenario/schema/json-schema.ts'

interface Schema {
  $ref?: string
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: Schema | boolean
  items?: Schema
  description?: string
  definitions?: Record<string, Schema>
}

const HEAD = `/** Scenarios of Proactive Hooks as code. Made from the schema of scenario files. */
`
const TAIL = `
export type Scenario = Omit<ScenarioFile, 'name' | 'only' | 'scenarios' | '$schema'>

export interface Place { file: string; line?: number; column?: number }
export interface Failure {
  message: string
  expected?: string
  actual?: string
  /** What the simulator says of what happened. */
  because?: string
  places: Place[]
}
export interface ScenarioResult {
  name: string
  outcome: 'passed' | 'failed' | 'error' | 'skipped'
  reason?: string
  failures: Failure[]
  /** Real ms. */
  ms: number
  /** Virtual ms. */
  virtualMs: number
  seed: number
  /** Files of hooks that ran. */
  ran: string[]
  /** Digest of the trace: the same seed gives the same. */
  digest: string
}

/** A failed expectation, with expected and actual for the runner's diff. */
export declare class ScenarioError extends Error {
  readonly expected: string | undefined
  readonly actual: string | undefined
  readonly result: ScenarioResult
}

/** Makes a test (\`it\`) of a scenario, or one of each of its cases. Paths and the folder with \`data/\` are looked for from the calling file on. */
export declare function scenario(name: string, given: Scenario): void
/** Plays a scenario, each of its cases, and says how it went. */
export declare function play(name: string, given: Scenario, options?: { file?: string; seed?: number }): Promise<ScenarioResult[]>
/** Ends the engines that were started; else they end with the process. */
export declare function close(): Promise<void>
`

export function scenarioTypes(): string {
  const { definitions = {}, ...root } = scenarioJsonSchema() as Schema
  const named = Object.entries(definitions).map(([name, schema]) => `type ${nameOf(name)} = ${typeOf(schema, '')}\n`)
  return `${HEAD}${named.join('')}\nexport type ScenarioFile = ${typeOf(root, '')}\n${TAIL}`
}

const nameOf = (name: string) => (/^__schema/.test(name) ? `Part${name.replace('__schema', '')}` : name)

function typeOf(schema: Schema, indent: string): string {
  if (schema.$ref) return nameOf(schema.$ref.replace(/^.*\//, ''))
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(' | ')
  if (schema.allOf) return schema.allOf.map(one => typeOf(one, indent)).join(' & ')
  if (schema.anyOf) return schema.anyOf.map(one => typeOf(one, indent)).join(' | ')
  if (schema.type === 'array') return `Array<${schema.items ? typeOf(schema.items, indent) : 'unknown'}>`
  if (schema.type === 'object') return objectOf(schema, indent)
  return { string: 'string', number: 'number', integer: 'number', boolean: 'boolean', null: 'null' }[schema.type ?? ''] ?? 'unknown'
}

function objectOf({ properties, required = [], additionalProperties }: Schema, indent: string): string {
  if (!properties) return `Record<string, ${typeof additionalProperties === 'object' ? typeOf(additionalProperties, indent) : 'unknown'}>`
  const inner = `${indent}  `
  const lines = Object.entries(properties).map(([key, schema]) => {
    const comment = schema.description ? `${inner}/** ${schema.description.replaceAll('*/', '* /')} */\n` : ''
    return `${comment}${inner}${JSON.stringify(key)}${required.includes(key) ? '' : '?'}: ${typeOf(schema, inner)}\n`
  })
  return `{\n${lines.join('')}${indent}}`
}
