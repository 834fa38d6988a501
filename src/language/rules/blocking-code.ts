import ts from 'typescript'
import { walk } from '../analysis/nodes.ts'
import { type HookRule, hookSample } from '../rule.ts'

const SYNCHRONOUS =
  /^(readFileSync|writeFileSync|appendFileSync|readdirSync|statSync|existsSync|execSync|spawnSync|execFileSync|pbkdf2Sync|scryptSync)$/

export const rule: HookRule = {
  id: 'BPH020',
  name: 'blocking-code',
  severity: 'warning',
  about: 'hook',
  title: 'code that stops the whole server',
  visitor: 'Every visitor of every bot waits, not only this one.',
  why: 'The server has one thread, and the time limit of hooks is not enforced (R3.11): while a hook computes or waits for a file, nobody gets an answer. An endless loop ends only with the server.',
  bad: hookSample('const until = Date.now() + 500\nwhile (Date.now() < until) {\n}\n'),
  good: hookSample('return new Promise(resolve => setTimeout(resolve, 500))\n'),
  check({ source, type, report }) {
    walk(source, node => {
      if (ts.isWhileStatement(node) || ts.isDoStatement(node) || ts.isForStatement(node)) {
        const condition = ts.isForStatement(node) ? node.condition : node.expression
        const endless = !condition || condition.kind === ts.SyntaxKind.TrueKeyword || condition.getText() === '1'
        const head = { start: node.getStart(), end: (condition ?? node).end }
        if (endless && !hasExit(node.statement))
          report(head, 'This loop never ends: the whole server stops, for all visitors, until it is killed.')
        else if (
          condition &&
          /\bDate\.now\(\)|new Date\(|performance\.now\(\)/.test(condition.getText()) &&
          !/\bawait\b/.test(node.statement.getText())
        ) {
          report(head, 'Waiting in a loop stops the whole server: no visitor gets an answer meanwhile. Use a promise with `setTimeout`.')
        }
      }
      if (
        type.category === 'event' &&
        ts.isCallExpression(node) &&
        ts.isPropertyAccessExpression(node.expression) &&
        SYNCHRONOUS.test(node.expression.name.text)
      ) {
        report(
          node.expression,
          `\`${node.expression.name.text}\` stops the whole server while it works, at every event. Use the asynchronous function.`
        )
      }
    })
  }
}

function hasExit(body: ts.Node): boolean {
  let found = false
  walk(body, node => {
    if (ts.isFunctionLike(node)) return false
    if (ts.isBreakStatement(node) || ts.isReturnStatement(node) || ts.isThrowStatement(node) || ts.isAwaitExpression(node)) found = true
    return undefined
  })
  return found
}
