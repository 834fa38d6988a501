import { type ComponentChildren, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { InspectButton, useInspection } from '../shared/inspection.tsx'

const IsActive = createContext<(name: string) => boolean>(() => false)

/** The bubbles beside the launcher: read out as they come, reached one by one from here. */
export function Log({ class: names, isEmpty, children }: { class: string; isEmpty: boolean; children: ComponentChildren }) {
  const { list, isActive } = useInspection()
  return (
    <div
      class={names}
      role="log"
      aria-live="polite"
      aria-label="Messages beside the chat’s button"
      tabIndex={isEmpty ? undefined : 0}
      {...list}
    >
      <IsActive.Provider value={isActive}>{children}</IsActive.Provider>
    </div>
  )
}

interface BubbleProps {
  class: string
  /** How it is known outside of the page. */
  name: string
  isMarked: boolean
  onInspect(): void
  children: ComponentChildren
}

export function Bubble({ class: names, name, isMarked, onInspect, children }: BubbleProps) {
  const isActive = useContext(IsActive)
  return (
    <div class="bubble" data-message={name} tabIndex={-1} aria-current={isMarked || undefined}>
      <p class={names}>{children}</p>
      {isActive(name) && <InspectButton onInspect={onInspect} />}
    </div>
  )
}
