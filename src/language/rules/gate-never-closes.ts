import ts from 'typescript'
import { pathsIn } from '../analysis/effects.ts'
import { following, leaves, reached } from '../analysis/flow.ts'
import { INCOMING, isIn, settings } from '../analysis/hook-model.ts'
import { ancestors } from '../analysis/nodes.ts'
import { fix, insertBefore, replace } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

const LAST = 'event.state.session.lastMessages'

export const rule: HookRule = {
  id: 'BPH006',
  name: 'gate-never-closes',
  severity: 'warning',
  about: 'hook',
  title: 'a greeting that waits for lastMessages to grow',
  visitor: 'The same greeting on every refresh of the page, until they write something.',
  why: '`lastMessages` grows when the dialog engine speaks or a suggestion is sent, never by a reply from a hook (R6.9). A hook that skips the engine, replies itself and tests `lastMessages` therefore finds it empty each time. Keep a marker of your own, and save it.',
  bad: hookSample(`if (event.type === 'hello' && event.state.session.lastMessages.length === 0) {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: 'Welcome!' }])
}
`),
  good: hookSample(`if (event.type === 'hello' && !event.state.session.greeted) {
  event.state.session.greeted = true
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
  return bp.events.replyToEvent(event, [{ type: 'text', text: 'Welcome!' }])
}
`),
  check({ source, model, type, report }) {
    if (!INCOMING.has(type.id)) return
    const seen = new Set<ts.Node>()
    for (const { node, path } of pathsIn([source], model.aliases)) {
      if (path !== LAST && !path.startsWith(`${LAST}.`)) continue
      const gate = gateOf(node)
      if (!gate || seen.has(gate.condition)) continue
      seen.add(gate.condition)
      const code = reached(gate.open, model.functions)
      const reply = model.replies.find(call => isIn(call, code))
      const skipped = settings(model, 'SKIP_DIALOG_ENGINE').some(flag => isIn(flag.call, code) || !isIn(flag.call, gate.closed))
      const marked =
        model.writes.some(write => isIn(write.node, code)) ||
        /\bkvs\b|setAttributes|updateAttributes/.test(code.map(part => part.getText()).join())
      if (!reply || !skipped || marked) continue
      const test = ts.isBinaryExpression(gate.test) || ts.isPrefixUnaryExpression(gate.test) ? gate.test : node
      const [first] = gate.open
      const marker = gate.whenEmpty ? '!event.state.session.greeted' : 'event.state.session.greeted'
      report(
        node,
        'A reply from a hook never enters `lastMessages`, so this stays empty: the visitor is greeted again on every refresh until they write something.',
        {
          fixes: first
            ? [
                fix('Remember the greeting in the session instead', [
                  replace(test, marker),
                  ...insertBefore(first, [
                    'event.state.session.greeted = true',
                    'event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)'
                  ])
                ])
              ]
            : []
        }
      )
    }
  }
}

interface Gate {
  readonly condition: ts.Expression
  /** The part of the condition that looks at the length. */
  readonly test: ts.Node
  readonly whenEmpty: boolean
  /** What runs while nothing was said. */
  readonly open: readonly ts.Node[]
  readonly closed: readonly ts.Node[]
}

/** The `if` whose condition asks whether something was said before. */
function gateOf(node: ts.Node): Gate | undefined {
  let test: ts.Node = node
  if (ts.isBinaryExpression(test.parent) && !/&&|\|\|/.test(test.parent.operatorToken.getText())) test = test.parent
  else if (ts.isPrefixUnaryExpression(test.parent)) test = test.parent
  const whenEmpty = /^!|===?\s*0$|<\s*1$|<=\s*0$/.test(test.getText())
  for (const parent of ancestors(test)) {
    if (!ts.isIfStatement(parent)) {
      if (ts.isStatement(parent)) return undefined
      continue
    }
    if (!isIn(test, [parent.expression])) return undefined
    const then = bodyOf(parent.thenStatement)
    const otherwise = parent.elseStatement ? bodyOf(parent.elseStatement) : leaves(parent.thenStatement) ? following(parent) : []
    return { condition: parent.expression, test, whenEmpty, open: whenEmpty ? then : otherwise, closed: whenEmpty ? otherwise : then }
  }
  return undefined
}

function bodyOf(statement: ts.Statement): readonly ts.Node[] {
  return ts.isBlock(statement) ? statement.statements : [statement]
}
