import { HOOK_TYPES } from '../../botpress/hook-types.ts'
import { closest } from '../analysis/rewrite.ts'
import type { FileRule } from '../rule.ts'

const TYPES = HOOK_TYPES.map(type => type.id as string)

export const rule: FileRule = {
  id: 'BPH026',
  name: 'hook-will-not-run',
  severity: 'warning',
  about: 'file',
  files: /\/hooks?\/.+\.(js|ts|mjs|cjs|jsx|tsx|txt)$/i,
  title: 'a hook that Botpress never looks at',
  visitor: 'Nothing at all, and no word about it in any log.',
  why: 'Botpress takes files named `*.js` at any depth below `data/global/hooks/<type>/` and `data/bots/<bot>/hooks/<type>/`, where the type is one of fifteen (R1.1, R1.3, R2.1). Everything else is passed over in silence. A name that starts with a dot switches a hook off (R1.4).',
  bad: { file: 'data/global/hooks/before_incomming_middleware/greet.js', text: "bp.logger.info('never')\n" },
  good: { file: 'data/global/hooks/before_incoming_middleware/greet.js', text: "bp.logger.info('always')\n" },
  check({ path, report }) {
    const slashed = path.replaceAll('\\', '/')
    const top = { start: 0, end: 0 }
    const match = /^(.*\/)?((?:global|bots\/[^/]+)\/hooks?|data\/(?:.+\/)?hooks?)\/(?:([^/]+)\/)?(.+)$/i.exec(slashed)
    if (!match) return
    const [, before = '', folder = '', type, rest = ''] = match
    const file = rest.split('/').at(-1)!
    if (type === undefined) {
      if (/\.js$/i.test(file)) report(top, 'Botpress never looks at this file: a hook lies in a folder named after its type.')
      return
    }
    if (!/^(global|bots\/[^/]+)\/hooks$/.test(folder)) {
      if (TYPES.includes(type))
        report(top, `Botpress never looks here: hooks lie in data/global/hooks/${type} or data/bots/<bot>/hooks/${type}.`)
      return
    }
    if (!TYPES.includes(type)) {
      const meant = closest(type, TYPES)
      report(top, `There is no hook type '${type}': Botpress never looks here.${meant ? ` Did you mean '${meant}'?` : ''}`, {
        fixes: meant ? [{ title: `Move the hook to ${meant}`, edits: [], renameTo: `${before}${folder}/${meant}/${rest}` }] : []
      })
    } else if (/\.(ts|mjs|cjs|jsx|tsx)$/i.test(file)) {
      const right = file.replace(/\.\w+$/, '.js')
      report(top, `Botpress runs only files named *.js: this one never runs.`, {
        fixes: [{ title: `Rename the hook to ${right}`, edits: [], renameTo: slashed.slice(0, -file.length) + right }]
      })
    }
  }
}
