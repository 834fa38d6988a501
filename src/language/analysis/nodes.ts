import ts from 'typescript'

/** Visits a node and everything below it, parents first. Answer `false` to leave a node's inside alone. */
export function walk(node: ts.Node, visit: (node: ts.Node) => unknown): void {
  if (visit(node) === false) return
  ts.forEachChild(node, child => walk(child, visit))
}

/** The same without entering functions nested in the node: what runs when the node runs. */
export function walkSameFunction(node: ts.Node, visit: (node: ts.Node) => unknown): void {
  walk(node, inner => (inner !== node && ts.isFunctionLike(inner) ? false : visit(inner)))
}

export function* ancestors(node: ts.Node): Generator<ts.Node> {
  for (let parent = node.parent; parent; parent = parent.parent) yield parent
}

/** Removes parentheses and `await`: the expression that the value comes from. */
export function plain(expression: ts.Expression): ts.Expression {
  let inner = expression
  while (ts.isParenthesizedExpression(inner) || ts.isAwaitExpression(inner)) inner = inner.expression
  return inner
}

/**
 * A chain of plain property names, `event.state.session`, also written with `?.` or `['…']`.
 *
 * @returns undefined when the expression is anything else
 */
export function pathOf(expression: ts.Node): string | undefined {
  if (ts.isIdentifier(expression)) return expression.text
  if (expression.kind === ts.SyntaxKind.ThisKeyword) return 'this'
  if (ts.isParenthesizedExpression(expression) || ts.isNonNullExpression(expression)) return pathOf(expression.expression)
  if (ts.isPropertyAccessExpression(expression)) {
    const below = pathOf(expression.expression)
    return below === undefined ? undefined : `${below}.${expression.name.text}`
  }
  if (ts.isElementAccessExpression(expression) && ts.isStringLiteralLike(expression.argumentExpression)) {
    const below = pathOf(expression.expression)
    return below === undefined ? undefined : `${below}.${expression.argumentExpression.text}`
  }
  return undefined
}

/** The value of an expression that consists of literals; parts that are computed are left out of objects and are undefined elsewhere. */
export function literalOf(expression: ts.Expression | undefined): unknown {
  if (!expression) return undefined
  const node = plain(expression)
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isNumericLiteral(node)) return Number(node.text)
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false
  if (node.kind === ts.SyntaxKind.NullKeyword) return null
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const value = literalOf(node.operand)
    return typeof value === 'number' ? -value : undefined
  }
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(element => literalOf(element) ?? null)
  if (ts.isObjectLiteralExpression(node)) {
    const entries = node.properties.flatMap(property => {
      const name =
        property.name && (ts.isIdentifier(property.name) || ts.isStringLiteralLike(property.name)) ? property.name.text : undefined
      const value = ts.isPropertyAssignment(property) ? literalOf(property.initializer) : undefined
      return name !== undefined && value !== undefined ? [[name, value] as const] : []
    })
    return Object.fromEntries(entries)
  }
  return undefined
}

/** The property of an object literal. */
export function propertyOf(object: ts.Expression | undefined, name: string): ts.Expression | undefined {
  if (!object || !ts.isObjectLiteralExpression(object)) return undefined
  for (const property of object.properties) {
    if (!property.name || !(ts.isIdentifier(property.name) || ts.isStringLiteralLike(property.name)) || property.name.text !== name)
      continue
    if (ts.isPropertyAssignment(property)) return property.initializer
    if (ts.isShorthandPropertyAssignment(property)) return property.name
  }
  return undefined
}

/** The statement that a node belongs to. */
export function statementOf(node: ts.Node): ts.Statement | undefined {
  for (let at: ts.Node | undefined = node; at; at = at.parent) if (ts.isStatement(at) && !ts.isBlock(at)) return at
  return undefined
}
