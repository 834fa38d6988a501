import ts from 'typescript'
import { pathOf, plain, walk } from './nodes.ts'

/** A literal that `event.type` is compared with. */
export interface TypeTest {
  readonly type: string
  readonly literal: ts.StringLiteralLike
  /** The whole test: the comparison, the `includes` call, or the `case` clause. */
  readonly test: ts.Node
  /** `!==`: what follows is for all other types. */
  readonly negated: boolean
}

const EQUAL = new Set([ts.SyntaxKind.EqualsEqualsToken, ts.SyntaxKind.EqualsEqualsEqualsToken])
const UNEQUAL = new Set([ts.SyntaxKind.ExclamationEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken])

/** Whether an expression is the event's type: `event.type`, or a name that was taken from it. */
export function isEventType(expression: ts.Expression, aliases: ReadonlySet<string>): boolean {
  const path = pathOf(plain(expression))
  return path === 'event.type' || (path !== undefined && aliases.has(path))
}

/** Names bound to `event.type`: `const type = event.type`, `const { type } = event`, `const { type: kind } = event`. */
export function typeAliases(source: ts.Node): Set<string> {
  const aliases = new Set<string>()
  walk(source, node => {
    if (!ts.isVariableDeclaration(node) || !node.initializer) return
    const from = pathOf(plain(node.initializer))
    if (ts.isIdentifier(node.name) && from === 'event.type') aliases.add(node.name.text)
    if (ts.isObjectBindingPattern(node.name) && from === 'event') {
      for (const element of node.name.elements) {
        const property = element.propertyName ?? element.name
        if (ts.isIdentifier(property) && property.text === 'type' && ts.isIdentifier(element.name)) aliases.add(element.name.text)
      }
    }
  })
  return aliases
}

/** Every test of the event's type against literals, in the order of the text: `===`, `switch`, `[…].includes`, `[…].some`/`indexOf`. */
export function typeTests(source: ts.Node): TypeTest[] {
  const aliases = typeAliases(source)
  const tests: TypeTest[] = []
  const literals = (expression: ts.Expression): ts.StringLiteralLike[] => {
    const node = plain(expression)
    if (ts.isStringLiteralLike(node)) return [node]
    if (ts.isArrayLiteralExpression(node)) return node.elements.filter(ts.isStringLiteralLike)
    if (ts.isIdentifier(node)) {
      const declared = constantOf(source, node.text)
      return declared ? literals(declared) : []
    }
    return []
  }
  const add = (test: ts.Node, found: readonly ts.StringLiteralLike[], negated: boolean) => {
    for (const literal of found) tests.push({ type: literal.text, literal, test, negated })
  }
  walk(source, node => {
    if (ts.isBinaryExpression(node) && (EQUAL.has(node.operatorToken.kind as never) || UNEQUAL.has(node.operatorToken.kind as never))) {
      const other = isEventType(node.left, aliases) ? node.right : isEventType(node.right, aliases) ? node.left : undefined
      if (other) add(node, literals(other), UNEQUAL.has(node.operatorToken.kind as never))
    }
    if (ts.isSwitchStatement(node) && isEventType(node.expression, aliases)) {
      for (const clause of node.caseBlock.clauses) if (ts.isCaseClause(clause)) add(clause, literals(clause.expression), false)
    }
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      /^(includes|indexOf|has)$/.test(node.expression.name.text)
    ) {
      if (node.arguments[0] && isEventType(node.arguments[0], aliases)) add(node, literals(node.expression.expression), false)
    }
  })
  return tests
}

/** What a name was declared with, when it is declared once and `const`-like in the same text. */
export function constantOf(source: ts.Node, name: string): ts.Expression | undefined {
  let found: ts.Expression | undefined
  let times = 0
  walk(source, node => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === name) {
      found = node.initializer
      times++
    }
  })
  return times === 1 ? found : undefined
}

/** The types that a hook handles, each once, in the order of the text. */
export function handledTypes(source: ts.Node): string[] {
  return [...new Set(typeTests(source).map(test => test.type))]
}
