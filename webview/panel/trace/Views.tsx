import { Icon } from '../Icon.tsx'
import { lazy } from '../lazy.tsx'
import type { Saved } from '../saved.ts'
import { TEXTS } from '../texts.ts'
import { useStore } from '../use.ts'

export type View = Saved['view']
const VIEWS = ['stories', 'timeline', 'findings', 'changes'] as const

export const OTHER_VIEWS = {
  timeline: lazy(() => import('./TimelineView.tsx').then(part => part.TimelineView)),
  findings: lazy(() => import('./FindingsView.tsx').then(part => part.FindingsView)),
  changes: lazy(() => import('./ChangesView.tsx').then(part => part.ChangesView))
} as const

/** The ways to look at the trace; how many findings there are stands on theirs. */
export function ViewTabs() {
  const store = useStore()
  const { view } = store.saved
  const found = store.findings?.length ?? 0
  const changed = store.changes?.differing ?? 0
  const shown = VIEWS.filter(name => name !== 'changes' || store.changes || view === 'changes')
  const choose = (next: View) => {
    store.update({ view: next })
    document.getElementById(`view-${next}`)?.focus()
  }
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    // The one of now: keys may come faster than frames.
    choose(shown[(shown.indexOf(store.saved.view) + step + shown.length) % shown.length]!)
  }
  return (
    <div class="views" role="tablist" aria-label={TEXTS.traceViews} onKeyDown={keys}>
      {shown.map(name => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`view-${name}`}
          aria-selected={view === name}
          aria-controls="trace-view"
          tabIndex={view === name ? 0 : -1}
          onClick={() => store.update({ view: name })}
        >
          {TEXTS.traceView[name]}
          {name === 'findings' && found > 0 && <span class="count">{found}</span>}
          {name === 'changes' && changed > 0 && <span class="count">{changed}</span>}
          {name === 'changes' && store.panel?.replaying && <Icon name="running" />}
        </button>
      ))}
    </div>
  )
}
