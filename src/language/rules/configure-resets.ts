import ts from 'typescript'
import { spanIn } from '../pages/fragments.ts'
import { type PageRule, pageSample } from '../rule.ts'

const call = (method: string) => `window.botpressWebChat.${method}({ locale: 'fr' })`

export const rule: PageRule = {
  id: 'BPP013',
  name: 'configure-resets',
  severity: 'info',
  about: 'page',
  title: '`configure` forgets what `init` was given',
  visitor: 'The chat loses its name, its colours or its buttons when the language changes.',
  why: '`configure` replaces the whole configuration by the defaults and what it is given; `mergeConfig` changes only that (R20.3). A new `userId` takes effect with `mergeConfig` only.',
  bad: pageSample(call('configure')),
  good: pageSample(call('mergeConfig')),
  check({ calls, report }) {
    for (const { method, api, call: node, fragment } of calls) {
      if (api !== 'botpress' || method !== 'configure' || !ts.isPropertyAccessExpression(node.expression)) continue
      const [config] = node.arguments
      if (!config || !ts.isObjectLiteralExpression(config) || config.properties.length > 3 || config.properties.some(ts.isSpreadAssignment))
        continue
      const span = spanIn(fragment, node.expression.name)
      report(span, '`configure` sets everything else back to the defaults. `mergeConfig` changes only this.', {
        fixes: [{ title: 'Use mergeConfig', safe: true, edits: [{ span, text: 'mergeConfig' }] }]
      })
    }
  }
}
