import * as acorn from 'acorn'

/** A part of a text, in UTF-16 units from its beginning. */
export interface Part {
  readonly start: number
  readonly end: number
}

/** Where a count is read: an offset, and the function whose count it is (an index in `functions`; undefined at the top of the script). */
export interface Point {
  readonly offset: number
  readonly within: number | undefined
}

/** A way out of a decision. One without a point is what is left of the decision's own count. */
export interface Way {
  readonly name: string
  readonly part?: Part
  readonly point?: Point
}

export interface CoverableFunction {
  readonly name: string
  /** The function's head. */
  readonly part: Part
  readonly point: Point
  /** Whether a range of V8 is this function: V8 begins a method at its name. */
  isOf(start: number, end: number): boolean
}

/** What can be covered in a script: statements, decisions, functions. */
export interface Structure {
  readonly statements: readonly { readonly part: Part; readonly point: Point }[]
  readonly decisions: readonly { readonly part: Part; readonly point: Point; readonly ways: readonly Way[] }[]
  readonly functions: readonly CoverableFunction[]
}

type Node = acorn.Node & Record<string, unknown>

const SIMPLE = new Set([
  'ExpressionStatement',
  'ReturnStatement',
  'ThrowStatement',
  'BreakStatement',
  'ContinueStatement',
  'DebuggerStatement'
])
/** Statements that hold others, with the child before which their own text ends: what is inside has counts of its own. */
const HEADS: Record<string, string> = {
  IfStatement: 'consequent',
  ForStatement: 'body',
  ForInStatement: 'body',
  ForOfStatement: 'body',
  WhileStatement: 'body',
  DoWhileStatement: 'body',
  SwitchStatement: 'cases',
  WithStatement: 'body'
}
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])

/**
 * Reads the parts of a script. The text of a hook is a function's body, so `return` may stand at its top.
 *
 * @returns undefined for a text that no engine could have run
 */
export function structureOf(text: string): Structure | undefined {
  const tree = parse(text, 'script') ?? parse(text, 'module')
  return tree && new Walk(text).of(tree)
}

function parse(text: string, sourceType: 'script' | 'module'): Node | undefined {
  try {
    const options = { ecmaVersion: 'latest', sourceType, allowReturnOutsideFunction: sourceType === 'script', allowHashBang: true } as const
    return acorn.parse(text, options) as unknown as Node
  } catch {
    return undefined
  }
}

type Mutable<T> = { [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] }

class Walk {
  readonly #text: string
  readonly #found: Mutable<Structure> = { statements: [], decisions: [], functions: [] }
  #within: number | undefined

  constructor(text: string) {
    this.#text = text
  }

  of(tree: Node): Structure {
    this.#visit(tree, undefined)
    return this.#found
  }

  #visit(node: Node, parent: Node | undefined): void {
    const outer = this.#within
    if (FUNCTIONS.has(node.type)) this.#function(node, parent)
    this.#look(node)
    for (const child of childrenOf(node)) this.#visit(child, node)
    this.#within = outer
  }

  #look(node: Node): void {
    const { type } = node
    // A directive ('use strict') is not executed.
    if ((SIMPLE.has(type) && node.directive === undefined) || (type === 'VariableDeclarator' && node.init)) this.#statement(partOf(node))
    if (HEADS[type]) this.#statement(this.#head(node, HEADS[type]))
    if (type === 'IfStatement' || type === 'ConditionalExpression') {
      this.#decide(node, [
        ['if', node.consequent as Node],
        ['else', node.alternate as Node | null]
      ])
    }
    if (type === 'LogicalExpression') this.#decide(node, [[String(node.operator), node.right as Node]])
    if (type === 'SwitchStatement') {
      const cases = node.cases as Node[]
      if (cases.length > 0)
        this.#decide(
          node,
          cases.map(one => [one.test ? 'case' : 'default', one])
        )
    }
  }

  #statement(part: Part): void {
    this.#found.statements.push({ part, point: this.#at(part) })
  }

  #decide(node: Node, ways: [string, Node | null][]): void {
    const made = ways.map(([name, to]) => (to ? { name, part: partOf(to), point: this.#at(to) } : { name }))
    this.#found.decisions.push({ part: partOf(node), point: this.#at(node), ways: made })
  }

  #function(node: Node, parent: Node | undefined): void {
    const body = node.body as Node
    const { functions } = this.#found
    this.#within = functions.length
    const part = { start: node.start, end: body.start }
    functions.push({ name: nameOf(node, parent, this.#text), part, point: this.#at(body), isOf: rangeOf(node, parent) })
    if (body.type !== 'BlockStatement') this.#statement(partOf(body))
  }

  #at({ start }: Part): Point {
    return { offset: start, within: this.#within }
  }

  #head(node: Node, before: string): Part {
    const child = node[before] as Node | Node[]
    const first = Array.isArray(child) ? child[0] : child
    const end = node.type === 'DoWhileStatement' ? node.start + 'do'.length : (first?.start ?? node.end)
    const text = this.#text.slice(node.start, end).replace(/[\s{]+$/, '')
    return { start: node.start, end: node.start + text.length }
  }
}

function rangeOf(node: Node, parent: Node | undefined): CoverableFunction['isOf'] {
  const first = parent?.type === 'MethodDefinition' || parent?.type === 'Property' ? parent.start : node.start
  return (start, end) => end === node.end && start >= first && start <= node.start
}

function nameOf(node: Node, parent: Node | undefined, text: string): string {
  const key = parent?.type === 'Property' || parent?.type === 'MethodDefinition' ? parent.key : undefined
  const owner = (node.id ?? (parent?.type === 'VariableDeclarator' ? parent.id : key)) as Node | undefined
  return owner?.type === 'Identifier' ? text.slice(owner.start, owner.end) : '(anonymous)'
}

function partOf({ start, end }: Part): Part {
  return { start, end }
}

function* childrenOf(node: Node): Generator<Node> {
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) yield* value.filter(isNode)
    else if (isNode(value)) yield value
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}
