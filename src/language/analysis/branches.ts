import ts from 'typescript'
import { type TypeTest, typeTests } from './event-types.ts'
import { following, leaves } from './flow.ts'
import { ancestors, walk } from './nodes.ts'

/** The part of a hook that runs for certain event types only. */
export interface TypeBranch {
  readonly types: readonly string[]
  /** What runs, in the order of the text: statements, or an expression. */
  readonly region: readonly ts.Node[]
  /** The literal that names the first type. */
  readonly literal: ts.StringLiteralLike
  /** The condition or the `case` it starts with. */
  readonly test: ts.Node
}

/**
 * The branches of a hook by event type. `if (event.type === 'x')`, `switch`, `[…].includes(event.type)`, `event.type === 'x' && …`, and the rest of a
 * block after `if (event.type !== 'x') return` count alike, also when the test was given a name.
 */
export function typeBranches(source: ts.SourceFile): TypeBranch[] {
  const branches: TypeBranch[] = []
  const done = new Set<ts.Node>()
  const tests = typeTests(source)
  for (const test of tests) {
    if (done.has(test.test)) continue
    done.add(test.test)
    const same = tests.filter(other => other.test === test.test)
    for (const region of regionsOf(source, test)) {
      branches.push({ types: same.map(other => other.type), region, literal: test.literal, test: test.test })
    }
  }
  return merged(branches)
}

/** Tests joined by `||` share their region: they are one branch with several types. */
function merged(branches: readonly TypeBranch[]): TypeBranch[] {
  const byStart = new Map<ts.Node, TypeBranch>()
  for (const branch of branches) {
    const [first] = branch.region
    if (!first) continue
    const known = byStart.get(first)
    byStart.set(first, known ? { ...known, types: [...new Set([...known.types, ...branch.types])] } : branch)
  }
  return [...byStart.values()]
}

function regionsOf(source: ts.SourceFile, test: TypeTest): ts.Node[][] {
  if (ts.isCaseClause(test.test)) return [clauseRegion(test.test)]
  const named = nameOf(test.test)
  if (named) {
    return usesOf(source, named).flatMap(use => {
      const region = regionsOfCondition(use, test.negated)
      return region ? [region] : []
    })
  }
  const region = regionsOfCondition(test.test, test.negated)
  return region ? [region] : []
}

/** A clause runs up to its `break`, and into the next one when it has none. */
function clauseRegion(clause: ts.CaseClause): ts.Node[] {
  const region: ts.Node[] = []
  const clauses = clause.parent.clauses
  for (let at = clauses.indexOf(clause); at < clauses.length; at++) {
    region.push(...clauses[at]!.statements)
    if (clauses[at]!.statements.some(leaves)) break
  }
  return region
}

function nameOf(test: ts.Node): ts.Identifier | undefined {
  let at: ts.Node = test
  while (ts.isParenthesizedExpression(at.parent) || (ts.isBinaryExpression(at.parent) && isLogical(at.parent))) at = at.parent
  return ts.isVariableDeclaration(at.parent) && ts.isIdentifier(at.parent.name) ? at.parent.name : undefined
}

function usesOf(source: ts.SourceFile, name: ts.Identifier): ts.Identifier[] {
  const uses: ts.Identifier[] = []
  walk(source, node => {
    if (ts.isIdentifier(node) && node.text === name.text && node !== name) uses.push(node)
  })
  return uses
}

function isLogical(node: ts.BinaryExpression): boolean {
  return node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken || node.operatorToken.kind === ts.SyntaxKind.BarBarToken
}

/** Climbs from a test to the statement that it decides, keeping count of `!`. */
function regionsOfCondition(test: ts.Node, negated: boolean): ts.Node[] | undefined {
  let at = test
  let not = negated
  for (const parent of ancestors(test)) {
    if (ts.isParenthesizedExpression(parent)) {
      at = parent
    } else if (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken) {
      not = !not
      at = parent
    } else if (ts.isBinaryExpression(parent) && isLogical(parent)) {
      const and = parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
      if (and && !not && at === parent.left && ts.isExpressionStatement(parent.parent)) return [parent.right]
      at = parent
    } else if (ts.isBinaryExpression(parent)) {
      // `[…].indexOf(event.type) === -1`
      const other = parent.left === at ? parent.right : parent.left
      if (/^-\s*1$/.test(other.getText()) && /^={2,3}$/.test(parent.operatorToken.getText())) not = !not
      at = parent
    } else if (ts.isConditionalExpression(parent) && at === parent.condition) {
      return [not ? parent.whenFalse : parent.whenTrue]
    } else if (ts.isIfStatement(parent) && at === parent.expression) {
      if (!not) return blockOf(parent.thenStatement)
      if (parent.elseStatement) return blockOf(parent.elseStatement)
      return leaves(parent.thenStatement) ? following(parent) : undefined
    } else {
      return undefined
    }
  }
  return undefined
}

function blockOf(statement: ts.Statement): ts.Node[] {
  return ts.isBlock(statement) ? [...statement.statements] : [statement]
}
