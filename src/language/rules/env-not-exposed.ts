import ts from 'typescript'
import { pathsIn } from '../analysis/effects.ts'
import { fix, replace } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

const ALWAYS = new Set(['TZ', 'LANG', 'LC_ALL', 'LC_CTYPE', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'])

export const rule: HookRule = {
  id: 'BPH028',
  name: 'env-not-exposed',
  severity: 'warning',
  about: 'hook',
  title: 'a variable of the environment that hooks do not see',
  visitor: 'Whatever depends on it fails: the other system refuses the bot, or the feature stays off.',
  why: 'Of the environment hooks see only names that start with `EXPOSED_` and a few of locale and proxy (R3.18). The others are undefined, even though the server has them.',
  bad: hookSample('const key = process.env.CRM_KEY\nbp.logger.info(key)\n'),
  good: hookSample('const key = process.env.EXPOSED_CRM_KEY\nbp.logger.info(key)\n'),
  check({ source, model, report }) {
    for (const { node, path } of pathsIn([source], model.aliases)) {
      const name = /^process\.env\.(\w+)$/.exec(path)?.[1]
      if (name === undefined || name.startsWith('EXPOSED_') || ALWAYS.has(name)) continue
      const last = ts.isPropertyAccessExpression(node) ? node.name : undefined
      report(node, `Hooks do not see ${name}: it is undefined here. Give the server EXPOSED_${name}.`, {
        fixes: last ? [fix(`Read EXPOSED_${name}`, [replace(last, `EXPOSED_${name}`)], true)] : []
      })
    }
  }
}
