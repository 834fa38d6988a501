import ts from 'typescript'
import { INCOMING } from '../analysis/hook-model.ts'
import { walkSameFunction } from '../analysis/nodes.ts'
import { fix, insertBefore, replace } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

export const rule: HookRule = {
  id: 'BPH036',
  name: 'return-value-ignored',
  severity: 'hint',
  about: 'hook',
  title: 'a returned value that nobody looks at',
  visitor: 'The bot goes on as if the hook had said nothing: the event is not stopped.',
  why: 'What a hook returns is ignored unless it is a promise, and of a promise only its end counts (R3.5, R3.6). To keep the dialog engine away, set SKIP_DIALOG_ENGINE.',
  bad: hookSample("if (event.preview === 'quiet') return false\n"),
  good: hookSample("if (event.preview === 'quiet') {\n  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)\n  return\n}\n"),
  check({ source, type, report }) {
    walkSameFunction(source, node => {
      if (!ts.isReturnStatement(node) || !node.expression) return
      const kind = node.expression.kind
      if (kind !== ts.SyntaxKind.FalseKeyword && kind !== ts.SyntaxKind.TrueKeyword && kind !== ts.SyntaxKind.NullKeyword) return
      const stop = kind === ts.SyntaxKind.FalseKeyword && INCOMING.has(type.id)
      const bare = { ...replace(node, 'return') }
      report(node.expression, 'Nobody looks at this value: it does not stop the event.', {
        fixes: [
          ...(stop && !ts.isIfStatement(node.parent)
            ? [
                fix('Skip the dialog engine', [
                  ...insertBefore(node, ['event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)']),
                  bare
                ])
              ]
            : []),
          fix('Return nothing', [bare])
        ]
      })
    })
  }
}
