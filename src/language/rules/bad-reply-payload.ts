import ts from 'typescript'
import { callsOf, fullPath } from '../analysis/effects.ts'
import { constantOf } from '../analysis/event-types.ts'
import { plain } from '../analysis/nodes.ts'
import { fix, replace } from '../analysis/rewrite.ts'
import { type HookRule, type HookRuleContext, hookSample } from '../rule.ts'

export const rule: HookRule = {
  id: 'BPH016',
  name: 'bad-reply-payload',
  severity: 'error',
  about: 'hook',
  title: 'a reply that cannot be sent',
  visitor: 'The reply never comes.',
  why: '`replyToEvent` takes an array of payloads, and `renderElement` already gives one (R16.2). Anything else makes it reject, or sends a payload without a type.',
  bad: hookSample("return bp.events.replyToEvent(event, { type: 'text', text: 'Hi' })\n", { type: 'before_session_timeout' }),
  good: hookSample("return bp.events.replyToEvent(event, [{ type: 'text', text: 'Hi' }])\n", { type: 'before_session_timeout' }),
  check({ source, model, report }) {
    for (const { call } of callsOf([source], model.aliases, path => path === 'bp.events.replyToEvent')) {
      const payloads = call.arguments[1]
      if (!payloads) continue
      const value = plain(payloads)
      if (ts.isObjectLiteralExpression(value) || ts.isStringLiteralLike(value) || ts.isTemplateExpression(value)) {
        const inner = ts.isObjectLiteralExpression(value) ? payloads.getText() : `{ type: 'text', text: ${payloads.getText()} }`
        report(payloads, '`replyToEvent` wants an array of payloads: this rejects, and the visitor gets nothing.', {
          fixes: [fix('Make it an array', [replace(payloads, `[${inner}]`)], true)]
        })
      } else if (ts.isArrayLiteralExpression(value)) {
        for (const element of value.elements) {
          if (!isRendered(element, source, model.aliases)) continue
          const alone = value.elements.length === 1
          report(element, '`renderElement` gives an array already: one within another is no payload, and the visitor gets nothing.', {
            fixes: [
              alone
                ? fix('Leave the outer brackets out', [replace(value, element.getText())], true)
                : fix('Spread it', [replace(element, `...${element.getText()}`)], true)
            ]
          })
        }
      }
    }
  }
}

function isRendered(element: ts.Expression, source: ts.SourceFile, aliases: HookRuleContext['model']['aliases']): boolean {
  const value = plain(element)
  if (ts.isIdentifier(value)) {
    const declared = constantOf(source, value.text)
    return declared !== undefined && ts.isAwaitExpression(declared) && isRendered(declared, source, aliases)
  }
  return ts.isCallExpression(value) && fullPath(value.expression, aliases) === 'bp.cms.renderElement'
}
