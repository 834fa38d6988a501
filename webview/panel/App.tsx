import { useRef } from 'preact/hooks'
import { titleOf } from '../../src/trace/title.ts'
import { Icon, TONE_ICONS } from './Icon.tsx'
import { lazy } from './lazy.tsx'
import { Splitter } from './Splitter.tsx'
import { Stage } from './Stage.tsx'
import { playsOn, UNFIT } from './stage/fitting.ts'
import { StageBar } from './stage/StageBar.tsx'
import { Toolbar } from './Toolbar.tsx'
import { TraceView } from './TraceView.tsx'
import { TEXTS } from './texts.ts'
import { useStore, useWidth } from './use.ts'

const SendForm = lazy(() => import('./SendForm.tsx').then(part => part.SendForm))

/** From this width on page and trace stand side by side, px. */
const SIDE_BY_SIDE = 680
/** Below this width buttons are pictures with names, px. */
const WORDS = 440

export function App() {
  const store = useStore()
  const root = useRef<HTMLElement>(null)
  const body = useRef<HTMLDivElement>(null)
  const width = useWidth(root)
  const wide = width >= SIDE_BY_SIDE
  const size = wide ? 'wide' : width < WORDS ? 'narrow small' : 'narrow'
  const { panel, saved } = store
  return (
    <main class={`app ${size}`} ref={root} aria-label={TEXTS.appName}>
      <h1 class="unseen">{TEXTS.appName}</h1>
      <p class="unseen" role="status" aria-live="polite">
        {store.announcement}
      </p>
      {store.line === 'lost' && <Banner level="warning" text={TEXTS.lost} />}
      {store.notices.map(notice => (
        <Banner key={notice.id} level={notice.level} text={notice.text} onDismiss={() => store.dismiss(notice.id)} />
      ))}
      {panel?.status === 'played' ? (
        <Played message={panel.message} />
      ) : panel ? (
        <>
          <header>
            <Toolbar panel={panel}>{!wide && <Tabs />}</Toolbar>
            {saved.draft.open && !UNFIT[playsOn(panel)].send && <SendForm panel={panel} />}
          </header>
          <div class="body" ref={body}>
            <section
              class="pane page-pane"
              id="pane-page"
              {...paneRole(wide, 'page')}
              hidden={false}
              inert={!wide && saved.tab !== 'page'}
              style={wide ? { flexBasis: `${saved.split * 100}%` } : {}}
              data-shown={wide || saved.tab === 'page'}
            >
              <StageBar panel={panel} />
              <Stage panel={panel} />
            </section>
            {wide && <Splitter body={body} />}
            <section
              class="pane trace-pane"
              id="pane-trace"
              {...paneRole(wide, 'trace')}
              data-shown={wide || saved.tab === 'trace'}
              inert={!wide && saved.tab !== 'trace'}
            >
              <TraceView />
            </section>
          </div>
          {!wide && saved.tab === 'page' && <Latest />}
        </>
      ) : (
        <p class="standing" role="status">
          {TEXTS.connecting}
        </p>
      )}
    </main>
  )
}

/** What happened in a scenario: nothing can be done any more, only read. */
function Played({ message }: { message: string | undefined }) {
  return (
    <>
      {message && <p class="played">{message}</p>}
      <div class="body">
        <section class="pane trace-pane" aria-label={TEXTS.trace} data-shown={true}>
          <TraceView />
        </section>
      </div>
    </>
  )
}

const paneRole = (wide: boolean, tab: 'page' | 'trace') =>
  wide
    ? ({ 'aria-label': tab === 'page' ? TEXTS.page : TEXTS.trace } as const)
    : ({ role: 'tabpanel', 'aria-labelledby': `tab-${tab}` } as const)

/** Page or trace, where there is no room for both. */
function Tabs() {
  const store = useStore()
  const { tab } = store.saved
  const choose = (next: 'page' | 'trace') => {
    store.update({ tab: next })
    document.getElementById(`tab-${next}`)?.focus()
  }
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') choose(store.saved.tab === 'page' ? 'trace' : 'page')
  }
  return (
    <div class="tabs" role="tablist" aria-label={TEXTS.views} onKeyDown={keys}>
      {(['page', 'trace'] as const).map(name => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={tab === name}
          aria-controls={`pane-${name}`}
          tabIndex={tab === name ? 0 : -1}
          onClick={() => store.update({ tab: name })}
        >
          {TEXTS[name]}
        </button>
      ))}
    </div>
  )
}

/**
 * In the narrow panel the page hides the trace; its newest word stays in sight. What is nothing special, such as the `visit` that every chat sends when
 * it is ready, does not take the place of an answer.
 */
function Latest() {
  const store = useStore()
  const told = store.index.stories.filter(({ kind }) => kind === 'event' || kind === 'sent' || kind === 'problem')
  const story = told.findLast(story => store.verdict(story).tone !== 'quiet') ?? told.at(-1)
  if (!story) return null
  const verdict = store.verdict(story)
  return (
    <button
      type="button"
      class={`latest ${verdict.tone}`}
      title={TEXTS.latest}
      onClick={() => {
        store.update({ tab: 'trace' })
        store.toggle(story, true)
      }}
    >
      <Icon name={TONE_ICONS[verdict.tone]} label={TEXTS.tones[verdict.tone]} />
      <span class="latest-text">
        <b>{titleOf(story)}</b> {verdict.headline.replaceAll('`', '')}
      </span>
    </button>
  )
}

function Banner({ level, text, onDismiss }: { level: 'info' | 'warning' | 'error'; text: string; onDismiss?: () => void }) {
  return (
    <div class={`banner ${level}`} role={level === 'error' ? 'alert' : 'status'}>
      <Icon name={level === 'info' ? 'quiet' : level} />
      <span>{text}</span>
      {onDismiss && (
        <button type="button" class="bare" aria-label={TEXTS.dismiss} title={TEXTS.dismiss} onClick={onDismiss}>
          <Icon name="close" />
        </button>
      )}
    </div>
  )
}
