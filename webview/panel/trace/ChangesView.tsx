import { useState } from 'preact/hooks'
import type { Pair } from '../../../src/trace/compare.ts'
import { Icon, type IconName } from '../Icon.tsx'
import { useStore } from '../use.ts'
import { VIEW_TEXTS as TEXTS } from './texts.ts'

const ICONS: Record<Pair['fate'], IconName> = { same: 'good', changed: 'warning', added: 'newVisitor', removed: 'close' }

/** What came out otherwise when something was played again. */
export function ChangesView() {
  const store = useStore()
  const [all, setAll] = useState(false)
  const { changes } = store
  if (!changes) {
    return (
      <div class="findings">
        <div class="empty">
          <p>{TEXTS.noReplay}</p>
          <p class="hint">{TEXTS.noReplayHint}</p>
        </div>
      </div>
    )
  }
  const { pairs, count } = changes.diff
  const shown = all ? pairs : pairs.filter(pair => pair.fate !== 'same')
  return (
    <div class="findings">
      <p class="pair hint">{TEXTS.after(changes.title)}</p>
      <ol>
        {shown.map((pair, n) => (
          <PairRow key={`${n} ${pair.title}`} pair={pair} />
        ))}
      </ol>
      {(changes.differing === 0 || count.same > 0) && (
        <div class="pair">
          <p class="hint">{changes.differing === 0 ? TEXTS.allSame : TEXTS.same(count.same)}</p>
          {!all && count.same > 0 && (
            <button type="button" class="link" onClick={() => setAll(true)}>
              {TEXTS.showSame}
            </button>
          )}
        </div>
      )}
    </div>
  )
}

function PairRow({ pair }: { pair: Pair }) {
  const store = useStore()
  const side = pair.after ?? pair.before
  return (
    <li class={`pair ${pair.fate}`}>
      <p class="pair-head">
        <Icon name={ICONS[pair.fate]} />
        <button type="button" class="link pair-title" onClick={() => side && store.show(side.story.id)}>
          {pair.title}
        </button>
        <span class="pair-fate">{TEXTS.fates[pair.fate]}</span>
      </p>
      {pair.differences.length > 0 && (
        <dl class="differences">
          {pair.differences.map(({ what, before, after }) => (
            <>
              <dt key={`${what} name`}>{TEXTS.differs[what]}</dt>
              <dd key={what}>
                <del class="was">{before ?? TEXTS.nothing}</del> → <ins class="is">{after ?? TEXTS.nothing}</ins>
              </dd>
            </>
          ))}
        </dl>
      )}
    </li>
  )
}
