import { useState } from 'preact/hooks'
import { eventAt } from '../../src/trace/event-at.ts'
import { type StateChange, stateChangesOf } from '../../src/trace/state.ts'
import { type Step, stepsOf } from '../../src/trace/steps.ts'
import type { Story } from '../../src/trace/story.ts'
import { duration, inline } from '../../src/trace/words.ts'
import { Icon, type IconName } from './Icon.tsx'
import { PlaceLink } from './PlaceLink.tsx'
import { Tree } from './Tree.tsx'
import { TEXTS } from './texts.ts'
import { useStore } from './use.ts'

/** So many steps are drawn before one has to ask for more. */
const AT_ONCE = 150

/** All there is to know of a story: steps, what became of the state, the event's object. */
export function Details({ story }: { story: Story }) {
  const changes = stateChangesOf(story)
    .filter(change => change.path.startsWith('state.'))
    .sort((a, b) => Number(a.own ?? false) - Number(b.own ?? false))
  const event = eventAt(story)
  return (
    <div class="details">
      <Steps story={story} />
      {changes.length > 0 && (
        <section>
          <h3>{TEXTS.state}</h3>
          <ul class="changes">
            {changes.map(change => (
              <ChangeRow key={change.path} change={change} />
            ))}
          </ul>
        </section>
      )}
      {story.received?.direction === 'incoming' && <LeftOut botId={story.received.botId} />}
      {event !== undefined && (
        <section>
          <h3>{TEXTS.eventObject}</h3>
          <Tree value={event} name="event" path="event" />
        </section>
      )}
    </div>
  )
}

/** Files of that bot that an author may take for hooks: why the event did not run them. */
function LeftOut({ botId }: { botId: string }) {
  const files = useStore().panel?.leftOut?.filter(file => file.botId === undefined || file.botId === botId) ?? []
  if (files.length === 0) return null
  return (
    <section>
      <h3>{TEXTS.leftOut}</h3>
      <ul class="left-out">
        {files.map(({ file, why }) => (
          <li key={file}>
            <PlaceLink place={{ file }} />: {why}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Steps({ story }: { story: Story }) {
  const [limit, setLimit] = useState(AT_ONCE)
  const [all, setAll] = useState(false)
  const { reveal } = useStore()
  const every = stepsOf(story)
  const wanted = reveal?.id === story.id ? reveal.seq : undefined
  // What hardly ever matters is asked for; a story of nothing else is shown as it is.
  const telling = every.filter(step => !step.minor)
  const steps = all || telling.length === 0 || every.some(step => step.minor && step.seq === wanted) ? every : telling
  // An entry without a line of its own is told by the one before.
  const sought =
    wanted === undefined
      ? -1
      : Math.max(
          0,
          steps.findLastIndex(({ seq }) => seq <= wanted)
        )
  const shown = Math.max(limit, sought + 1)
  return (
    <section>
      <h3>{TEXTS.steps}</h3>
      <ol class="steps">
        {steps.slice(0, shown).map((step, n) => (
          <StepRow key={`${step.seq}-${n}`} step={step} story={story} sought={n === sought ? reveal?.turn : undefined} />
        ))}
      </ol>
      {steps.length > shown ? (
        <button type="button" class="link" onClick={() => setLimit(shown + AT_ONCE * 4)}>
          {TEXTS.moreSteps(steps.length - shown)}
        </button>
      ) : (
        steps.length < every.length && (
          <button type="button" class="link" onClick={() => setAll(true)}>
            {TEXTS.minorSteps(every.length - steps.length)}
          </button>
        )
      )}
    </section>
  )
}

const STEP_ICONS: Record<Step['icon'], IconName> = {
  page: 'page',
  send: 'send',
  event: 'event',
  hook: 'hook',
  flag: 'flag',
  reply: 'reply',
  chat: 'chat',
  flow: 'flow',
  decision: 'decision',
  state: 'state',
  clock: 'clock',
  log: 'log',
  error: 'error',
  warning: 'warning',
  network: 'network',
  wait: 'wait',
  engine: 'engine'
}

/** @param sought the turn of the wish to see it, if there is one */
function StepRow({ step, story, sought }: { step: Step; story: Story; sought: number | undefined }) {
  const store = useStore()
  const [open, setOpen] = useState(false)
  const entry = open ? story.entries.find(entry => entry.seq === step.seq) : undefined
  const toggle = () => {
    setOpen(!open)
    if (!open) store.select(step.seq)
  }
  const took = step.open ? TEXTS.stillRunning : step.ms !== undefined && step.ms >= 1 ? duration(step.ms) : undefined
  return (
    <li
      class={`step level-${step.level} ${step.tone ?? 'plain'}`}
      data-sought={sought}
      aria-current={store.saved.selected === step.seq || undefined}
    >
      <div class="step-row">
        <button type="button" class="step-toggle" aria-expanded={open} onClick={toggle}>
          <span class="step-time">{`+${duration(step.offset)}`}</span>
          <span class="step-icon">
            <Icon name={STEP_ICONS[step.icon]} />
          </span>
          <span class="step-text">
            {step.text}
            {took && <span class="took"> {took}</span>}
          </span>
        </button>
        {step.place && <PlaceLink place={step.place} />}
      </div>
      {entry && (
        <div class="step-entry">
          <Tree value={bodyOf(entry)} name={entry.kind} path="entry" open />
        </div>
      )}
    </li>
  )
}

/** A change with what became of it. */
export function ChangeRow({ change }: { change: StateChange }) {
  const icon: Record<StateChange['fate'], IconName> = { kept: 'good', discarded: 'close', leaking: 'warning', pending: 'running' }
  return (
    <li class={`change ${change.fate} ${change.own ? 'own' : ''}`}>
      <span class="badge">
        <Icon name={icon[change.fate]} />
        {TEXTS.fates[change.fate]}
      </span>
      <code class="change-path">{change.path}</code>
      <span class="change-values">
        {'before' in change ? inline(change.before, 40) : TEXTS.absent}
        {' → '}
        {'after' in change ? inline(change.after, 60) : TEXTS.absent}
      </span>
      {change.own && <span class="lasts">{TEXTS.ownChange}</span>}
      {!change.own && change.fate === 'kept' && change.lasts && <span class="lasts">{TEXTS.lasts[change.lasts]}</span>}
    </li>
  )
}

function bodyOf(entry: Story['entries'][number]): Record<string, unknown> {
  const { kind: _kind, ...body } = entry
  return body
}
