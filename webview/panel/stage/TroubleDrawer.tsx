import { useState } from 'preact/hooks'
import type { Conditions, HookFault, LineConditions } from '../../../src/protocol/conditions.ts'
import type { PanelState } from '../../../src/protocol/panel.ts'
import { Action, Choice, Group, Switch, TextField } from '../controls.tsx'
import { Icon } from '../Icon.tsx'
import { useStore } from '../use.ts'
import { hooksSeen } from './seen.ts'
import { STAGE_TEXTS as TEXTS } from './texts.ts'
import { faultText, troublesOf } from './troubles.ts'

/** Trouble on the line, in hooks, with bots: each a visible choice that takes effect at once. */
export function TroubleDrawer({ panel }: { panel: PanelState }) {
  const store = useStore()
  const { conditions } = panel
  const { line } = conditions
  const set = (change: Partial<Conditions>) => store.send({ kind: 'conditions', conditions: { ...conditions, ...change } })
  const setLine = (change: LineConditions) => set({ line: clean({ ...line, ...change }) })
  const troubles = troublesOf(conditions)
  return (
    <>
      <Group title={TEXTS.line}>
        <Choice
          label={TEXTS.delay}
          value={String(line.delayMs ?? '')}
          options={withOwn(TEXTS.delays, line.delayMs)}
          onChoose={value => setLine({ delayMs: value ? Number(value) : undefined })}
        />
        <Choice
          label={TEXTS.lose}
          value={line.lose ?? ''}
          options={TEXTS.loses}
          onChoose={value => setLine({ lose: (value || undefined) as LineConditions['lose'] })}
        />
        <Choice
          label={TEXTS.order}
          value={line.order === 'reversed' ? 'reversed' : ''}
          options={TEXTS.orders}
          onChoose={value => setLine({ order: (value || undefined) as LineConditions['order'] })}
        />
        <Choice
          label={TEXTS.handshake}
          value={String(line.handshake ?? '')}
          options={withOwn(TEXTS.handshakes, line.handshake)}
          onChoose={value => setLine({ handshake: value === 'never' ? 'never' : value ? Number(value) : undefined })}
        />
        <Choice
          label={TEXTS.backend}
          value={String(line.status ?? '')}
          options={withOwn(TEXTS.backends, line.status)}
          onChoose={value => setLine({ status: value ? Number(value) : undefined })}
        />
      </Group>
      <Faults faults={conditions.hooks} onChange={hooks => set({ hooks })} />
      {panel.bots.length > 0 && (
        <Group title={TEXTS.bots}>
          {panel.bots.map(bot => (
            <Switch
              key={bot}
              text={TEXTS.mounted(bot)}
              on={!conditions.unmounted.includes(bot)}
              onTurn={on => set({ unmounted: on ? conditions.unmounted.filter(other => other !== bot) : [...conditions.unmounted, bot] })}
            />
          ))}
        </Group>
      )}
      <div class="row">
        <Action text={TEXTS.restartServer} hint={TEXTS.restartServerHint} onUse={() => store.send({ kind: 'restartServer' })} />
        <Action text={TEXTS.normal} disabled={troubles.length === 0} onUse={() => set({ line: {}, hooks: [], unmounted: [] })} />
        {troubles.length === 0 && <span class="hint">{TEXTS.isNormal}</span>}
      </div>
    </>
  )
}

function Faults({ faults, onChange }: { faults: readonly HookFault[]; onChange(faults: HookFault[]): void }) {
  const store = useStore()
  const [hook, setHook] = useState('')
  const [what, setWhat] = useState<HookFault['what']>('throw')
  const [seconds, setSeconds] = useState('3')
  const [problem, setProblem] = useState<string>()
  const add = (event: Event) => {
    event.preventDefault()
    const name = hook.trim()
    setProblem(name ? undefined : TEXTS.hookMissing)
    if (!name) return
    const ms = what === 'slow' ? { ms: Math.max(0, Number(seconds) || 0) * 1000 } : {}
    onChange([...faults.filter(fault => fault.hook !== name), { hook: name, what, ...ms }])
    setHook('')
  }
  return (
    <Group title={TEXTS.hooks}>
      {faults.length > 0 && (
        <ul class="staged-list">
          {faults.map(fault => (
            <li key={fault.hook}>
              <Icon name="warning" />
              <span>{faultText(fault)}</span>
              <button
                type="button"
                class="bare"
                aria-label={TEXTS.endFault(faultText(fault))}
                title={TEXTS.endFault(faultText(fault))}
                onClick={() => onChange(faults.filter(other => other !== fault))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <form class="inline" onSubmit={add} noValidate>
        <TextField
          label={TEXTS.hook}
          value={hook}
          hint={TEXTS.hookHint}
          options={hooksSeen(store.entries)}
          problem={problem}
          onInput={setHook}
        />
        <Choice label={TEXTS.does} value={what} options={TEXTS.faults} onChoose={value => setWhat(value as HookFault['what'])} />
        {what === 'slow' && <TextField label={TEXTS.seconds} type="number" value={seconds} onInput={setSeconds} />}
        <button type="submit" class="secondary">
          {TEXTS.stageFault}
        </button>
      </form>
    </Group>
  )
}

/** A value that was set elsewhere is offered as well. */
function withOwn(options: readonly (readonly [string, string])[], value: string | number | undefined): (readonly [string, string])[] {
  const own = String(value ?? '')
  return options.some(([known]) => known === own) ? [...options] : [...options, [own, own]]
}

const clean = (line: LineConditions) =>
  Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined)) as LineConditions
