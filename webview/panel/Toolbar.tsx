import type { ComponentChildren } from 'preact'
import type { PanelState } from '../../src/protocol/panel.ts'
import { Choice, Gesture } from './controls.tsx'
import { Icon } from './Icon.tsx'
import { playsOn, UNFIT } from './stage/fitting.ts'
import { TEXTS } from './texts.ts'
import { useStore } from './use.ts'

/** What is played, and the gestures that start it over. */
export function Toolbar({ panel, children }: { panel: PanelState; children: ComponentChildren }) {
  const store = useStore()
  const idle = panel.status !== 'ready'
  const { draft } = store.saved
  const unfit = UNFIT[playsOn(panel)].send
  // A page of a bot that does not exist belongs to none of them, and is there to be tried.
  const isOfNone = (botIds: readonly string[]) => !botIds.some(id => panel.bots.includes(id))
  const pages = panel.pages.filter(page => !panel.botId || isOfNone(page.botIds) || page.botIds.includes(panel.botId))
  return (
    <div class="toolbar">
      <div class="choices">
        {playsOn(panel) === 'botpress' && (
          <Choice
            label={TEXTS.bot}
            value={panel.botId ?? ''}
            options={panel.bots.length > 0 ? panel.bots.map(bot => [bot, bot]) : [['', TEXTS.noBots]]}
            onChoose={botId => store.send({ kind: 'choose', botId })}
          />
        )}
        <Choice
          label={TEXTS.page}
          value={panel.page ?? ''}
          options={(pages.length > 0 ? pages : panel.pages).map(page => [page.id, page.title])}
          onChoose={page => store.send({ kind: 'choose', page })}
        />
      </div>
      {children}
      <div class="gestures">
        <Gesture
          icon="restart"
          text={TEXTS.restartSame}
          hint={TEXTS.restartSameHint}
          disabled={idle}
          onUse={() => store.send({ kind: 'restart', as: 'same' })}
        />
        <Gesture
          icon="newVisitor"
          text={TEXTS.restartNew}
          hint={TEXTS.restartNewHint}
          disabled={idle}
          onUse={() => store.send({ kind: 'restart', as: 'new' })}
        />
        <Gesture
          icon="send"
          text={TEXTS.send}
          hint={unfit ?? TEXTS.sendHint}
          disabled={(idle && !draft.open) || unfit !== undefined}
          expanded={draft.open}
          onUse={() => store.update({ draft: { ...store.saved.draft, open: !store.saved.draft.open } })}
        />
        {panel.debugging && (
          <span class="debugging">
            <Icon name="engine" /> {TEXTS.debugging}
          </span>
        )}
      </div>
    </div>
  )
}
