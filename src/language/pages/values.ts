import ts from 'typescript'
import { ancestors, pathOf, plain, propertyOf, walk } from '../analysis/nodes.ts'
import type { Fragment } from './fragments.ts'

/** An expression, with the script of the page that it stands in. */
export interface Value {
  readonly node: ts.Expression
  readonly fragment: Fragment
}

/** Calls on an array that hand on its elements. */
const KEEPS_ELEMENTS = new Set(['splice', 'slice', 'filter', 'concat', 'reverse', 'sort'])
const TAKES_ELEMENT = new Set(['shift', 'pop', 'at', 'find'])
const EACH_ELEMENT = new Set(['forEach', 'map', 'filter', 'some', 'every', 'find', 'flatMap'])

/** What a parameter is where a call leaves it out. */
const ABSENT = ts.factory.createVoidZero()

/** Follows names in the scripts of a page, which share their globals, to the expressions that give them their value. */
export class PageValues {
  readonly #fragments: readonly Fragment[]

  constructor(fragments: readonly Fragment[]) {
    this.#fragments = fragments
  }

  /**
   * What an expression may be: variables, parameters of local functions, elements of arrays and branches of conditions are followed to what is
   * written there. An expression that leads nowhere stands for itself.
   */
  of(value: Value): Value[] {
    return this.#follow(value, new Set())
  }

  /** @param seen what was looked at on the way here: a name may lead back to itself */
  #follow(value: Value, seen: Set<ts.Node>): Value[] {
    const node = plain(value.node)
    if (seen.has(node)) return []
    seen.add(node)
    const at = (inner: ts.Expression) => this.#follow({ node: inner, fragment: value.fragment }, seen)
    if (ts.isConditionalExpression(node)) return [...at(node.whenTrue), ...at(node.whenFalse)]
    if (ts.isBinaryExpression(node)) {
      const operator = node.operatorToken.kind
      if (operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken) {
        return [...at(node.left), ...at(node.right)]
      }
      if (operator === ts.SyntaxKind.AmpersandAmpersandToken) return at(node.right)
    }
    const sources = this.#sourcesOf({ ...value, node }, seen)
    return sources.length === 0 ? [{ ...value, node }] : sources.flatMap(source => this.#follow(source, seen))
  }

  #sourcesOf({ node, fragment }: Value, seen: Set<ts.Node>): Value[] {
    if (ts.isIdentifier(node)) return this.#named(node, fragment, seen)
    if (ts.isPropertyAccessExpression(node)) {
      return this.#follow({ node: node.expression, fragment }, seen).flatMap(receiver => {
        const property = propertyOf(receiver.node, node.name.text)
        return property ? [{ node: property, fragment: receiver.fragment }] : []
      })
    }
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && TAKES_ELEMENT.has(node.expression.name.text)) {
      return this.#elements({ node: node.expression.expression, fragment }, seen)
    }
    return []
  }

  /** What a name is given: at its declaration, by assignments, by the calls of its function. */
  #named(name: ts.Identifier, fragment: Fragment, seen: Set<ts.Node>): Value[] {
    for (const scope of ancestors(name)) {
      if (!ts.isFunctionLike(scope)) continue
      const parameter = scope.parameters.findIndex(one => isNamed(one.name, name.text))
      if (parameter >= 0) return this.#arguments({ scope, fragment }, parameter, seen)
      const own = this.#givenIn(scope, fragment, name.text, seen)
      if (own) return own
    }
    for (const other of [fragment, ...this.#fragments.filter(one => one !== fragment)]) {
      const given = this.#givenIn(other.source, other, name.text, seen)
      if (given) return given
    }
    return []
  }

  /** The values of a variable that a function, or a script at its top, declares; undefined when it declares none of that name. */
  #givenIn(scope: ts.Node, fragment: Fragment, name: string, seen: Set<ts.Node>): Value[] | undefined {
    if (!declares(scope, name)) return undefined
    const given: Value[] = []
    walk(scope, node => {
      if (node !== scope && ts.isFunctionLike(node) && declares(node, name)) return false
      if (ts.isVariableDeclaration(node) && isNamed(node.name, name)) {
        if (node.initializer) given.push({ node: node.initializer, fragment })
        const loop = node.parent.parent
        if (ts.isForOfStatement(loop)) given.push(...this.#elements({ node: loop.expression, fragment }, seen))
      }
      if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && isNamed(node.left, name)) {
        given.push({ node: node.right, fragment })
      }
      return undefined
    })
    return given
  }

  /** What is handed to a parameter where its function is called. */
  #arguments({ scope, fragment }: { scope: ts.SignatureDeclaration; fragment: Fragment }, at: number, seen: Set<ts.Node>): Value[] {
    let outer: ts.Node = scope
    while (ts.isParenthesizedExpression(outer.parent)) outer = outer.parent
    const { parent } = outer
    if (ts.isCallExpression(parent)) {
      if (parent.expression === outer) return parent.arguments[at] ? [{ node: parent.arguments[at], fragment }] : []
      const callee = parent.expression
      return at === 0 && ts.isPropertyAccessExpression(callee) && EACH_ELEMENT.has(callee.name.text)
        ? this.#elements({ node: callee.expression, fragment }, seen)
        : []
    }
    const called = calledAs(scope, parent)
    if (called === undefined) return []
    return this.#calls(called).map(({ call, fragment }) => ({ node: call.arguments[at] ?? ABSENT, fragment }))
  }

  #calls(name: string): { call: ts.CallExpression; fragment: Fragment }[] {
    return this.#fragments.flatMap(fragment => {
      const calls: { call: ts.CallExpression; fragment: Fragment }[] = []
      walk(fragment.source, node => {
        if (ts.isCallExpression(node) && pathOf(node.expression)?.replace(/^window\./, '') === name) calls.push({ call: node, fragment })
      })
      return calls
    })
  }

  /** The elements of an array: those written out, and those added by `push` and `unshift`. */
  #elements({ node, fragment }: Value, seen: Set<ts.Node>): Value[] {
    const array = plain(node)
    if (seen.has(array)) return []
    seen.add(array)
    if (ts.isArrayLiteralExpression(array)) return array.elements.map(element => ({ node: element, fragment }))
    if (ts.isCallExpression(array) && ts.isPropertyAccessExpression(array.expression) && KEEPS_ELEMENTS.has(array.expression.name.text)) {
      return this.#elements({ node: array.expression.expression, fragment }, seen)
    }
    if (!ts.isIdentifier(array)) return []
    const written = this.#named(array, fragment, seen).flatMap(value => this.#elements(value, seen))
    const added = ['push', 'unshift'].flatMap(method =>
      this.#calls(`${array.text}.${method}`).flatMap(({ call, fragment }) => call.arguments.map(argument => ({ node: argument, fragment })))
    )
    return [...written, ...added]
  }
}

/** Whether a script, or a function, has a variable or parameter of its own by a name; functions within it mean it too, unless they have one themselves. */
function declares(scope: ts.Node, name: string): boolean {
  let found = false
  walk(scope, node => {
    if (node !== scope && ts.isFunctionLike(node)) return false
    if ((ts.isVariableDeclaration(node) || ts.isParameter(node)) && isNamed(node.name, name)) found = true
    return undefined
  })
  return found
}

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name
}

/** The path by which a function is called: `nudge`, `chat.nudge`. */
function calledAs(scope: ts.SignatureDeclaration, parent: ts.Node): string | undefined {
  if (ts.isFunctionDeclaration(scope)) return scope.name?.text
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return parent.name.text
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    return pathOf(parent.left)?.replace(/^window\./, '')
  }
  const member = ts.isMethodDeclaration(scope) ? scope : ts.isPropertyAssignment(parent) ? parent : undefined
  const owner = member?.parent.parent
  if (!member || !ts.isIdentifier(member.name) || !owner || !ts.isVariableDeclaration(owner) || !ts.isIdentifier(owner.name))
    return undefined
  return `${owner.name.text}.${member.name.text}`
}
