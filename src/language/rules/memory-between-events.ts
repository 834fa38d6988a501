import ts from 'typescript'
import { isAssignment } from '../analysis/effects.ts'
import { walk } from '../analysis/nodes.ts'
import { fix, replace } from '../analysis/rewrite.ts'
import type { Edit, Fix } from '../problem.ts'
import { type HookRule, hookSample } from '../rule.ts'

const EMPTY = /^(\{\}|\[\]|new (Map|Set|WeakMap)\(\)|Object\.create\(null\)|0|false)$/

export const rule: HookRule = {
  id: 'BPH023',
  name: 'memory-between-events',
  severity: 'warning',
  about: 'hook',
  title: 'a variable that forgets between events',
  visitor: 'The bot greets them again and again, although the hook “remembers” whom it has greeted.',
  why: 'The script runs anew for every event, in a fresh sandbox: its variables start empty each time (R3.28). Keep such things in the key-value store or in an attribute of the visitor.',
  bad: hookSample(`const seen = {}
if (!seen[event.target]) {
  seen[event.target] = true
  bp.logger.info('first time')
}
`),
  good: hookSample(`if (!event.state.user.seen) {
  event.state.user.seen = true
  bp.logger.info('first time')
}
`),
  check({ source, type, report }) {
    if (type.category !== 'event') return
    for (const statement of source.statements) {
      if (!ts.isVariableStatement(statement)) continue
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (!ts.isIdentifier(name) || !initializer || !EMPTY.test(initializer.getText())) continue
        const read = firstTest(source, name.text)
        const write = firstWrite(source, name.text, name)
        if (read && write && read.getStart() < write.getStart() && /\bevent\b/.test(read.getText())) {
          report(
            read,
            `\`${name.text}\` is empty whenever the hook runs: it starts anew with every event, so this always takes the same way.`,
            { fixes: withVisitor(source, statement, name) }
          )
        }
      }
    }
  }
}

/** Keeps in an attribute of the visitor what was kept by something of the event. Only where every use of the variable is of that kind. */
function withVisitor(source: ts.SourceFile, statement: ts.VariableStatement, name: ts.Identifier): Fix[] {
  if (statement.declarationList.declarations.length > 1) return []
  const attribute = `event.state.user.${name.text}`
  const edits: (Edit | undefined)[] = []
  walk(source, node => {
    if (!ts.isIdentifier(node) || node.text !== name.text || node === name) return
    if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) return
    edits.push(useOf(node, attribute))
  })
  if (!edits.every(edit => edit !== undefined)) return []
  const line = /^[ \t]*;?[ \t]*\r?\n?/.exec(source.text.slice(statement.end))![0]
  const removed = { span: { start: statement.getStart(), end: statement.end + line.length }, text: '' }
  return [fix('Keep it in an attribute of the visitor', [removed, ...edits])]
}

/** `seen[event.target]`, `seen.has(…)`, `seen.get(…)` and `seen.includes(…)` read or are written to; `add`, `push` and `set` write. */
function useOf(node: ts.Identifier, attribute: string): Edit | undefined {
  const { parent } = node
  if (ts.isElementAccessExpression(parent) && parent.expression === node) return replace(parent, attribute)
  const call = parent.parent
  if (!ts.isPropertyAccessExpression(parent) || !ts.isCallExpression(call) || call.expression !== parent) return undefined
  const method = parent.name.text
  if (/^(has|get|includes)$/.test(method)) return replace(call, attribute)
  if (!ts.isExpressionStatement(call.parent)) return undefined
  if (/^(add|push)$/.test(method)) return replace(call, `${attribute} = true`)
  return method === 'set' && call.arguments[1] ? replace(call, `${attribute} = ${call.arguments[1].getText()}`) : undefined
}

/** The first condition that looks into the variable by something of the event. */
function firstTest(source: ts.SourceFile, name: string): ts.Node | undefined {
  let found: ts.Node | undefined
  walk(source, node => {
    if (found || !(ts.isIfStatement(node) || ts.isConditionalExpression(node))) return
    const condition = ts.isIfStatement(node) ? node.expression : node.condition
    if (new RegExp(`(?<![\\w.])${name}\\s*(\\[|\\.(has|get|includes|indexOf)\\()`).test(condition.getText())) found = condition
  })
  return found
}

function firstWrite(source: ts.SourceFile, name: string, declared: ts.Node): ts.Node | undefined {
  let found: ts.Node | undefined
  const target = new RegExp(`^${name}\\b`)
  walk(source, node => {
    if (found || node === declared) return
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind) && target.test(node.left.getText())) found = node
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      /^(set|add|push|unshift)$/.test(node.expression.name.text)
    ) {
      if (target.test(node.expression.expression.getText())) found = node
    }
  })
  return found
}
