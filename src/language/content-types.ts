import ts from 'typescript'
import { constantOf } from './analysis/event-types.ts'
import { literalOf, pathOf, propertyOf, walk } from './analysis/nodes.ts'
import { parseBare } from './bare-syntax.ts'

/** A content type of the workspace, as far as its file says it in literals. */
export interface ContentTypeFact {
  readonly id: string
  readonly title?: string
  readonly path: string
  /** JSON schema of its fields. */
  readonly schema: Schema
}

interface Schema {
  readonly type?: unknown
  readonly title?: unknown
  readonly description?: unknown
  readonly enum?: unknown
  readonly required?: unknown
  readonly items?: unknown
  readonly properties?: unknown
}

/** The content type that a file of `content-types` exports; undefined when it names none. */
export function contentTypeIn(path: string, text: string): ContentTypeFact | undefined {
  const source = parseBare(text)
  const resolved = (expression: ts.Expression | undefined) =>
    expression && ts.isIdentifier(expression) ? (constantOf(source, expression.text) ?? expression) : expression
  let exported: ts.Expression | undefined
  walk(source, node => {
    if (ts.isExportAssignment(node)) exported = node.expression
    if (ts.isBinaryExpression(node) && /^(module\.exports|exports\.default)$/.test(pathOf(node.left) ?? '')) exported = node.right
  })
  const object = resolved(exported)
  const id = literalOf(resolved(propertyOf(object, 'id')))
  if (typeof id !== 'string') return undefined
  const title = literalOf(propertyOf(object, 'title'))
  const schema = literalOf(resolved(propertyOf(object, 'jsonSchema')))
  return { id, path, schema: isRecord(schema) ? schema : {}, ...(typeof title === 'string' && { title }) }
}

/** Declarations that make `bp.cms.renderElement` know content types, each with its fields. A field that the form does not require is optional. */
export function contentDeclarations(types: readonly ContentTypeFact[]): string {
  if (types.length === 0) return ''
  const members = [...new Map(types.map(type => [type.id, type])).values()].map(
    ({ id, title, schema }) => `${comment(title)}    ${JSON.stringify(id)}: ${objectType(schema)}`
  )
  return `declare namespace sdk.cms {\n  interface ContentTypes {\n${members.join('\n')}\n  }\n}\n`
}

function objectType(schema: Schema): string {
  const required = Array.isArray(schema.required) ? schema.required : []
  const members = Object.entries(isRecord(schema.properties) ? schema.properties : {}).map(([name, value]) => {
    const field: Schema = isRecord(value) ? value : {}
    return `${comment(field.description ?? field.title)}${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(field)}`
  })
  return `{ ${members.join('; ')} }`
}

function typeOf(schema: Schema): string {
  if (schema.type === 'boolean') return 'boolean'
  if (schema.type === 'number' || schema.type === 'integer') return 'number'
  if (schema.type === 'array') return `${isRecord(schema.items) ? typeOf(schema.items) : 'any'}[]`
  if (schema.type === 'object') return isRecord(schema.properties) ? objectType(schema) : 'any'
  if (schema.type !== 'string') return 'any'
  const values = Array.isArray(schema.enum) ? schema.enum.filter(value => typeof value === 'string') : []
  // The names are offered; another string is the business of the content type.
  return values.length === 0 ? 'string' : `(${[...values.map(value => JSON.stringify(value)), '(string & {})'].join(' | ')})`
}

function comment(text: unknown): string {
  // At the start of a line: TypeScript takes it for a comment on what was before otherwise.
  return typeof text === 'string' ? `\n/** ${text.replaceAll('*/', '*\u200b/')} */ ` : ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
