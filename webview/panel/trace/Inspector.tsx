import { useRef, useState } from 'preact/hooks'
import { changesAt, eventAt } from '../../../src/trace/event-at.ts'
import { lineOf } from '../../../src/trace/step-table.ts'
import { duration } from '../../../src/trace/words.ts'
import { PlaceLink } from '../PlaceLink.tsx'
import { ChangeRow } from '../StoryDetails.tsx'
import { Tree } from '../Tree.tsx'
import { useStore } from '../use.ts'
import { VIEW_TEXTS as TEXTS } from './texts.ts'

/** What lies behind the entry that is looked at: its place, what it changed and whether that lasts, the event's object at that moment, the entry itself. */
export function Inspector() {
  const store = useStore()
  const { selected, inspector } = store.saved
  const box = useRef<HTMLElement>(null)
  const entry = selected === undefined ? undefined : store.entryAt(selected)
  const story = entry && store.index.storyAt(entry.seq)
  if (!entry || !story) return null
  const line = lineOf(entry)
  const changes = changesAt(story, entry.seq)
  const ending = endingOf(story, entry)
  const seen = changes.length > 0 || entry.kind === 'hook-started' ? eventAt(story, ending?.seq ?? entry.seq) : eventAt(story, entry.seq)
  const { kind: _kind, seq: _seq, ...body } = entry
  return (
    <>
      <InspectorBar box={box} />
      <section class="inspector" ref={box} aria-label={TEXTS.inspector} style={{ flex: `0 0 ${inspector * 100}%` }}>
        <div class="inspector-head">
          <span class="inspector-title">
            {line?.text ?? entry.kind}
            {ending?.kind === 'hook-ended' && <span class="took"> {duration(ending.ms)}</span>}
          </span>
          {line?.place && <PlaceLink place={line.place} />}
          <button type="button" class="link" onClick={() => store.show(entry.seq)}>
            {TEXTS.showStory}
          </button>
        </div>
        {changes.length > 0 && (
          <>
            <h2>{TEXTS.changedHere}</h2>
            <ul class="changes">
              {changes.map(change => (
                <ChangeRow key={change.path} change={change} />
              ))}
            </ul>
          </>
        )}
        {seen && (
          <>
            <h2>{changes.length > 0 ? TEXTS.eventHere : TEXTS.eventBefore}</h2>
            <Tree key={`event ${entry.seq}`} value={seen} name="event" path="event" />
          </>
        )}
        <h2>{TEXTS.entryOf}</h2>
        <Tree key={entry.seq} value={body} name={entry.kind} path="entry" open />
        {ending && (
          <>
            <h2>{TEXTS.endedWith}</h2>
            <Tree key={ending.seq} value={ending} name={ending.kind} path="entry" />
          </>
        )}
      </section>
    </>
  )
}

/** The end of a span that begins with an entry. */
function endingOf(story: NonNullable<ReturnType<ReturnType<typeof useStore>['index']['storyAt']>>, entry: { kind: string; seq: number }) {
  if (entry.kind !== 'hook-started') return undefined
  const started = story.entries.find(other => other.seq === entry.seq)
  if (started?.kind !== 'hook-started') return undefined
  return story.entries.find(
    other =>
      other.kind === 'hook-ended' && other.seq > entry.seq && other.place.file === started.place.file && other.hookType === started.hookType
  )
}

const inRange = (part: number) => Math.max(0.15, Math.min(0.8, part))

/** The line above the inspector: drawn with the pointer, moved with the arrow keys. */
function InspectorBar({ box }: { box: { current: HTMLElement | null } }) {
  const store = useStore()
  const [drawing, setDrawing] = useState(false)
  const { inspector } = store.saved
  const keys = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowUp: inspector + 0.05, ArrowDown: inspector - 0.05, Home: 0.8, End: 0.15 }
    const next = moves[event.key]
    if (next === undefined) return
    event.preventDefault()
    store.update({ inspector: inRange(next) })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule (hr) cannot be moved.
    <div
      class="inspector-bar"
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={TEXTS.inspectorHeight}
      aria-valuenow={Math.round(inspector * 100)}
      aria-valuemin={15}
      aria-valuemax={80}
      onKeyDown={keys}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDrawing(true)
      }}
      onPointerMove={event => {
        const outer = box.current?.parentElement?.getBoundingClientRect()
        if (drawing && outer) store.update({ inspector: inRange((outer.bottom - event.clientY) / outer.height) })
      }}
      onPointerUp={() => setDrawing(false)}
      onPointerCancel={() => setDrawing(false)}
    />
  )
}
