import ts from 'typescript'
import { literalOf, propertyOf } from '../analysis/nodes.ts'
import { spanIn } from '../pages/fragments.ts'
import { type PageRule, pageSample } from '../rule.ts'

const load = (push: string) =>
  `window.voiceflow.chat.load({ verify: { projectID: 'p' } }).then(() => {\n  window.voiceflow.chat.proactive.push(${push})\n})`

export const rule: PageRule = {
  id: 'VFP002',
  name: 'push-shape',
  severity: 'error',
  about: 'page',
  title: 'a bubble without its words',
  visitor: 'No bubble, or one that says “undefined”.',
  why: 'A bubble shows `payload.message` of a trace of type `text`. Other types are accepted and never drawn.',
  bad: pageSample(load("{ type: 'text', text: 'Hi' }")),
  good: pageSample(load("{ type: 'text', payload: { message: 'Hi' } }")),
  check({ calls, report }) {
    for (const call of calls) {
      if (call.api !== 'voiceflow' || call.method !== 'push') continue
      for (const trace of call.call.arguments) {
        if (!ts.isObjectLiteralExpression(trace)) continue
        const type = literalOf(propertyOf(trace, 'type'))
        if (typeof type === 'string' && type !== 'text') {
          report(spanIn(call.fragment, trace), `Only traces of type 'text' are drawn: this one of type '${type}' shows nothing.`, {
            severity: 'warning'
          })
          continue
        }
        const payload = propertyOf(trace, 'payload')
        const message = propertyOf(payload, 'message')
        if (type !== 'text' || message || (payload && !ts.isObjectLiteralExpression(payload))) continue
        const words = propertyOf(trace, 'text') ?? propertyOf(trace, 'message') ?? propertyOf(payload, 'text')
        const span = spanIn(call.fragment, trace)
        report(span, 'A bubble shows `payload.message`, which is missing here: it would say “undefined”.', {
          fixes: words
            ? [
                {
                  title: 'Put the words where they are read',
                  safe: true,
                  edits: [{ span, text: `{ type: 'text', payload: { message: ${words.getText()} } }` }]
                }
              ]
            : []
        })
      }
    }
  }
}
