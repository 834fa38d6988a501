import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Story } from '../../src/trace/story.ts'
import { Heights } from './heights.ts'
import { Icon } from './Icon.tsx'
import { StoryCard } from './StoryCard.tsx'
import { TEXTS } from './texts.ts'
import { Only, useStore } from './use.ts'
import { useHeight } from './use-height.ts'

/** px of a card that was never drawn. */
const ESTIMATE = 66
/** px drawn above and below what can be seen. */
const OVERSCAN = 400
/** So near to its end the list follows what is appended. */
const NEAR_END = 32

/** Cards of which only those in sight are in the document. Follows its end, unless one has scrolled up. */
export function Cards({ stories }: { stories: Story[] }) {
  const store = useStore()
  const scroller = useRef<HTMLDivElement>(null)
  const heights = useRef(new Heights(ESTIMATE)).current
  const follows = useRef(store.saved.reading === undefined)
  /** Where one was when the panel was closed, or the list another one; wanted until that is there again, or one scrolls. */
  const wish = useRef(store.saved.reading)
  const seen = useRef(stories.length)
  /** A step that is to be brought into sight as soon as it is drawn. */
  const sought = useRef<typeof store.reveal>(undefined)
  const [, redraw] = useState(0)
  const [top, setTop] = useState(0)
  const height = useHeight(scroller, 800)
  const [active, setActive] = useState<number>()
  heights.shrink(stories.length)
  while (heights.count < stories.length) heights.push()

  const toEnd = () => {
    const node = scroller.current
    if (node) node.scrollTop = node.scrollHeight
  }
  const seek = () => {
    const step = sought.current && scroller.current?.querySelector(`[data-sought="${sought.current.turn}"]`)
    if (!step) return
    const { focus } = sought.current!
    sought.current = undefined
    if (focus) step.querySelector('button')?.focus({ preventScroll: true })
    step.scrollIntoView({ block: 'nearest' })
  }
  // Measures what was drawn; what grew above the first card in sight must not push it away.
  useLayoutEffect(() => {
    const node = scroller.current
    if (!node) return
    const anchor = heights.at(node.scrollTop)
    let above = 0
    let changed = false
    for (const item of node.querySelectorAll<HTMLElement>('.item')) {
      const index = Number(item.dataset.index)
      const grown = index < heights.count ? heights.set(index, item.offsetHeight) : 0
      if (grown !== 0) changed = true
      if (index < anchor) above += grown
    }
    if (above !== 0 && !follows.current) node.scrollTop += above
    if (changed) redraw(n => n + 1)
    if (wish.current !== undefined) {
      const { story, above } = wish.current
      const index = stories.findIndex(({ id }) => id === story)
      const wanted = index < 0 ? undefined : heights.offset(index) + above
      if (wanted !== undefined) node.scrollTop = wanted
      // What was not drawn yet has heights that are only guessed.
      if (wanted !== undefined && !changed && Math.abs(node.scrollTop - wanted) < 1) wish.current = undefined
    } else if (follows.current) {
      seen.current = stories.length
      toEnd()
    }
    seek()
  })
  const wanted = store.reveal
  useEffect(() => {
    const index = wanted ? stories.findIndex(story => story.id === wanted.id) : -1
    const node = scroller.current
    if (index < 0 || !node || !wanted) return
    follows.current = false
    wish.current = undefined
    setActive(wanted.id)
    node.scrollTop = heights.offset(index)
    sought.current = wanted
    seek()
  }, [wanted?.turn])

  const free = () => {
    wish.current = undefined
    sought.current = undefined
  }
  const onScroll = () => {
    const node = scroller.current
    if (!node) return
    if (wish.current !== undefined) return setTop(node.scrollTop)
    follows.current = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_END
    if (follows.current) seen.current = stories.length
    setTop(node.scrollTop)
    const index = heights.at(node.scrollTop)
    const reading = stories[index] && { story: stories[index].id, above: node.scrollTop - heights.offset(index) }
    store.remember({ reading: follows.current ? undefined : reading })
  }
  const focusStory = (index: number) => {
    const story = stories[Math.max(0, Math.min(index, stories.length - 1))]
    const node = scroller.current
    if (!story || !node) return
    follows.current = false
    setActive(story.id)
    const start = heights.offset(stories.indexOf(story))
    if (start < node.scrollTop || start > node.scrollTop + node.clientHeight - ESTIMATE) node.scrollTop = start
    requestAnimationFrame(() => requestAnimationFrame(() => node.querySelector<HTMLElement>(`[data-story="${story.id}"]`)?.focus()))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const toggle = (event.target as HTMLElement).closest<HTMLElement>('[data-story]')
    const index = toggle ? stories.findIndex(story => story.id === Number(toggle.dataset.story)) : -1
    const story = stories[index]
    if (!story) return
    const moves: Record<string, () => void> = {
      ArrowDown: () => focusStory(index + 1),
      ArrowUp: () => focusStory(index - 1),
      Home: () => focusStory(0),
      End: () => focusStory(stories.length - 1),
      ArrowRight: () => store.toggle(story, true),
      ArrowLeft: () => store.toggle(story, false)
    }
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    move()
  }

  const first = heights.at(Math.max(0, top - OVERSCAN))
  const last = heights.at(top + height + OVERSCAN)
  const activeIndex = active === undefined ? stories.length - 1 : stories.findIndex(story => story.id === active)
  const drawn = Array.from({ length: last - first + 1 }, (_, n) => first + n).filter(index => index < stories.length)
  // The card that holds the focus stays in the document wherever one scrolls.
  if (activeIndex >= 0 && activeIndex < first) drawn.unshift(activeIndex)
  if (activeIndex > last) drawn.push(activeIndex)
  const newer = stories.length - seen.current
  return (
    <div class="cards-frame">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons of the cards, which are reached one by one. */}
      <div class="cards" ref={scroller} onScroll={onScroll} onKeyDown={onKeyDown} onWheel={free} onPointerDown={free}>
        <ol class="cards-list" style={{ height: `${heights.total}px` }} aria-label={TEXTS.trace}>
          {drawn.map(index => {
            const story = stories[index]!
            const open = store.isOpen(story)
            const isActive = index === activeIndex
            return (
              <li
                key={story.id}
                class="item"
                data-index={index}
                aria-setsize={stories.length}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${heights.offset(index)}px)` }}
              >
                <Measured onResize={() => redraw(n => n + 1)}>
                  <Only of={[story, story.version, open, isActive]}>
                    {() => (
                      <StoryCard
                        story={story}
                        verdict={store.verdict(story)}
                        open={open}
                        active={isActive}
                        onActivate={() => {
                          setActive(story.id)
                          // What one reads must not run away to the end.
                          if (index < stories.length - 1) follows.current = false
                        }}
                      />
                    )}
                  </Only>
                </Measured>
              </li>
            )
          })}
        </ol>
      </div>
      {newer > 0 && !follows.current && (
        <button
          type="button"
          class="newer"
          onClick={() => {
            follows.current = true
            toEnd()
          }}
        >
          <Icon name="down" /> {TEXTS.newer(newer)}
          <span class="unseen">. {TEXTS.toNewest}</span>
        </button>
      )}
    </div>
  )
}

/** Tells when its content takes another height: a step was opened, or the panel is wider now. */
function Measured({ onResize, children }: { onResize(): void; children: preact.ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const node = box.current
    if (!node) return
    let before = node.offsetHeight
    const observer = new ResizeObserver(() => {
      if (node.offsetHeight === before) return
      before = node.offsetHeight
      onResize()
    })
    observer.observe(node)
    return () => observer.disconnect()
  }, [])
  return <div ref={box}>{children}</div>
}
