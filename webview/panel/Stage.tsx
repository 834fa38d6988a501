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
  failed: 'error'
}

/** The visitor's browser: the page with its chat, or a sentence why there is none. The frame stays when the engine stops, as a page would. */
export function Stage({ panel }: { panel: PanelState }) {
  const address = panel.frameUrl
  const frame = address !== undefined && panel.status !== 'untrusted' && panel.status !== 'no-bots'
  const title = panel.pages.find(page => page.id === panel.page)?.title ?? panel.page ?? ''
  return (
    <div class="stage">
      {panel.status !== 'ready' && <Standing panel={panel} over={frame} />}
      {frame && <iframe key={address} src={address} title={TEXTS.frameTitle(title)} />}
      {panel.status === 'ready' && !frame && <p class="standing">{TEXTS.noPage}</p>}
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
