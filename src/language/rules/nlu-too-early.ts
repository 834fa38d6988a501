import ts from 'typescript'
import { isAssignment, pathsIn } from '../analysis/effects.ts'
import { settings } from '../analysis/hook-model.ts'
import type { Fix } from '../problem.ts'
import { type HookRule, hookSample } from '../rule.ts'

export const rule: HookRule = {
  id: 'BPH013',
  name: 'nlu-too-early',
  severity: 'warning',
  about: 'hook',
  title: 'the intent is not known yet',
  visitor: 'The hook never reacts to what they say: every message has the intent “none” here.',
  why: 'The NLU is a middleware (R8.8). Before it, `event.nlu` has its defaults: intent `none` with confidence 1, no slots, no entities (R4.5). Move the hook to `after_incoming_middleware`.',
  bad: hookSample("if (event.nlu.intent.name === 'buy') bp.logger.info('wants to buy')\n"),
  good: hookSample("if (event.nlu.intent.name === 'buy') bp.logger.info('wants to buy')\n", { type: 'after_incoming_middleware' }),
  check({ source, model, type, path, location, report }) {
    if (type.id !== 'before_incoming_middleware') return
    const paths = pathsIn([source], model.aliases).filter(({ path: name }) =>
      /^event\.nlu\.(intent|intents|slots|entities|language|detectedLanguage)\b/.test(name)
    )
    const own = settings(model, 'SKIP_NATIVE_NLU').length > 0 || paths.some(({ node }) => isWritten(node))
    if (own) return
    const moved: Fix[] = location
      ? [
          {
            title: 'Move the hook to after_incoming_middleware',
            edits: [],
            renameTo: path.replace(/before_incoming_middleware(?=[\\/])/, 'after_incoming_middleware')
          }
        ]
      : []
    for (const { node, path: name } of paths) {
      report(node, `\`${name}\` has its default here, whatever the visitor says: the NLU runs after this hook.`, { fixes: moved })
    }
  }
}

function isWritten(node: ts.Node): boolean {
  const { parent } = node
  return ts.isBinaryExpression(parent) && parent.left === node && isAssignment(parent.operatorToken.kind)
}
