import * as acorn from 'acorn'

/** What a script's text says before it runs: whether Node 12 could read it, and whether it may leave traces in its realm. */
export interface Analysis {
  /** Newer syntax than Node 12's, at its place (R3.24). */
  readonly refused?: { message: string; line: number; column: number }
  /** Names declared at the top of the script; they shadow the arguments (R3.16). */
  readonly declared: ReadonlySet<string>
  /** True when it may change globals or built-ins; then it gets a realm of its own, so that nothing survives (R3.28). */
  readonly leaves: boolean
}

type Node = acorn.Node & Record<string, unknown>

/** Syntax that Node 24 reads and Node 12 does not, with V8's words of that time (R3.24). */
const NEWER: Record<string, (node: Node) => string | undefined> = {
  ChainExpression: () => "Unexpected token '.'",
  StaticBlock: () => "Unexpected token '{'",
  LogicalExpression: node => (node.operator === '??' ? "Unexpected token '?'" : undefined),
  AssignmentExpression: node => (/^(\|\||&&|\?\?)=$/.test(String(node.operator)) ? "Unexpected token '='" : undefined),
  MethodDefinition: node => ((node.key as Node).type === 'PrivateIdentifier' ? "Unexpected token '('" : undefined),
  BinaryExpression: node => ((node.left as Node).type === 'PrivateIdentifier' ? 'Unexpected identifier' : undefined),
  MetaProperty: node => ((node.meta as { name?: string }).name === 'import' ? "Cannot use 'import.meta' outside a module" : undefined),
  Literal: node => {
    const flags = (node.regex as { flags?: string } | undefined)?.flags
    return flags && /[dv]/.test(flags) ? 'Invalid regular expression flags' : undefined
  }
}

/** Names that are safe as plain values. */
const VALUES = new Set(['undefined', 'NaN', 'Infinity'])
/** Functions that are often passed on as they are, and keep no state. */
const PASSED_ON = new Set(['Boolean', 'Number', 'String', 'parseInt', 'parseFloat', 'isNaN', 'isFinite', 'encodeURIComponent'])
/** Names that reach the realm itself. */
const REALM = new Set(['global', 'globalThis', 'eval', 'Function', 'arguments', 'Reflect', 'Proxy'])
/** Members that lead to what is shared by all values of a realm. */
const SHARED = new Set([
  'prototype',
  '__proto__',
  'constructor',
  'getPrototypeOf',
  'setPrototypeOf',
  '__defineGetter__',
  '__defineSetter__'
])

/**
 * @param injected names that the runner hands in; writing to their members is what hooks are for
 */
export function analyse(code: string, injected: ReadonlySet<string>): Analysis {
  let tree: Node
  try {
    tree = acorn.parse(code, {
      ecmaVersion: 2022,
      sourceType: 'script',
      allowReturnOutsideFunction: true,
      allowHashBang: true,
      locations: true
    }) as unknown as Node
  } catch (error) {
    const { message, loc } = error as SyntaxError & { loc?: { line: number; column: number } }
    const words = message.replace(/ \(\d+:\d+\)$/, '')
    return { refused: { message: words, line: loc?.line ?? 1, column: (loc?.column ?? 0) + 1 }, declared: new Set(), leaves: true }
  }
  const walk = new Walk(injected)
  const top = walk.functionScope(tree)
  walk.visit(tree, [top], undefined)
  return { ...(walk.refused && { refused: walk.refused }), declared: top, leaves: walk.leaves }
}

class Walk {
  refused: Analysis['refused']
  leaves = false
  readonly #injected: ReadonlySet<string>

  constructor(injected: ReadonlySet<string>) {
    this.#injected = injected
  }

  visit(node: Node, scopes: ReadonlySet<string>[], parent: Node | undefined, inClass = false): void {
    const refused = NEWER[node.type]?.(node)
    if (refused !== undefined && !this.refused) {
      const { line, column } = (node.loc as acorn.SourceLocation).start
      this.refused = { message: refused, line, column: column + 1 }
    }
    if (node.type === 'ThisExpression' && !inClass) this.leaves = true
    if (node.type === 'WithStatement') this.leaves = true
    if (node.type === 'MemberExpression') this.#member(node, scopes, parent)
    if (node.type === 'Identifier') this.#identifier(node, scopes, parent)
    const inner = this.#enter(node, scopes)
    for (const [key, child] of children(node)) {
      if (isName(node, key)) continue
      this.visit(child, inner, node, inClass || node.type === 'ClassBody')
    }
  }

  /** Names a function (or the script) declares for its whole body: parameters, `var`s and functions; and its top-level `let`, `const`, `class`. */
  functionScope(node: Node): Set<string> {
    const names = new Set<string>()
    for (const param of (node.params as Node[] | undefined) ?? []) bound(param, names)
    const body = node.type === 'Program' ? node : (node.body as Node)
    hoist(body, names, true)
    return names
  }

  #enter(node: Node, scopes: ReadonlySet<string>[]): ReadonlySet<string>[] {
    if (/Function/.test(node.type)) {
      const own = this.functionScope(node)
      if (node.id) own.add((node.id as { name: string }).name as string)
      if (node.type !== 'ArrowFunctionExpression') own.add('arguments')
      return [...scopes, own]
    }
    const names = new Set<string>()
    if (node.type === 'BlockStatement' || node.type === 'SwitchStatement') {
      const statements =
        node.type === 'SwitchStatement' ? (node.cases as Node[]).flatMap(one => one.consequent as Node[]) : (node.body as Node[])
      for (const statement of statements) lexical(statement, names)
    } else if (/^For/.test(node.type)) {
      const head = (node.init ?? node.left) as Node | null
      if (head) lexical(head, names)
    } else if (node.type === 'CatchClause' && node.param) bound(node.param as Node, names)
    else if (node.type === 'ClassExpression' && node.id) names.add((node.id as unknown as { name: string }).name)
    return names.size > 0 ? [...scopes, names] : scopes
  }

  #identifier(node: Node, scopes: ReadonlySet<string>[], parent: Node | undefined): void {
    const name = node.name as string
    if (scopes.some(scope => scope.has(name))) return
    if (REALM.has(name)) {
      this.leaves = true
      return
    }
    if (VALUES.has(name)) return
    const written = isTarget(node, parent)
    if (this.#injected.has(name) && !written) return
    const read =
      !written &&
      parent !== undefined &&
      ((parent.type === 'MemberExpression' && parent.object === node) ||
        ((parent.type === 'CallExpression' || parent.type === 'NewExpression') && (parent.callee === node || PASSED_ON.has(name))) ||
        (parent.type === 'BinaryExpression' && parent.operator === 'instanceof') ||
        (parent.type === 'UnaryExpression' && parent.operator === 'typeof') ||
        /^Class/.test(parent.type))
    // Assigning to a name that nobody declared makes a global, also for an argument's name in sloppy mode: that one is the function's own.
    if (!read && !(written && this.#injected.has(name))) this.leaves = true
  }

  #member(node: Node, scopes: ReadonlySet<string>[], parent: Node | undefined): void {
    const property = node.property as Node
    const name = node.computed ? (property.type === 'Literal' ? String(property.value) : undefined) : (property.name as string)
    if (name !== undefined && SHARED.has(name)) this.leaves = true
    if (!isTarget(node, parent)) return
    let root = node.object as Node
    while (root.type === 'MemberExpression') root = root.object as Node
    if (root.type !== 'Identifier') return
    const rootName = root.name as string
    const own = scopes.some(scope => scope.has(rootName)) || (this.#injected.has(rootName) && rootName !== 'console')
    if (!own) this.leaves = true
  }
}

/** Whether the node is written to: assigned, counted up, deleted, destructured into or looped over. */
function isTarget(node: Node, parent: Node | undefined): boolean {
  if (!parent) return false
  if (parent.type === 'AssignmentExpression' || /^For(In|Of)/.test(parent.type)) return parent.left === node
  if (parent.type === 'UpdateExpression' || parent.type === 'RestElement' || parent.type === 'ArrayPattern') return true
  if (parent.type === 'AssignmentPattern') return parent.left === node
  if (parent.type === 'UnaryExpression') return parent.operator === 'delete'
  return false
}

/** Identifiers that are no references: names of members, keys, labels. */
function isName(node: Node, key: string): boolean {
  if (node.type === 'MemberExpression') return key === 'property' && !node.computed
  if (node.type === 'Property') return key === 'key' && !node.computed
  if (node.type === 'MethodDefinition' || node.type === 'PropertyDefinition') return key === 'key' && !node.computed
  return key === 'label' || key === 'meta'
}

function* children(node: Node): Generator<[string, Node]> {
  for (const key of Object.keys(node)) {
    const value = node[key]
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) yield [key, item]
    } else if (key !== 'loc' && isNode(value)) yield [key, value]
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

/** Names that a pattern binds. */
function bound(pattern: Node, names: Set<string>): void {
  if (pattern.type === 'Identifier') names.add(pattern.name as string)
  else if (pattern.type === 'AssignmentPattern') bound(pattern.left as Node, names)
  else if (pattern.type === 'RestElement') bound(pattern.argument as Node, names)
  else if (pattern.type === 'ArrayPattern') for (const item of pattern.elements as (Node | null)[]) item && bound(item, names)
  else if (pattern.type === 'ObjectPattern') {
    for (const property of pattern.properties as Node[]) bound((property.type === 'Property' ? property.value : property) as Node, names)
  }
}

/** What one statement declares in its block. */
function lexical(statement: Node, names: Set<string>): void {
  if (statement.type === 'VariableDeclaration' && statement.kind !== 'var') {
    for (const one of statement.declarations as Node[]) bound(one.id as Node, names)
  } else if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration')
    names.add((statement.id as { name?: string }).name as string)
}

/** Collects what is hoisted to the function: `var`s at any depth, and the declarations of its own level. */
function hoist(node: Node, names: Set<string>, top: boolean): void {
  if (node.type === 'VariableDeclaration' && node.kind === 'var')
    for (const one of node.declarations as Node[]) bound(one.id as Node, names)
  if (top && Array.isArray(node.body)) for (const statement of node.body as Node[]) lexical(statement, names)
  if (!top && (/Function/.test(node.type) || /^Class/.test(node.type))) return
  for (const [, child] of children(node)) hoist(child, names, false)
}
