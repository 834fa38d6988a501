import { dirname, join } from 'node:path'
import ts from 'typescript'
import { walk } from '../analysis/nodes.ts'
import { type HookRule, hookSample } from '../rule.ts'

const HELPER = { 'data/global/hooks/before_incoming_middleware/.helper.js': 'module.exports = {}\n' }

export const rule: HookRule = {
  id: 'BPH029',
  name: 'require-not-resolvable',
  severity: 'warning',
  about: 'hook',
  title: 'a file that is not where the hook looks for it',
  visitor: 'The hook throws at its first line: nothing that it promises happens.',
  why: 'A relative name is looked for beside the hook, in the bot’s `libraries`, and in `shared_libs` at the root, each as `<name>.js`, `<name>` and `<name>/index.js` (R3.20, R3.21). Names of packages are not checked: the server’s own are always there (R3.22).',
  bad: hookSample("const helper = require('./helpers')\nbp.logger.info(helper)\n", { others: HELPER }),
  good: hookSample("const helper = require('./.helper')\nbp.logger.info(helper)\n", { others: HELPER }),
  check({ source, path, location, workspace, report }) {
    if (!location) return
    const data = path.slice(0, path.replaceAll('\\', '/').search(/\/(global|bots\/[^/]+)\/hooks\//i))
    const bases = [
      dirname(path),
      ...(location.botId === undefined ? [] : [join(data, 'bots', location.botId, 'libraries')]),
      join(dirname(data), 'shared_libs'),
      join(data, 'global', 'libraries')
    ]
    walk(source, node => {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'require') return
      const [name] = node.arguments
      if (!name || !ts.isStringLiteralLike(name) || !/^\.{1,2}\//.test(name.text)) return
      const candidates = bases.flatMap(base => [`${name.text}.js`, name.text, `${name.text}/index.js`].map(file => join(base, file)))
      if (candidates.some(file => workspace.exists(file))) return
      report(
        name,
        `The hook throws here: '${name.text}' is neither beside it nor in ${location.botId === undefined ? 'shared_libs' : 'the bot’s libraries or shared_libs'}.`
      )
    })
  }
}
