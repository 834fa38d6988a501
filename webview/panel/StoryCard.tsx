import { diagnosticsOf } from '../../src/trace/diagnostics.ts'
import type { Story } from '../../src/trace/story.ts'
import { titleOf } from '../../src/trace/title.ts'
import type { Verdict } from '../../src/trace/verdict.ts'
import { Icon, TONE_ICONS } from './Icon.tsx'
import { lazy } from './lazy.tsx'
import { PlaceLink } from './PlaceLink.tsx'
import { RuleLink } from './RuleLink.tsx'
import { TEXTS } from './texts.ts'
import { useStore } from './use.ts'

const Details = lazy(() => import('./StoryDetails.tsx').then(part => part.Details))

interface Props {
  story: Story
  verdict: Verdict
  open: boolean
  /** The one card of the list that the Tab key reaches. */
  active: boolean
  onActivate(): void
}

/** A story: what it is called, how it came out, and why. Opened, all there is to know of it. */
export function StoryCard({ story, verdict, open, active, onActivate }: Props) {
  const store = useStore()
  const id = `story-${story.id}`
  const toggle = () => {
    onActivate()
    store.toggle(story)
    if (!open) store.select(story.id)
  }
  return (
    <article class={`card ${verdict.tone} ${open ? 'open' : ''}`} aria-labelledby={`${id}-title`}>
      <h2 class="card-head">
        <button
          type="button"
          id={`${id}-title`}
          class="card-toggle"
          aria-expanded={open}
          aria-describedby={`${id}-headline`}
          tabIndex={active ? 0 : -1}
          data-story={story.id}
          onFocus={onActivate}
          onClick={toggle}
        >
          <span class="twist">
            <Icon name="chevron" />
          </span>
          <span class="card-title">{titleOf(story)}</span>
          <span class="chip">
            <Icon name={TONE_ICONS[verdict.tone]} label={TEXTS.tones[verdict.tone]} />
            {verdict.chip}
          </span>
          <time class="card-time" dateTime={new Date(startOf(story)).toISOString()}>
            {clockTime(startOf(story))}
          </time>
        </button>
      </h2>
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the button above does the same by keyboard. */}
      <div class="verdict" onClick={open ? undefined : toggle}>
        {(open ? verdict.paragraphs : [verdict.headline]).map((text, n) => (
          <p key={text} class="headline" id={n === 0 ? `${id}-headline` : undefined}>
            <Prose text={text} />
          </p>
        ))}
        {open && verdict.advice.map(advice => <Advice key={advice} text={advice} />)}
        {open && <References verdict={verdict} />}
      </div>
      {open && <Details story={story} />}
    </article>
  )
}

function Advice({ text }: { text: string }) {
  return (
    <p class="advice">
      <Icon name="bulb" label={TEXTS.toDo} />
      <span>
        <Prose text={text} />
      </span>
    </p>
  )
}

/** Words between back-ticks are code. */
export function Prose({ text }: { text: string }) {
  return <>{text.split('`').map((part, n) => (n % 2 === 1 ? <code key={part}>{part}</code> : part))}</>
}

function References({ verdict }: { verdict: Verdict }) {
  const rules = diagnosticsOf(verdict)
  if (verdict.places.length === 0 && rules.length === 0) return null
  return (
    <p class="references">
      {verdict.places.map(place => (
        <PlaceLink key={`${place.file}:${place.line}`} place={place} />
      ))}
      {rules.length > 0 && (
        <span class="rules">
          <span class="unseen">{TEXTS.rules}: </span>
          {rules.map(rule => (
            <RuleLink key={rule} rule={rule} />
          ))}
        </span>
      )}
    </p>
  )
}

const startOf = (story: Story) => story.entries[0]?.at ?? 0

const clockTime = (at: number) =>
  new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
