import { Cards } from './Cards.tsx'
import { Gesture } from './controls.tsx'
import { Icon } from './Icon.tsx'
import { TEXTS } from './texts.ts'
import { OTHER_VIEWS, ViewTabs } from './trace/Views.tsx'
import { useStore } from './use.ts'

/** The trace in the view that was chosen, with the search that all views share. */
export function TraceView() {
  const store = useStore()
  const { view } = store.saved
  const Other = view === 'stories' ? undefined : OTHER_VIEWS[view]
  return (
    <div class="trace">
      <ViewTabs />
      {(view === 'stories' || view === 'timeline') && <SearchBar />}
      <Coming />
      <div class="view" id="trace-view" role="tabpanel" aria-labelledby={`view-${view}`}>
        {Other ? <Other /> : <Stories />}
      </div>
    </div>
  )
}

/** How much of a long past is still to come. */
function Coming() {
  const { coming } = useStore()
  if (!coming) return null
  return (
    <div class="coming">
      <label for="coming">{TEXTS.coming}</label>
      <progress id="coming" value={coming.come} max={coming.of} />
    </div>
  )
}

/** Words, problems, and the way to forget. */
function SearchBar() {
  const store = useStore()
  const { filter, problemsOnly } = store.saved
  return (
    <search class="trace-bar">
      <input
        type="search"
        class="filter"
        value={filter}
        placeholder={TEXTS.filter}
        aria-label={TEXTS.filterHint}
        spellcheck={false}
        onInput={event => store.update({ filter: event.currentTarget.value })}
      />
      <button
        type="button"
        class="toggle"
        title={TEXTS.problemsOnly}
        aria-label={TEXTS.problemsOnly}
        aria-pressed={problemsOnly}
        onClick={() => store.update({ problemsOnly: !problemsOnly })}
      >
        <Icon name="warning" />
        <span>{TEXTS.problemsOnly}</span>
      </button>
      <Gesture icon="clear" text={TEXTS.clear} hint={TEXTS.clearHint} onUse={() => store.send({ kind: 'clear' })} />
    </search>
  )
}

/** A card per event, page or accident, of which only those in sight are in the document. */
function Stories() {
  const store = useStore()
  const { filter, problemsOnly } = store.saved
  const stories = store.visible()
  return (
    <>{stories.length > 0 ? <Cards key={`${filter}\n${problemsOnly}\n${store.index.stories[0]?.id}`} stories={stories} /> : <Empty />}</>
  )
}

function Empty() {
  const store = useStore()
  if (store.index.stories.length === 0) {
    return (
      <div class="empty">
        <p>{TEXTS.nothingYet}</p>
        <p class="hint">{TEXTS.nothingYetHint}</p>
      </div>
    )
  }
  return (
    <div class="empty">
      <p>{TEXTS.nothingMatches}</p>
      <button type="button" class="secondary" onClick={() => store.update({ filter: '', problemsOnly: false })}>
        {TEXTS.showAll}
      </button>
    </div>
  )
}
