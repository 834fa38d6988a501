import ts from 'typescript'
import { plain } from '../analysis/nodes.ts'
import type { Span } from '../body-map.ts'
import { spanIn } from './fragments.ts'
import type { PageValues, Value } from './values.ts'

/** A member of an object that a page sends. */
export interface Member {
  readonly name: string
  readonly shape: Shape
  /** Where its name is written in the page. */
  readonly span: Span
}

/** What is known of a value that a page sends, as far as its scripts write it out. */
export type Shape =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'array'; readonly items: readonly Shape[] }
  /** `open`: it may have more members than are written. */
  | { readonly kind: 'object'; readonly members: readonly Member[]; readonly open: boolean }
  /** Computed; of what kind it is may be plain all the same. */
  | { readonly kind: 'unknown'; readonly type?: 'string' | 'number' | 'boolean' }

const UNKNOWN: Shape = { kind: 'unknown' }

/** Objects within objects at most so many levels. */
const MAX_DEPTH = 8

export function shapeOf(value: Value, values: PageValues, depth = 0): Shape {
  const node = plain(value.node)
  if (ts.isStringLiteralLike(node)) return { kind: 'literal', value: node.text }
  if (ts.isNumericLiteral(node)) return { kind: 'literal', value: Number(node.text) }
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) {
    return { kind: 'literal', value: node.kind === ts.SyntaxKind.TrueKeyword }
  }
  if (node.kind === ts.SyntaxKind.NullKeyword) return { kind: 'literal', value: null }
  if (depth >= MAX_DEPTH) return UNKNOWN
  const inner = (expression: ts.Expression) => shapeOf({ node: expression, fragment: value.fragment }, values, depth + 1)
  if (ts.isPrefixUnaryExpression(node)) return negated(node, inner)
  if (ts.isTemplateExpression(node)) return { kind: 'unknown', type: 'string' }
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.some(ts.isSpreadElement) ? { kind: 'unknown' } : { kind: 'array', items: node.elements.map(inner) }
  }
  if (ts.isObjectLiteralExpression(node)) return objectShape({ ...value, node }, values, depth)
  const followed = values.of({ ...value, node })
  const [only] = followed
  return followed.length === 1 && only && only.node !== node ? shapeOf(only, values, depth + 1) : UNKNOWN
}

function negated(node: ts.PrefixUnaryExpression, inner: (expression: ts.Expression) => Shape): Shape {
  if (node.operator === ts.SyntaxKind.ExclamationToken) return { kind: 'unknown', type: 'boolean' }
  const operand = inner(node.operand)
  const minus = node.operator === ts.SyntaxKind.MinusToken && operand.kind === 'literal' && typeof operand.value === 'number'
  return minus ? { kind: 'literal', value: -(operand.value as number) } : { kind: 'unknown', type: 'number' }
}

function objectShape({ node, fragment }: Value & { node: ts.ObjectLiteralExpression }, values: PageValues, depth: number): Shape {
  const members: Member[] = []
  let open = false
  for (const property of node.properties) {
    const { name } = property
    if (!name || !(ts.isIdentifier(name) || ts.isStringLiteralLike(name))) {
      open = true
      continue
    }
    const given = ts.isPropertyAssignment(property)
      ? property.initializer
      : ts.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined
    const shape = given ? shapeOf({ node: given, fragment }, values, depth + 1) : UNKNOWN
    members.push({ name: name.text, shape, span: spanIn(fragment, name) })
  }
  return { kind: 'object', members, open }
}

/** The same of a value that is at hand. Its names are written nowhere, so their places say nothing. */
export function shapeOfValue(value: unknown): Shape {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return { kind: 'literal', value }
  if (Array.isArray(value)) return { kind: 'array', items: value.map(shapeOfValue) }
  if (typeof value !== 'object') return UNKNOWN
  const members = Object.entries(value).map(([name, inner]) => ({ name, shape: shapeOfValue(inner), span: { start: 0, end: 0 } }))
  return { kind: 'object', members, open: false }
}

export function memberOf(shape: Shape | undefined, name: string): Shape | undefined {
  return shape?.kind === 'object' ? shape.members.find(member => member.name === name)?.shape : undefined
}

/** The value itself as far as it is known; what is computed is left out of objects and undefined elsewhere. */
export function exampleOf(shape: Shape | undefined): unknown {
  if (!shape || shape.kind === 'unknown') return undefined
  if (shape.kind === 'literal') return shape.value
  if (shape.kind === 'array') return shape.items.map(item => exampleOf(item) ?? null)
  const entries = shape.members.map(({ name, shape }) => [name, exampleOf(shape)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}
