import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { LANES } from '../../../src/trace/lanes.ts'
import { parseQuery } from '../../../src/trace/query.ts'
import { barOf, type Row } from '../../../src/trace/timeline.ts'
import { duration } from '../../../src/trace/words.ts'
import { Icon, LANE_ICONS } from '../Icon.tsx'
import { useStore } from '../use.ts'
import { useHeight } from '../use-height.ts'
import { Inspector } from './Inspector.tsx'
import { Rows, textOfRow, toneOfRow } from './rows.ts'
import { VIEW_TEXTS as TEXTS } from './texts.ts'

/** px of a row; they are all alike, so that a row's place is a multiplication. */
const HEIGHT = 22
const OVERSCAN = 12
const NEAR_END = 30
/** Browsers cannot scroll further than some millions of px. */
const MOST_PX = 8_000_000

/** Every entry as a line on one clock: spans with their bars, moments, pauses between. */
export function TimelineView() {
  const store = useStore()
  store.rows ??= new Rows()
  const { rows } = store
  const { filter, lanes, problemsOnly } = store.saved
  const shown = rows.take(store, parseQuery(filter), lanes, problemsOnly)
  const toggle = (lane: string) => store.update({ lanes: lanes.includes(lane) ? lanes.filter(one => one !== lane) : [...lanes, lane] })
  return (
    <>
      <fieldset class="lanes" aria-label={TEXTS.lanesHint}>
        {LANES.map(lane => (
          <button
            key={lane}
            type="button"
            class="lane"
            title={`${TEXTS.lanesHint}: ${TEXTS.lanes[lane]}`}
            aria-pressed={lanes.includes(lane)}
            onClick={() => toggle(lane)}
          >
            {TEXTS.lanes[lane]}
          </button>
        ))}
      </fieldset>
      {shown.length > 0 ? (
        <List key={`${filter}\n${lanes}\n${problemsOnly}\n${store.entries[0]?.at}`} rows={shown} />
      ) : (
        <div class="empty">
          <p>{TEXTS.noRows}</p>
        </div>
      )}
      <Inspector />
    </>
  )
}

function List({ rows }: { rows: readonly Row[] }) {
  const store = useStore()
  const scroller = useRef<HTMLDivElement>(null)
  const { selected } = store.saved
  const at = selected === undefined ? -1 : rows.findIndex(row => row.entry.seq === selected)
  const follows = useRef(at < 0)
  const [top, setTop] = useState(0)
  const height = useHeight(scroller, 600)
  const total = rows.length * HEIGHT
  // A list that is too high for the browser is scrolled at a coarser scale.
  const scale = Math.max(1, total / MOST_PX)

  useLayoutEffect(() => {
    const node = scroller.current
    if (node && follows.current) node.scrollTop = node.scrollHeight
  })
  // Whatever else selected it: it is brought into sight.
  useEffect(() => {
    const node = scroller.current
    if (!node || at < 0) return
    const y = at * HEIGHT
    const first = node.scrollTop * scale
    if (y >= first && y + HEIGHT <= first + node.clientHeight) return
    follows.current = false
    node.scrollTop = Math.max(0, y - node.clientHeight / 2) / scale
  }, [selected])

  const select = (index: number) => {
    const row = rows[Math.max(0, Math.min(index, rows.length - 1))]
    if (row) store.select(row.entry.seq)
  }
  const keys = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor(height / HEIGHT) - 1)
    const from = at < 0 ? rows.length - 1 : at
    const moves: Record<string, number> = {
      ArrowDown: from + 1,
      ArrowUp: at < 0 ? from : from - 1,
      PageDown: from + page,
      PageUp: from - page,
      Home: 0,
      End: rows.length - 1
    }
    const next = moves[event.key]
    if (next !== undefined) {
      event.preventDefault()
      select(next)
    } else if (event.key === 'Enter' && at >= 0) store.show(rows[at]!.entry.seq)
  }
  const offset = top * scale
  const first = Math.max(0, Math.floor(offset / HEIGHT) - OVERSCAN)
  const last = Math.min(rows.length - 1, Math.ceil((offset + height) / HEIGHT) + OVERSCAN)
  const drawn = Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n)
  const story = at < 0 ? undefined : rows[at]!.story
  return (
    <div
      class="rows"
      ref={scroller}
      role="listbox"
      tabIndex={0}
      aria-label={TEXTS.timeline}
      aria-activedescendant={at >= first && at <= last ? `row-${rows[at]!.entry.seq}` : undefined}
      onKeyDown={keys}
      onScroll={event => {
        const node = event.currentTarget
        follows.current = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_END
        setTop(node.scrollTop)
      }}
    >
      <div class="rows-list" role="presentation" style={{ height: `${total / scale}px` }}>
        {drawn.map(index => (
          <Line
            key={rows[index]!.entry.seq}
            row={rows[index]!}
            y={index * HEIGHT - (scale > 1 ? offset - top : 0)}
            place={[index + 1, rows.length]}
            selected={index === at}
            ofStory={rows[index]!.story === story}
            onSelect={() => select(index)}
          />
        ))}
      </div>
    </div>
  )
}

interface LineProps {
  row: Row
  y: number
  place: [position: number, of: number]
  selected: boolean
  ofStory: boolean
  onSelect(): void
}

function Line({ row, y, place, selected, ofStory, onSelect }: LineProps) {
  const { from, width } = barOf(row)
  const tone = toneOfRow(row)
  const took = row.end === undefined ? undefined : row.end - row.entry.at
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys, as a list box does.
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names the line that is active.
    <div
      class={`trow ${tone} ${ofStory && !selected ? 'of-story' : ''}`}
      id={`row-${row.entry.seq}`}
      role="option"
      aria-selected={selected}
      aria-posinset={place[0]}
      aria-setsize={place[1]}
      style={{ transform: `translateY(${y}px)` }}
      onClick={onSelect}
    >
      <span class="trow-time">{clockTime(row.entry.at)}</span>
      <span class="trow-icon" style={{ marginLeft: `${row.level * 12}px` }}>
        <Icon name={tone === 'error' ? 'error' : LANE_ICONS[row.lane]} />
      </span>
      <span class="trow-text">
        {textOfRow(row)}
        {took !== undefined && took >= 1 && <span class="took"> {duration(took)}</span>}
      </span>
      {row.pause !== undefined && <span class="trow-pause">{TEXTS.later(duration(row.pause))}</span>}
      <span class="trow-scale" aria-hidden="true">
        <span
          class={`trow-bar ${row.lane} ${row.open ? 'open' : ''} ${row.failed ? 'failed' : ''}`}
          style={{ left: `${from * 99}%`, width: `${width * 99}%` }}
        />
      </span>
    </div>
  )
}

const formatter = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23'
})
const clockTime = (at: number) => formatter.format(at)
