import ts from 'typescript'
import { isFlagName } from '../analysis/effects.ts'
import { following, functionOf, isAsync } from '../analysis/flow.ts'
import { ancestors, walkSameFunction } from '../analysis/nodes.ts'
import { fix } from '../analysis/rewrite.ts'
import type { Fix } from '../problem.ts'
import { type HookRule, hookSample } from '../rule.ts'

export const rule: HookRule = {
  id: 'BPH011',
  name: 'flag-set-too-late',
  severity: 'warning',
  about: 'hook',
  title: 'a flag that is set after the decision',
  visitor:
    'As if the flag were not set: the bot answers the trigger, or forgets what it was told. It may work on some days, when the hook happens to be faster.',
  why: 'A flag counts only if it is set before the engine reads it (R5.7). A callback, or code behind an `await` in a function whose promise is not returned, runs after the hook has ended (R3.7).',
  bad: hookSample(`bp.kvs.forBot(event.botId).get('quiet').then(quiet => {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, Boolean(quiet))
}).catch(() => {})
`),
  good: hookSample(`return bp.kvs.forBot(event.botId).get('quiet').then(quiet => {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, Boolean(quiet))
})
`),
  check({ model, report }) {
    for (const flag of model.flags) {
      if (!isFlagName(flag.name)) continue
      const inside = functionOf(flag.call)
      if (ts.isSourceFile(inside)) continue
      const how = isAsync(inside)
        ? behindAwait(inside, flag.call)
          ? unreturnedCall(inside, model.source)
          : undefined
        : unreturnedCallback(inside)
      if (how) report(flag.call, `${how.why} by then the hook has ended, and the flag has no effect.`, { fixes: returning(how.lost) })
    }
  }
}

/** Why a flag comes too late, and the expression whose promise nobody waits for. */
interface Lost {
  readonly why: string
  readonly lost?: ts.Node
}

/** Returns the promise, when nothing comes after it that would then be left out. */
function returning(lost: ts.Node | undefined): Fix[] {
  const statement = lost?.parent
  if (!statement || !ts.isExpressionStatement(statement) || following(statement).length > 0) return []
  const at = statement.getStart()
  return [fix('Return the promise', [{ span: { start: at, end: at }, text: 'return ' }])]
}

function behindAwait(inside: ts.Node, call: ts.Node): boolean {
  let found = false
  walkSameFunction(inside, node => {
    if (ts.isAwaitExpression(node) && node.end <= call.getStart()) found = true
  })
  return found
}

/** An async function that is only ever called as a statement of its own at the top of the hook. */
function unreturnedCall(inside: ts.SignatureDeclaration, source: ts.SourceFile): Lost | undefined {
  const name = ts.isFunctionDeclaration(inside)
    ? inside.name?.text
    : ts.isVariableDeclaration(inside.parent) && ts.isIdentifier(inside.parent.name)
      ? inside.parent.name.text
      : undefined
  const immediate = [...ancestors(inside)].find(ts.isCallExpression)
  const calls: ts.CallExpression[] = []
  walkSameFunction(source, node => {
    if (
      ts.isCallExpression(node) &&
      (ts.isIdentifier(node.expression) ? node.expression.text === name : node === immediate && node.expression.end >= inside.end)
    ) {
      calls.push(node)
    }
  })
  if (calls.length === 0 || calls.some(call => !ts.isExpressionStatement(call.parent))) return undefined
  return { why: 'This runs after an `await`, in a function whose promise the hook does not return:', lost: calls[0]! }
}

/** A callback of a promise or timer whose call is a statement of its own. */
function unreturnedCallback(inside: ts.Node): Lost | undefined {
  const call = inside.parent
  if (!ts.isCallExpression(call) || !call.arguments.includes(inside as ts.Expression)) return undefined
  const name = ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : call.expression.getText()
  if (/^(setTimeout|setInterval|setImmediate)$/.test(name)) return { why: 'This runs when the timer fires:' }
  if (!/^(then|catch|finally)$/.test(name)) return undefined
  let top: ts.Node = call
  while (ts.isPropertyAccessExpression(top.parent) && ts.isCallExpression(top.parent.parent)) top = top.parent.parent
  return ts.isExpressionStatement(top.parent) ? { why: 'This callback is not waited for:', lost: top } : undefined
}
