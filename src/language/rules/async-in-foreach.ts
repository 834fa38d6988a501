import ts from 'typescript'
import { functionOf, isAsync } from '../analysis/flow.ts'
import { walk } from '../analysis/nodes.ts'
import { fix, replace } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

export const rule: HookRule = {
  id: 'BPH035',
  name: 'async-in-foreach',
  severity: 'warning',
  about: 'hook',
  title: '`forEach` does not wait',
  visitor: 'Messages come in any order, or after the bot’s next words; one that fails is lost without a trace.',
  why: '`forEach` calls the function and drops its promise (R3.7). A `for … of` loop with `await` keeps the order and the errors.',
  bad: hookSample(
    `const run = async () => {
  ['a', 'b'].forEach(async text => {
    await bp.events.replyToEvent(event, [{ type: 'text', text }])
  })
}
return run()
`,
    { type: 'before_session_timeout' }
  ),
  good: hookSample(
    `const run = async () => {
  for (const text of ['a', 'b']) {
    await bp.events.replyToEvent(event, [{ type: 'text', text }])
  }
}
return run()
`,
    { type: 'before_session_timeout' }
  ),
  check({ source, report }) {
    walk(source, node => {
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression) || node.expression.name.text !== 'forEach') return
      const [callback] = node.arguments
      if (!callback || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback)) || !isAsync(callback)) return
      const inside = functionOf(node)
      const [parameter, index] = callback.parameters
      const simple =
        !ts.isSourceFile(inside) &&
        isAsync(inside) &&
        ts.isExpressionStatement(node.parent) &&
        parameter &&
        !index &&
        ts.isBlock(callback.body)
      report(node.expression.name, '`forEach` does not wait for an async function: the order is open, and errors are lost.', {
        fixes:
          simple && !/\breturn\b/.test(callback.body.getText())
            ? [
                fix(
                  'Use for … of',
                  [
                    replace(
                      node.parent,
                      `for (const ${parameter.name.getText()} of ${node.expression.expression.getText()}) ${callback.body.getText()}`
                    )
                  ],
                  true
                )
              ]
            : []
      })
    })
  }
}
