import { useRef, useState } from 'preact/hooks'
import type { PanelState } from '../../../src/protocol/panel.ts'
import { Action, Group } from '../controls.tsx'
import { useStore } from '../use.ts'
import { playsOn } from './fitting.ts'
import { STAGE_TEXTS as TEXTS } from './texts.ts'

const MODES = ['off', 'event', 'run'] as const
const FORMATS = ['json', 'markdown', 'html'] as const

/** The run as a whole: play it again, keep it. */
export function RunDrawer({ panel }: { panel: PanelState }) {
  const store = useStore()
  const file = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string>()
  const empty = !store.index.stories.some(story => story.kind === 'event' || story.kind === 'sent')
  const ofBot = playsOn(panel) === 'bot'
  const unsaid = empty && !store.entries.some(entry => entry.kind === 'chat-received')
  const busy = panel.replaying === true || panel.status !== 'ready'
  const replay = (what: 'event' | 'run', reversed = false) => store.send({ kind: 'replay', what, ...(reversed && { reversed }) })
  const importIt = async () => {
    const chosen = file.current?.files?.[0]
    if (!chosen) return
    if (file.current) file.current.value = ''
    try {
      const { readTranscript } = await import('../../../src/trace/transcript/transcript.ts')
      store.send({ kind: 'playTranscript', transcript: readTranscript(await chosen.text()) })
      setProblem(undefined)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <>
      {ofBot && <p class="hint">{TEXTS.runOfBot}</p>}
      {!ofBot && (
        <>
          <Group title={TEXTS.again}>
            <Action text={TEXTS.lastEvent} hint={TEXTS.lastEventHint} disabled={busy || empty} onUse={() => replay('event')} />
            <Action text={TEXTS.wholeRun} hint={TEXTS.wholeRunHint} disabled={busy || empty} onUse={() => replay('run')} />
            <Action text={TEXTS.otherOrder} hint={TEXTS.otherOrderHint} disabled={busy || empty} onUse={() => replay('run', true)} />
            {panel.replaying && <span class="hint">{TEXTS.replaying}</span>}
          </Group>
          <Group title={TEXTS.onSave}>
            {MODES.map(mode => (
              <label key={mode} class="switch">
                <input
                  type="radio"
                  name="live"
                  checked={(panel.live ?? 'off') === mode}
                  onChange={() => store.send({ kind: 'live', mode })}
                />
                <span>{TEXTS.live[mode].title}</span>
              </label>
            ))}
          </Group>
          <Group title={TEXTS.keep}>
            <Action text={TEXTS.scenario} hint={TEXTS.scenarioHint} disabled={empty} onUse={() => store.send({ kind: 'saveScenario' })} />
            {empty && <span class="hint">{TEXTS.nothingToKeep}</span>}
          </Group>
        </>
      )}
      <Group title={TEXTS.transcript}>
        {FORMATS.map(format => (
          <Action
            key={format}
            text={TEXTS.formats[format]}
            disabled={unsaid}
            onUse={() => void import('./export.ts').then(part => part.exportTranscript(store, format))}
          />
        ))}
        {!ofBot && <Action text={TEXTS.importTranscript} hint={TEXTS.importHint} disabled={busy} onUse={() => file.current?.click()} />}
        <input
          ref={file}
          type="file"
          accept=".json,application/json"
          class="unseen"
          tabIndex={-1}
          aria-label={TEXTS.importTranscript}
          onChange={() => void importIt()}
        />
        {problem && (
          <span class="problem" role="alert">
            {problem}
          </span>
        )}
      </Group>
    </>
  )
}
