import type { PanelState } from '../../src/protocol/panel.ts'
import { Icon, type IconName } from './Icon.tsx'
import { TEXTS } from './texts.ts'
import { useStore } from './use.ts'

const ICONS: Record<PanelState['status'], IconName> = {
  starting: 'running',
  ready: 'good',
  stopped: 'wait',
  untrusted: 'warning',
  'no-bots': 'quiet',
  failed: 'error',
  played: 'quiet'
}

/**
 * The visitors' browsers: the page with its chat, or a sentence why there is none. Frames stay when the engine stops, as pages would; those of
 * other visitors and tabs stay too, out of sight.
 */
export function Stage({ panel }: { panel: PanelState }) {
  const allowed = panel.status !== 'untrusted' && panel.status !== 'no-bots'
  const frames = allowed ? framesOf(panel) : []
  const shown = frames.some(frame => frame.shown)
  return (
    <div class="stage">
      {panel.status !== 'ready' && <Standing panel={panel} over={shown} />}
      {frames.length > 1 && <Tabs panel={panel} />}
      <div class="frames">
        {frames.map(({ key, url, title, shown }) => (
          <iframe key={key} src={url} title={TEXTS.frameTitle(title)} data-shown={shown} inert={!shown} aria-hidden={!shown} />
        ))}
        {panel.status === 'ready' && !shown && <p class="standing">{panel.visitors.length > 0 ? TEXTS.pageLeft : TEXTS.noPage}</p>}
      </div>
    </div>
  )
}

function framesOf(panel: PanelState): { key: string; url: string; title: string; shown: boolean }[] {
  const titleOf = (id: string) => panel.pages.find(page => page.id === id)?.title ?? id
  return panel.visitors.flatMap(visitor =>
    visitor.tabs.flatMap(({ tab, page, url }) => {
      const shown = visitor.id === panel.visitorId && tab === visitor.tab
      // The address is part of the key: another one is another load.
      return url === undefined ? [] : [{ key: `${visitor.id} ${tab} ${url}`, url, title: titleOf(page), shown }]
    })
  )
}

/** Which browser and tab one looks at, where there are several. */
function Tabs({ panel }: { panel: PanelState }) {
  const store = useStore()
  const tabs = panel.visitors.flatMap(visitor => visitor.tabs.map(tab => ({ visitor, ...tab })))
  const idOf = (one: (typeof tabs)[number]) => `browser-${one.visitor.id}-${one.tab}`
  const isShown = (one: (typeof tabs)[number]) => one.visitor.id === panel.visitorId && one.tab === one.visitor.tab
  const show = (one: (typeof tabs)[number] | undefined) => {
    if (!one) return
    if (one.visitor.id !== panel.visitorId) store.send({ kind: 'visitor', command: { do: 'show', visitorId: one.visitor.id } })
    if (one.tab !== one.visitor.tab) store.send({ kind: 'visitor', command: { do: 'showTab', visitorId: one.visitor.id, tab: one.tab } })
    document.getElementById(idOf(one))?.focus()
  }
  const keys = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (step === undefined) return
    event.preventDefault()
    // The one that has the keyboard: keys may come faster than the host tells which one is shown.
    const focused = tabs.findIndex(one => idOf(one) === document.activeElement?.id)
    const at = focused < 0 ? tabs.findIndex(isShown) : focused
    show(tabs[(at + step + tabs.length) % tabs.length])
  }
  return (
    <div class="browser-tabs" role="tablist" aria-label={TEXTS.browsers} onKeyDown={keys}>
      {tabs.map(one => {
        const shown = isShown(one)
        const several = one.visitor.tabs.length > 1
        return (
          <span key={`${one.visitor.id} ${one.tab}`} class="browser-tab" role="presentation">
            <button
              type="button"
              role="tab"
              id={idOf(one)}
              aria-selected={shown}
              tabIndex={shown ? 0 : -1}
              title={one.page}
              onClick={() => show(one)}
            >
              {several ? TEXTS.browserTab(one.visitor.name, one.tab) : one.visitor.name}
              {one.url === undefined ? ` (${TEXTS.hasLeft})` : ''}
            </button>
            {several && (
              <button
                type="button"
                class="bare"
                tabIndex={shown ? 0 : -1}
                title={TEXTS.closeBrowserTab(one.visitor.name, one.tab)}
                aria-label={TEXTS.closeBrowserTab(one.visitor.name, one.tab)}
                onClick={() => store.send({ kind: 'visitor', command: { do: 'closeTab', visitorId: one.visitor.id, tab: one.tab } })}
              >
                <Icon name="close" />
              </button>
            )}
          </span>
        )
      })}
    </div>
  )
}

function Standing({ panel, over }: { panel: PanelState; over: boolean }) {
  const store = useStore()
  const inEditor = store.transport.kind === 'editor'
  const buttons: Partial<Record<PanelState['status'], [text: string, use: () => void]>> = {
    untrusted: inEditor
      ? [TEXTS.trust, () => store.send({ kind: 'trust' })]
      : [TEXTS.trustInBrowser, () => store.send({ kind: 'startEngine' })],
    stopped: [TEXTS.start, () => store.send({ kind: 'startEngine' })],
    failed: [TEXTS.startAgain, () => store.send({ kind: 'startEngine' })]
  }
  const button = buttons[panel.status]
  return (
    <div class={over ? 'standing over' : 'standing'} role="status">
      <span class={panel.status === 'starting' ? 'standing-icon turning' : 'standing-icon'}>
        <Icon name={ICONS[panel.status]} />
      </span>
      <p>{panel.message || TEXTS.status[panel.status]}</p>
      {button && (
        <button type="button" class="primary" onClick={button[1]}>
          {button[0]}
        </button>
      )}
    </div>
  )
}
