import ts from 'typescript'
import { ancestors, walk } from './nodes.ts'

/** The innermost function around a node, or the hook itself. */
export function functionOf(node: ts.Node): ts.SignatureDeclaration | ts.SourceFile {
  for (const parent of ancestors(node)) if (ts.isFunctionLike(parent) || ts.isSourceFile(parent)) return parent as ts.SignatureDeclaration
  return node.getSourceFile()
}

export function isAsync(node: ts.Node): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(modifier => modifier.kind === ts.SyntaxKind.AsyncKeyword)
}

/** Whether a statement always leaves the function or loop that it stands in. */
export function leaves(statement: ts.Statement | undefined): boolean {
  if (!statement) return false
  if (ts.isReturnStatement(statement) || ts.isThrowStatement(statement)) return true
  if (ts.isBreakOrContinueStatement(statement)) return true
  if (ts.isBlock(statement)) return leaves(statement.statements.at(-1))
  if (ts.isIfStatement(statement)) return leaves(statement.thenStatement) && leaves(statement.elseStatement)
  return false
}

/** The statements after one, in the same block or clause. */
export function following(statement: ts.Statement): ts.Statement[] {
  const list = statementsOf(statement.parent)
  const at = list?.indexOf(statement) ?? -1
  return list && at >= 0 ? list.slice(at + 1) : []
}

function statementsOf(parent: ts.Node | undefined): readonly ts.Statement[] | undefined {
  return parent && (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent)) ? parent.statements : undefined
}

/** Local functions by name: declarations, and names bound once to a function expression. */
export function localFunctions(source: ts.Node): Map<string, ts.FunctionLikeDeclaration> {
  const functions = new Map<string, ts.FunctionLikeDeclaration>()
  walk(source, node => {
    if (ts.isFunctionDeclaration(node) && node.name) functions.set(node.name.text, node)
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
      if (ts.isArrowFunction(node.initializer) || ts.isFunctionExpression(node.initializer)) functions.set(node.name.text, node.initializer)
    }
  })
  return functions
}

/** The code that runs when some nodes run: the nodes and, two calls deep, the bodies of local functions that they call or pass on. */
export function reached(nodes: readonly ts.Node[], functions: ReadonlyMap<string, ts.FunctionLikeDeclaration>): ts.Node[] {
  const found: ts.Node[] = [...nodes]
  const seen = new Set<ts.Node>()
  let edge: readonly ts.Node[] = nodes
  for (let depth = 0; depth < 2; depth++) {
    const next: ts.Node[] = []
    for (const node of edge) {
      walk(node, inner => {
        if (!ts.isIdentifier(inner) || ts.isFunctionLike(inner.parent) || ts.isVariableDeclaration(inner.parent)) return
        const body = functions.get(inner.text)?.body
        if (!body || seen.has(body)) return
        seen.add(body)
        next.push(body)
      })
    }
    found.push(...next)
    edge = next
  }
  return found
}

/** False when one run of the hook cannot pass both: they stand in different arms of a branch, or after one that leaves. */
export function mayRunTogether(a: ts.Node, b: ts.Node): boolean {
  return !separated(a, b) && !separated(b, a)
}

function separated(a: ts.Node, b: ts.Node): boolean {
  const aboveB = new Set<ts.Node>([b, ...ancestors(b)])
  let below: ts.Node = a
  for (const parent of ancestors(a)) {
    if (ts.isIfStatement(parent) && (below === parent.thenStatement || below === parent.elseStatement)) {
      const other = below === parent.thenStatement ? parent.elseStatement : parent.thenStatement
      if (other && aboveB.has(other)) return true
      // Behind an arm that leaves nothing of it comes.
      if (leaves(below as ts.Statement) && following(parent).some(statement => aboveB.has(statement))) return true
    }
    if (ts.isConditionalExpression(parent) && (below === parent.whenTrue || below === parent.whenFalse)) {
      if (aboveB.has(below === parent.whenTrue ? parent.whenFalse : parent.whenTrue)) return true
    }
    if (ts.isCaseOrDefaultClause(parent) && parent.parent.clauses.some(clause => clause !== parent && aboveB.has(clause))) {
      return parent.statements.some(leaves)
    }
    below = parent
  }
  return false
}
