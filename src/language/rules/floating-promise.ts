import ts from 'typescript'
import { fullPath } from '../analysis/effects.ts'
import { following, functionOf, isAsync } from '../analysis/flow.ts'
import { walk } from '../analysis/nodes.ts'
import { fix } from '../analysis/rewrite.ts'
import type { Fix } from '../problem.ts'
import { type HookRule, type HookRuleContext, hookSample } from '../rule.ts'

export const rule: HookRule = {
  id: 'BPH002',
  name: 'floating-promise',
  severity: 'warning',
  about: 'hook',
  title: 'work that nobody waits for',
  visitor:
    'Replies may come in another order or after the bot’s own, flags set late have no effect, and an error leaves no trace of this hook.',
  why: 'The server waits only for a promise that the script returns (R3.6, R3.7). Errors of other promises end up as anonymous unhandled rejections (R3.8). Return or await it; for work that may be lost on purpose write `void` in front and a `.catch` behind.',
  bad: hookSample(`const greet = async () => {
  await bp.events.replyToEvent(event, [{ type: 'text', text: 'Hi' }])
}
if (event.type === 'hello') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  greet()
}
`),
  good: hookSample(`const greet = async () => {
  await bp.events.replyToEvent(event, [{ type: 'text', text: 'Hi' }])
}
if (event.type === 'hello') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return greet()
}
`),
  check(context) {
    walk(context.source, node => {
      if (!ts.isExpressionStatement(node)) return
      const { expression } = node
      if (!ts.isCallExpression(expression) || isHandled(expression) || !isPromise(context, expression)) return
      const inside = functionOf(node)
      const what = calledName(expression)
      const consequence = ts.isSourceFile(inside)
        ? 'the server does not wait for it, so the bot may answer first'
        : 'nothing waits for it, so it may happen after the hook has ended'
      context.report(expression, `The promise of \`${what}\` is dropped: ${consequence}, and an error in it is lost.`, {
        fixes: fixesFor(node, inside)
      })
    })
  }
}

/** `.catch(…)` or a second argument of `.then`: the author has thought of failure. */
function isHandled(call: ts.CallExpression): boolean {
  for (let at: ts.Expression = call; ts.isCallExpression(at); ) {
    if (!ts.isPropertyAccessExpression(at.expression)) return false
    const { name } = at.expression
    if (name.text === 'catch' || (name.text === 'then' && at.arguments.length > 1)) return true
    at = at.expression.expression
  }
  return false
}

function isPromise(context: HookRuleContext, call: ts.CallExpression): boolean {
  if (ts.isPropertyAccessExpression(call.expression) && /^(then|finally)$/.test(call.expression.name.text)) return true
  if (ts.isIdentifier(call.expression)) {
    const local = context.model.functions.get(call.expression.text)
    if (local) return isAsync(local)
  }
  const path = fullPath(call.expression, context.model.aliases)
  if (
    path !== undefined &&
    /^bp\.(events\.(replyToEvent|sendEvent)|cms\.renderElement|dialog\.(jumpTo|processEvent|deleteSession))$/.test(path)
  )
    return true
  return /^(Promise|PromiseLike|Bluebird)</.test(context.typeOf(call) ?? '')
}

function calledName(call: ts.CallExpression): string {
  let at: ts.Expression = call
  while (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression) && /^(then|finally)$/.test(at.expression.name.text)) {
    at = at.expression.expression
  }
  const name = (ts.isCallExpression(at) ? at.expression : at).getText()
  return name.length > 40 ? '…' : `${name}(…)`
}

function fixesFor(statement: ts.ExpressionStatement, inside: ts.Node): Fix[] {
  const start = { start: statement.getStart(), end: statement.getStart() }
  const insert = (title: string, text: string, safe: boolean) => fix(title, [{ span: start, text }], safe)
  const last = following(statement).length === 0
  const drop: Fix = fix('Drop it on purpose, errors included', [
    { span: start, text: 'void ' },
    { span: { start: statement.expression.end, end: statement.expression.end }, text: '.catch(() => {})' }
  ])
  if (!ts.isSourceFile(inside) && isAsync(inside)) return [insert('Wait for it', 'await ', true), drop]
  return last ? [insert('Return it, so that it is waited for', 'return ', true), drop] : [drop]
}
