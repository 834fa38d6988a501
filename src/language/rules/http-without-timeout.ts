import ts from 'typescript'
import { pathOf, propertyOf, walk } from '../analysis/nodes.ts'
import { fix } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

/** Methods with the position of their configuration. */
const CONFIG: Record<string, number> = { get: 1, delete: 1, head: 1, options: 1, post: 2, put: 2, patch: 2, request: 0 }

export const rule: HookRule = {
  id: 'BPH021',
  name: 'http-without-timeout',
  severity: 'info',
  about: 'hook',
  title: 'a request without a limit',
  visitor: 'While the other system is slow, so is their chat, and everything they write waits.',
  why: 'axios waits for ever by default, the server waits for the hook (R3.10), and the visitor’s next event waits for the server (R7.3).',
  bad: hookSample("const axios = require('axios')\nreturn axios.get('https://example.com/offer')\n"),
  good: hookSample("const axios = require('axios')\nreturn axios.get('https://example.com/offer', { timeout: 2000 })\n"),
  check({ source, text, report }) {
    const name = /\b(?:const|let|var)\s+(\w+)\s*=\s*require\(\s*['"]axios['"]\s*\)/.exec(text)?.[1]
    if (!name || new RegExp(`\\b${name}\\.defaults\\.timeout`).test(text)) return
    walk(source, node => {
      if (!ts.isCallExpression(node)) return
      const path = pathOf(node.expression)
      const method = path === name ? 'request' : path?.startsWith(`${name}.`) ? path.slice(name.length + 1) : undefined
      const at = method === undefined ? undefined : CONFIG[method]
      if (at === undefined) return
      const config = node.arguments[at]
      if (config && !ts.isObjectLiteralExpression(config)) return
      if (config && (propertyOf(config, 'timeout') || config.properties.some(ts.isSpreadAssignment))) return
      const fixes = []
      if (config) {
        const end = config.properties.at(-1)?.end ?? config.getStart() + 1
        fixes.push(
          fix(
            'Give up after two seconds',
            [{ span: { start: end, end }, text: config.properties.length > 0 ? ', timeout: 2000' : ' timeout: 2000 ' }],
            true
          )
        )
      } else if (node.arguments.length === at) {
        const end = node.arguments.at(-1)!.end
        fixes.push(fix('Give up after two seconds', [{ span: { start: end, end }, text: ', { timeout: 2000 }' }], true))
      }
      report(node.expression, 'axios waits for ever by default: while the other system is slow, so is this visitor’s chat.', { fixes })
    })
  }
}
