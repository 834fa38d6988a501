import ts from 'typescript'
import { pathsIn } from '../analysis/effects.ts'
import { INCOMING, isIn, settings } from '../analysis/hook-model.ts'
import { ancestors } from '../analysis/nodes.ts'
import { fix, replace } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

export const rule: HookRule = {
  id: 'BPH009',
  name: 'unguarded-payload',
  severity: 'warning',
  about: 'hook',
  title: 'a deep look into a payload that other channels leave empty',
  visitor:
    'On Teams and the like the hook throws, and the visitor gets nothing; on the web the same error before the flag makes the bot answer the trigger as if they had spoken.',
  why: 'Other channels send `proactive-trigger` too, with the payload `{}` (R24.1), so `event.payload.payload.payload` throws there (R24.4). Test the channel, or read the value with a default.',
  bad: hookSample(`if (event.type === 'proactive-trigger') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  bp.logger.info(event.payload.payload.payload.text)
}
`),
  good: hookSample(`const _ = require('lodash')
if (event.type === 'proactive-trigger') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  bp.logger.info(_.get(event, 'payload.payload.payload.text'))
}
`),
  check({ model, type, text, report }) {
    if (!INCOMING.has(type.id)) return
    for (const branch of model.branches) {
      if (!branch.types.includes('proactive-trigger')) continue
      for (const { node, path } of pathsIn(branch.code, model.aliases)) {
        if (!/^event\.payload\.payload\.\w+/.test(path) || !isIn(node, branch.code)) continue
        // `channel` in a condition, or a test of the value itself, is a guard.
        if (/\bevent\.channel\b|\bchannel\s*[!=]==/.test(text) || isGuarded(node, path)) continue
        const name = path.slice('event.'.length)
        const lodash = /\b_\s*=\s*require\(/.test(text) ? '_' : "require('lodash')"
        const late = settings(model, 'SKIP_DIALOG_ENGINE').every(flag => flag.call.getStart() > node.getStart())
        const then = late
          ? 'the hook throws before the flag is set, so the bot answers the trigger itself'
          : 'the hook throws and says nothing'
        report(node, `Other channels send 'proactive-trigger' with an empty payload: there ${then}.`, {
          fixes: [fix('Read it with lodash', [replace(node, `${lodash}.get(event, '${name}')`)], true)]
        })
        return
      }
    }
  }
}

/** `event.payload.payload && …`, `typeof …`, `try { … }`, `if (event.payload.payload)`: what is looked into was asked for before. */
function isGuarded(node: ts.Node, path: string): boolean {
  const parent = path.split('.').slice(0, -1).join('.')
  const written = ts.isPropertyAccessExpression(node) ? node.expression.getText() : parent
  const asks = (condition: ts.Node) => {
    const text = condition.getText().replace(/\s/g, '')
    return [parent, written].some(name => new RegExp(`(?<![\\w.])${name.replace(/\./g, '\\.')}(?![\\w.])`).test(text))
  }
  for (const above of ancestors(node)) {
    if (ts.isTryStatement(above)) return true
    if (ts.isBinaryExpression(above) && above.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken && asks(above.left)) return true
    if (ts.isIfStatement(above) && asks(above.expression)) return true
    if (ts.isConditionalExpression(above) && asks(above.condition)) return true
  }
  return false
}
