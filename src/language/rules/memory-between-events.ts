import ts from 'typescript'
import { isAssignment } from '../analysis/effects.ts'
import { walk } from '../analysis/nodes.ts'
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
            `\`${name.text}\` is empty whenever the hook runs: it starts anew with every event, so this always takes the same way.`
          )
        }
      }
    }
  }
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
