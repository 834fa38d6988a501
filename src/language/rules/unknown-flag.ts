import ts from 'typescript'
import { WELL_KNOWN_FLAGS } from '../../botpress/flags.ts'
import { isFlagName, pathsIn } from '../analysis/effects.ts'
import { closest, fix, replace } from '../analysis/rewrite.ts'
import { type HookRule, hookSample } from '../rule.ts'

const NAMES = Object.keys(WELL_KNOWN_FLAGS)
const FLAGS = 'bp.IO.WellKnownFlags.'

export const rule: HookRule = {
  id: 'BPH010',
  name: 'unknown-flag',
  severity: 'error',
  about: 'hook',
  title: 'a flag that nobody reads',
  visitor: 'As if the line were not there: the bot answers the trigger, or forgets what it was told.',
  why: 'Flags are the symbols of `bp.IO.WellKnownFlags`. A string, or a misspelt name, which is undefined, is accepted without a word and has no effect (R5.2).',
  bad: hookSample("event.setFlag('skipDialogEngine', true)\n"),
  good: hookSample('event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)\n'),
  check({ source, model, report }) {
    for (const { flag } of model.flags) {
      if (!ts.isStringLiteralLike(flag)) continue
      const meant = meantBy(flag.text)
      report(flag, `A flag is a symbol, not a string: nothing reads '${flag.text}', so this has no effect.`, {
        fixes: meant ? [fix(`Use bp.IO.WellKnownFlags.${meant}`, [replace(flag, FLAGS + meant)], true)] : []
      })
    }
    for (const { node, path } of pathsIn([source], model.aliases)) {
      if (!path.startsWith(FLAGS) || !ts.isPropertyAccessExpression(node)) continue
      const name = path.slice(FLAGS.length).split('.')[0]!
      if (isFlagName(name)) continue
      const meant = meantBy(name)
      report(
        node.name,
        `There is no flag ${name}: this is undefined, and setting it has no effect.${meant ? ` Did you mean ${meant}?` : ''}`,
        {
          fixes: meant ? [fix(`Use ${meant}`, [replace(node.name, meant)], true)] : []
        }
      )
    }
  }
}

function meantBy(word: string): string | undefined {
  const byDescription = NAMES.find(name => WELL_KNOWN_FLAGS[name as keyof typeof WELL_KNOWN_FLAGS].description === word)
  if (byDescription) return byDescription
  if (/AVOID_QNA/i.test(word)) return 'SKIP_QNA_PROCESSING'
  const bare = (name: string) => name.replaceAll('_', '')
  const found = closest(bare(word), NAMES.map(bare))
  return found && NAMES.find(name => bare(name) === found)
}
