import { TEXTS } from './texts.ts'
import { useStore } from './use.ts'

/** A rule of the editor's diagnostics; a click asks the host for the page that explains it. */
export function RuleLink({ rule }: { rule: string }) {
  const store = useStore()
  return (
    <button type="button" class="link rule" title={TEXTS.ruleHint(rule)} onClick={() => store.send({ kind: 'openRule', rule })}>
      {rule}
    </button>
  )
}
