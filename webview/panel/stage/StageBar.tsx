import type { PanelState } from '../../../src/protocol/panel.ts'
import { Icon, type IconName } from '../Icon.tsx'
import { lazy } from '../lazy.tsx'
import type { Saved } from '../saved.ts'
import { useClock, useStore } from '../use.ts'
import { BAR_TEXTS as TEXTS } from './bar-texts.ts'
import { clockParts } from './clock-text.ts'
import { countTroubles } from './count-troubles.ts'
import { playsOn, UNFIT } from './fitting.ts'

type Drawer = NonNullable<Saved['drawer']>

const DRAWERS = {
  visitor: lazy(() => import('./VisitorDrawer.tsx').then(part => part.VisitorDrawer)),
  clock: lazy(() => import('./ClockDrawer.tsx').then(part => part.ClockDrawer)),
  trouble: lazy(() => import('./TroubleDrawer.tsx').then(part => part.TroubleDrawer)),
  gesture: lazy(() => import('./GestureDrawer.tsx').then(part => part.GestureDrawer)),
  state: lazy(() => import('./StateDrawer.tsx').then(part => part.StateDrawer)),
  run: lazy(() => import('./RunDrawer.tsx').then(part => part.RunDrawer))
} as const

const ICONS: Record<Drawer, IconName> = {
  visitor: 'visitor',
  clock: 'clock',
  trouble: 'trouble',
  gesture: 'gesture',
  state: 'state',
  run: 'run'
}

/** What is staged, a word for each, and the drawers in which it is changed. One drawer is open at a time. */
export function StageBar({ panel }: { panel: PanelState }) {
  const store = useStore()
  const { drawer } = store.saved
  const idle = panel.status !== 'ready' && panel.status !== 'starting'
  const Open = drawer && DRAWERS[drawer]
  const unfit = drawer && UNFIT[playsOn(panel)][drawer]
  const close = () => {
    store.update({ drawer: undefined })
    document.getElementById(`drawer-${drawer}-button`)?.focus()
  }
  return (
    <div class="stage-head">
      <div class="stage-bar" role="toolbar" aria-label={TEXTS.stage}>
        {(Object.keys(ICONS) as Drawer[]).map(name => (
          <DrawerButton key={name} name={name} panel={panel} disabled={idle && drawer !== name} />
        ))}
      </div>
      {Open && (
        <section
          class="drawer"
          id={`drawer-${drawer}`}
          aria-label={TEXTS.drawers[drawer]}
          onKeyDown={event => event.key === 'Escape' && !event.defaultPrevented && close()}
        >
          {unfit ? <p class="hint">{unfit}</p> : <Open panel={panel} />}
        </section>
      )}
    </div>
  )
}

function DrawerButton({ name, panel, disabled }: { name: Drawer; panel: PanelState; disabled: boolean }) {
  const store = useStore()
  const open = store.saved.drawer === name
  const { before, word, after, busy, trouble } = useWord(name, panel)
  const text = [before, word, after].filter(Boolean).join(' ')
  return (
    <button
      type="button"
      id={`drawer-${name}-button`}
      class={`gesture ${trouble ? 'staged' : ''}`}
      title={TEXTS.hints[name]}
      aria-label={text ? `${TEXTS.drawers[name]}: ${text}` : TEXTS.drawers[name]}
      aria-expanded={open}
      aria-controls={open ? `drawer-${name}` : undefined}
      disabled={disabled}
      // What is drawn may be a frame behind.
      onClick={() => store.update({ drawer: store.saved.drawer === name ? undefined : name })}
    >
      <Icon name={busy ? 'running' : ICONS[name]} />
      <span class={text ? 'gesture-word' : 'gesture-text'}>
        {before && <span class="gesture-more">{before} </span>}
        {word ?? TEXTS.drawers[name]}
        {after && <span class="gesture-more"> {after}</span>}
      </span>
    </button>
  )
}

interface Word {
  /** Always there; `before` and `after` only where there is room. */
  word?: string
  before?: string
  after?: string
  busy?: boolean
  trouble?: boolean
}

/** What a button says of the standing of its drawer; nothing where everything is as usual. */
function useWord(name: Drawer, panel: PanelState): Word {
  const clock = useClock() ?? panel.clock
  if (name === 'visitor' && panel.visitors.length > 1) {
    const at = panel.visitors.findIndex(visitor => visitor.id === panel.visitorId)
    return { word: `${at + 1}/${panel.visitors.length}`, before: TEXTS.drawers.visitor }
  }
  if (name === 'clock' && clock.kind === 'virtual') {
    const { day, time } = clockParts(clock.now)
    return { before: day, word: time, busy: clock.moving && !clock.playing }
  }
  if (name === 'trouble') {
    const n = countTroubles(panel.conditions)
    return n > 0 ? { word: String(n), after: TEXTS.troubles(n), trouble: true } : {}
  }
  if (name === 'run' && panel.live && panel.live !== 'off') return { word: TEXTS.live[panel.live], after: TEXTS.onSave }
  return {}
}
