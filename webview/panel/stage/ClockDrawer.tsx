import { useState } from 'preact/hooks'
import type { ClockCommand, PanelState } from '../../../src/protocol/panel.ts'
import { durationOf, isDuration } from '../../../src/trace/length.ts'
import { duration } from '../../../src/trace/words.ts'
import { Action, Choice, Gesture, Group, Switch, TextField } from '../controls.tsx'
import { useClock, useStore } from '../use.ts'
import { clockText, localInput, PLUS } from './clock-text.ts'
import { playsOn } from './fitting.ts'
import { STAGE_TEXTS as TEXTS } from './texts.ts'

const SPEEDS = ['1', '10', '60', '600'] as const

/** The one clock of page, line, hooks and engine. */
export function ClockDrawer({ panel }: { panel: PanelState }) {
  const store = useStore()
  const clock = useClock() ?? panel.clock
  const [date, setDate] = useState<string>()
  const [first, setFirst] = useState<string>()
  const [length, setLength] = useState('')
  const [problem, setProblem] = useState<string>()
  const act = (command: ClockCommand) => store.send({ kind: 'clock', command })
  const isVirtual = clock.kind === 'virtual'
  const goTo = (event: Event) => {
    event.preventDefault()
    const at = Date.parse(date ?? localInput(clock.now))
    if (!Number.isNaN(at)) act({ do: 'goTo', at })
  }
  const letPass = (event: Event) => {
    event.preventDefault()
    const isLength = isDuration(length)
    setProblem(isLength ? undefined : TEXTS.noLength(length))
    if (isLength) act({ do: 'advance', ms: durationOf(length) })
  }
  const begin = (event: Event) => {
    event.preventDefault()
    const startAt = Date.parse(first ?? localInput(clock.now))
    if (!Number.isNaN(startAt)) act({ do: 'virtual', startAt })
  }
  return (
    <>
      <Switch text={TEXTS.virtual} hint={TEXTS.virtualHint} on={isVirtual} onTurn={on => act({ do: on ? 'virtual' : 'real' })} />
      {!isVirtual && <p class="hint">{TEXTS.realTime}</p>}
      {playsOn(panel) === 'bot' && <p class="hint">{TEXTS.ownTime}</p>}
      {isVirtual && (
        <>
          <p class="clock-face">
            <time dateTime={new Date(clock.now).toISOString()}>{clockText(clock.now)}</time>
            <span class="hint">
              {clock.moving && !clock.playing
                ? TEXTS.moving
                : clock.nextDue === undefined
                  ? TEXTS.noNext
                  : TEXTS.next(duration(Math.max(0, clock.nextDue - clock.now)))}
            </span>
          </p>
          <div class="row">
            <Gesture
              icon={clock.playing ? 'pause' : 'play'}
              text={clock.playing ? TEXTS.pause : TEXTS.play}
              hint={clock.playing ? TEXTS.pause : TEXTS.play}
              onUse={() => act(clock.playing ? { do: 'pause' } : { do: 'play', speed: clock.speed })}
            />
            <Gesture icon="step" text={TEXTS.step} hint={TEXTS.stepHint} disabled={clock.playing} onUse={() => act({ do: 'step' })} />
            <Choice
              label={TEXTS.speed}
              value={String(clock.speed)}
              options={SPEEDS.map(speed => [speed, `${speed}×`] as const)}
              onChoose={speed => act({ do: 'play', speed: Number(speed) })}
            />
          </div>
          <div class="row">
            {PLUS.map(([text, ms]) => (
              <Action key={text} text={TEXTS.plus(text)} hint={TEXTS.plusHint(text)} onUse={() => act({ do: 'advance', ms })} />
            ))}
          </div>
          <form class="inline" onSubmit={letPass} noValidate>
            <TextField label={TEXTS.length} value={length} hint={TEXTS.lengthHint} problem={problem} onInput={setLength} />
            <button type="submit" class="secondary">
              {TEXTS.letPass}
            </button>
          </form>
          <Group title={TEXTS.goTo}>
            <form class="inline" onSubmit={goTo}>
              <TextField label={TEXTS.goTo} bare type="datetime-local" value={date ?? localInput(clock.now)} onInput={setDate} />
              <button type="submit" class="secondary">
                {TEXTS.go}
              </button>
            </form>
          </Group>
        </>
      )}
      <Group title={TEXTS.beginAt}>
        <form class="inline" onSubmit={begin}>
          <TextField label={TEXTS.beginAt} bare type="datetime-local" value={first ?? localInput(clock.now)} onInput={setFirst} />
          <button type="submit" class="secondary" title={TEXTS.beginHint}>
            {TEXTS.begin}
          </button>
        </form>
      </Group>
    </>
  )
}
