import ts from 'typescript'
import { LIFECYCLE_MESSAGES, RESERVED_EVENT_TYPES } from '../../botpress/webchat.ts'
import { ancestors, pathOf, walk } from '../analysis/nodes.ts'
import type { PageCall } from './page-calls.ts'

/** A literal that a message's `data.name` is compared with. */
export interface LifecycleTest {
  readonly name: string
  readonly literal: ts.StringLiteralLike
  readonly test: ts.Node
  readonly negated: boolean
}

export const LIFECYCLE_NAMES = Object.keys(LIFECYCLE_MESSAGES)

/** Every comparison with the name of a life-cycle message: `event.data.name === '…'`, a `switch` over it, or the name taken out before. */
export function lifecycleTests(source: ts.SourceFile): LifecycleTest[] {
  const names = new Set<string>()
  const datas = new Set<string>()
  walk(source, node => {
    if (ts.isParameter(node) && ts.isObjectBindingPattern(node.name)) {
      for (const element of node.name.elements)
        if ((element.propertyName ?? element.name).getText() === 'data') bindData(element.name, datas, names)
    }
    if (!ts.isVariableDeclaration(node) || !node.initializer) return
    const from = pathOf(node.initializer)
    if (from === undefined) return
    if (/\.data\.name$/.test(from) && ts.isIdentifier(node.name)) names.add(node.name.text)
    if (/\.data$/.test(from)) bindData(node.name, datas, names)
  })
  const isName = (expression: ts.Expression) => {
    const path = pathOf(expression)
    return path !== undefined && (/(^|\.)data\.name$/.test(path) || names.has(path) || [...datas].some(data => path === `${data}.name`))
  }
  const tests: LifecycleTest[] = []
  walk(source, node => {
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.getText()
      if (!/^[!=]==?$/.test(operator)) return
      const other = isName(node.left) ? node.right : isName(node.right) ? node.left : undefined
      if (other && ts.isStringLiteralLike(other))
        tests.push({ name: other.text, literal: other, test: node, negated: operator.startsWith('!') })
    }
    if (ts.isSwitchStatement(node) && isName(node.expression)) {
      for (const clause of node.caseBlock.clauses) {
        if (ts.isCaseClause(clause) && ts.isStringLiteralLike(clause.expression)) {
          tests.push({ name: clause.expression.text, literal: clause.expression, test: clause, negated: false })
        }
      }
    }
  })
  return tests
}

function bindData(name: ts.BindingName, datas: Set<string>, names: Set<string>): void {
  if (ts.isIdentifier(name)) datas.add(name.text)
  else
    for (const element of name.elements)
      if (ts.isBindingElement(element) && (element.propertyName ?? element.name).getText() === 'name') names.add(element.name.getText())
}

/** Where a call stands: in the branch of a life-cycle message, in code that runs while the page loads, in a timer, or in something that happens later. */
export type Moment =
  | { readonly at: 'message'; readonly test: LifecycleTest }
  | { readonly at: 'load' }
  | { readonly at: 'timer'; readonly timer: ts.CallExpression }
  | { readonly at: 'later' }

export function momentOf(call: PageCall): Moment {
  if (call.fragment.kind === 'handler') return { at: 'later' }
  const source = call.fragment.source
  const tests = lifecycleTests(source)
  let at: ts.Node = call.call
  for (const parent of ancestors(call.call)) {
    const test = tests.find(candidate => decides(candidate, parent, at))
    if (test) return { at: 'message', test }
    if (ts.isFunctionLike(parent)) {
      const way = wayInto(parent)
      if (way === 'later') return { at: 'later' }
      if (way !== 'load') return { at: 'timer', timer: way }
    }
    at = parent
  }
  return { at: 'load' }
}

/** The branch of an `if`, of `&&` or of a `case` that a test leads into. */
function decides(test: LifecycleTest, parent: ts.Node, below: ts.Node): boolean {
  if (test.negated) return false
  if (ts.isCaseClause(parent)) return test.test === parent && below !== parent.expression
  if (ts.isIfStatement(parent)) return below === parent.thenStatement && contains(parent.expression, test.test)
  return (
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken &&
    below === parent.right &&
    contains(parent.left, test.test)
  )
}

function contains(outer: ts.Node, inner: ts.Node): boolean {
  return inner.pos >= outer.pos && inner.end <= outer.end
}

/** Whether a function runs while the page loads, in a timer, or at some later time. */
function wayInto(node: ts.Node): 'load' | 'later' | ts.CallExpression {
  let outer: ts.Node = node
  while (ts.isParenthesizedExpression(outer.parent)) outer = outer.parent
  const { parent } = outer
  if (!ts.isCallExpression(parent)) return 'later'
  if (parent.expression === outer) return 'load'
  const callee = parent.expression.getText()
  if (/(^|\.)set(Timeout|Interval)$/.test(callee)) return parent
  const [first] = parent.arguments
  const event = first && ts.isStringLiteralLike(first) ? first.text : undefined
  return /addEventListener$/.test(callee) && (event === 'DOMContentLoaded' || event === 'load') ? 'load' : 'later'
}

/** An event of the page's own, not one that the widget handles itself. */
export function isTrigger(call: PageCall): boolean {
  if (call.api !== 'botpress' || (call.method !== 'sendEvent' && call.method !== 'sendPayload')) return false
  return call.sent.some(({ type }) => type === undefined || !Object.hasOwn(RESERVED_EVENT_TYPES, type) || type === 'message')
}
