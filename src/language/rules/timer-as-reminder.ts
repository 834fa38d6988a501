import ts from 'typescript'
import { constantOf } from '../analysis/event-types.ts'
import { INCOMING } from '../analysis/hook-model.ts'
import { walk } from '../analysis/nodes.ts'
import { storedReminder } from '../analysis/stored-reminder.ts'
import { type HookRule, hookSample } from '../rule.ts'

const MINUTE = 60_000

export const rule: HookRule = {
  id: 'BPH022',
  name: 'timer-as-reminder',
  severity: 'warning',
  about: 'hook',
  title: 'a reminder that does not survive a restart',
  visitor: 'The reminder never comes when the server restarts meanwhile, and comes once for every event that started one.',
  why: 'A timer lives in the server’s memory only, nobody can see or cancel it, and an exception in it ends the server (R3.9). Store when it is due, and look for what is due on a schedule.',
  bad: hookSample("setTimeout(() => bp.logger.info('a day later'), 24 * 60 * 60 * 1000)\n"),
  good: hookSample("return bp.kvs.forBot(event.botId).set('remind/' + event.target, { due: Date.now() + 24 * 60 * 60 * 1000 })\n"),
  check({ source, type, path, report }) {
    let timers = 0
    walk(source, node => {
      if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return
      const name = node.expression.text
      const ms = millisecondsOf(node.arguments[1], source)
      if (name === 'setTimeout' && ms !== undefined && ms > MINUTE) {
        report(
          node.expression,
          `This timer waits ${spoken(ms)} in the server’s memory: it is lost at a restart, and every event starts another one.`,
          { fixes: INCOMING.has(type.id) ? storedReminder(source, node, ++timers, path) : [] }
        )
      }
      if (name === 'setInterval' && type.category === 'event') {
        report(node.expression, 'Every event starts another timer that never ends: the server grows slower until it restarts.')
      }
    })
  }
}

/** Numbers, and products and sums of them. */
function millisecondsOf(expression: ts.Expression | undefined, source: ts.SourceFile): number | undefined {
  if (!expression) return undefined
  if (ts.isNumericLiteral(expression)) return Number(expression.text.replaceAll('_', ''))
  if (ts.isParenthesizedExpression(expression)) return millisecondsOf(expression.expression, source)
  if (ts.isIdentifier(expression)) return millisecondsOf(constantOf(source, expression.text), source)
  if (!ts.isBinaryExpression(expression)) return undefined
  const left = millisecondsOf(expression.left, source)
  const right = millisecondsOf(expression.right, source)
  if (left === undefined || right === undefined) return undefined
  if (expression.operatorToken.kind === ts.SyntaxKind.AsteriskToken) return left * right
  return expression.operatorToken.kind === ts.SyntaxKind.PlusToken ? left + right : undefined
}

function spoken(ms: number): string {
  const minutes = Math.round(ms / MINUTE)
  if (minutes < 120) return `${minutes} minutes`
  return minutes < 2880 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`
}
