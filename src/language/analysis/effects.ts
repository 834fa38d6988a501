import ts from 'typescript'
import { type FlagName, WELL_KNOWN_FLAGS } from '../../botpress/flags.ts'
import { pathOf, plain, propertyOf, walk } from './nodes.ts'

/** A call of `setFlag` on the event. */
export interface FlagCall {
  readonly call: ts.CallExpression
  readonly flag: ts.Expression
  /** The flag's name as written, when it is one of `bp.IO.WellKnownFlags` or looks like it: `SKIP_DIALOG_ENGINE`. */
  readonly name?: string
  /** `false` when it is given as a literal. */
  readonly off: boolean
}

const FLAGS = 'bp.IO.WellKnownFlags'

/**
 * Names that stand for something of `bp` or the event: `const flags = bp.IO.WellKnownFlags`, `const { SKIP_DIALOG_ENGINE: skip } = …`.
 *
 * @param originOf the expression that a value comes from; `plain` takes none for another, `mayBe` looks through `||` and `&&`
 */
export function bpAliases(source: ts.Node, originOf: (expression: ts.Expression) => ts.Expression = plain): Map<string, string> {
  const aliases = new Map<string, string>()
  const resolve = (path: string | undefined) => (path === undefined ? undefined : expand(path, aliases))
  walk(source, node => {
    if (!ts.isVariableDeclaration(node) || !node.initializer) return
    const from = resolve(pathOf(originOf(node.initializer)))
    if (from === undefined || !/^(bp|event)(\.|$)/.test(from)) return
    const bind = (name: ts.BindingName, path: string): void => {
      if (ts.isIdentifier(name)) aliases.set(name.text, path)
      else if (ts.isObjectBindingPattern(name)) {
        for (const element of name.elements) {
          const property = element.propertyName ?? element.name
          if (!element.dotDotDotToken && ts.isIdentifier(property)) bind(element.name, `${path}.${property.text}`)
        }
      }
    }
    bind(node.name, from)
  })
  return aliases
}

/** The expression that a value comes from when it is there: `a || {}` and `a && a.b` are what `a` or `a.b` is. */
export function mayBe(expression: ts.Expression): ts.Expression {
  const node = plain(expression)
  if (!ts.isBinaryExpression(node)) return node
  const operator = node.operatorToken.kind
  if (operator === ts.SyntaxKind.AmpersandAmpersandToken) return mayBe(node.right)
  const otherwise = operator === ts.SyntaxKind.BarBarToken || operator === ts.SyntaxKind.QuestionQuestionToken
  return otherwise ? mayBe(node.left) : node
}

function expand(path: string, aliases: ReadonlyMap<string, string>): string {
  const [first = '', ...rest] = path.split('.')
  const known = aliases.get(first)
  return known === undefined ? path : [known, ...rest].join('.')
}

/** The path of an expression with its first name replaced by what it stands for: `session.x` becomes `event.state.session.x`. */
export function fullPath(expression: ts.Node, aliases: ReadonlyMap<string, string>): string | undefined {
  const path = pathOf(expression)
  return path === undefined ? undefined : expand(path, aliases)
}

export function isFlagName(name: string | undefined): name is FlagName {
  return name !== undefined && Object.hasOwn(WELL_KNOWN_FLAGS, name)
}

export function flagCalls(nodes: readonly ts.Node[], aliases: ReadonlyMap<string, string>): FlagCall[] {
  return callsOf(nodes, aliases, path => path === 'event.setFlag').flatMap(({ call }) => {
    const [flag, value] = call.arguments
    if (!flag) return []
    const path = fullPath(flag, aliases)
    const name = path?.startsWith(`${FLAGS}.`) ? path.slice(FLAGS.length + 1) : undefined
    return [{ call, flag, ...(name !== undefined && { name }), off: value?.kind === ts.SyntaxKind.FalseKeyword }]
  })
}

export interface KnownCall {
  readonly call: ts.CallExpression
  readonly path: string
}

/** Calls whose callee, aliases resolved, is a path that one asks for. Each call once. */
export function callsOf(nodes: readonly ts.Node[], aliases: ReadonlyMap<string, string>, wanted: (path: string) => boolean): KnownCall[] {
  const found = new Map<ts.Node, KnownCall>()
  for (const root of nodes) {
    walk(root, node => {
      if (!ts.isCallExpression(node)) return
      const path = fullPath(node.expression, aliases)
      if (path !== undefined && wanted(path)) found.set(node, { call: node, path })
    })
  }
  return [...found.values()]
}

/** Calls that make the bot speak: `replyToEvent`, `sendEvent` of an outgoing event, `bp.messaging`. */
export function replies(nodes: readonly ts.Node[], aliases: ReadonlyMap<string, string>): ts.CallExpression[] {
  return callsOf(
    nodes,
    aliases,
    path => path === 'bp.events.replyToEvent' || path === 'bp.events.sendEvent' || /^bp\.messaging\b.*create/i.test(path)
  )
    .filter(({ call, path }) => path !== 'bp.events.sendEvent' || directionOf(call, aliases) === 'outgoing')
    .map(({ call }) => call)
}

/** The direction of the event given to `sendEvent`, when it is written there. */
export function directionOf(call: ts.CallExpression, aliases: ReadonlyMap<string, string>): string | undefined {
  const made = call.arguments[0] && plain(call.arguments[0])
  if (!made || !ts.isCallExpression(made) || fullPath(made.expression, aliases) !== 'bp.IO.Event') return undefined
  const direction = propertyOf(made.arguments[0], 'direction')
  return direction && ts.isStringLiteralLike(direction) ? direction.text : undefined
}

/** A place where a hook changes `event.state`. */
export interface StateWrite {
  readonly node: ts.Node
  /** `session.greeted`, `user`, … */
  readonly path: string
}

const STATE = /^event\.state\.(session|temp|user|context)\b/

/** Assignments, increments, `delete`, `Object.assign` and `_.set` below `event.state`, and calls that change an array there. */
export function stateWrites(nodes: readonly ts.Node[], aliases: ReadonlyMap<string, string>): StateWrite[] {
  const found = new Map<ts.Node, StateWrite>()
  const add = (node: ts.Node, target: ts.Node | undefined) => {
    if (!target) return
    const path = targetPath(target, aliases)
    // An alias itself is a variable: assigning to it changes no state.
    if (path !== undefined && STATE.test(path) && !(ts.isIdentifier(target) && node.kind === ts.SyntaxKind.BinaryExpression)) {
      found.set(node, { node, path: path.slice('event.state.'.length) })
    }
  }
  for (const root of nodes) {
    walk(root, node => {
      if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) add(node, node.left)
      if ((ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && /\+\+|--/.test(node.getText())) add(node, node.operand)
      if (ts.isDeleteExpression(node)) add(node, node.expression)
      if (ts.isCallExpression(node)) {
        const path = pathOf(node.expression)
        if (path !== undefined && /^(Object\.assign|_\.(set|assign|merge)|lodash\.(set|assign|merge))$/.test(path))
          add(node, node.arguments[0])
        if (ts.isPropertyAccessExpression(node.expression) && /^(push|unshift|splice|pop|shift)$/.test(node.expression.name.text)) {
          add(node, node.expression.expression)
        }
      }
    })
  }
  return [...found.values()]
}

/** Like `fullPath`, looking through computed members: `event.state.session[key]`. */
function targetPath(target: ts.Node, aliases: ReadonlyMap<string, string>): string | undefined {
  return fullPath(target, aliases) ?? (ts.isElementAccessExpression(target) ? targetPath(target.expression, aliases) : undefined)
}

export function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment
}

/** Every path read or written in some code, aliases resolved, longest chains only. */
export function pathsIn(nodes: readonly ts.Node[], aliases: ReadonlyMap<string, string>): { node: ts.Node; path: string }[] {
  const found: { node: ts.Node; path: string }[] = []
  for (const root of nodes) {
    walk(root, node => {
      if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node) && !ts.isIdentifier(node)) return
      const path = fullPath(node, aliases)
      if (path === undefined) return
      found.push({ node, path })
      return false
    })
  }
  return found
}
