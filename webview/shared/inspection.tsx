import { useState } from 'preact/hooks'
import { Stroke } from './stroke.tsx'

/** Puts the name of a message on its element. */
const MESSAGE = 'data-message'

type Held = 'focused' | 'hovered'

/**
 * Messages that can be looked at one by one: with the pointer over one, or by the arrow keys from the list, which holds the focus. `isActive` names
 * those that offer to be inspected; offering it at all would put as many stops in the keyboard's way, and be read out with every message.
 */
export function useInspection() {
  const [held, setHeld] = useState<Partial<Record<Held, string | undefined>>>({})
  const hold = (how: Held, name: string | undefined) => {
    if (held[how] !== name) setHeld({ ...held, [how]: name })
  }
  const list = {
    onFocusIn: (event: FocusEvent) => hold('focused', nameAt(event.target)),
    onFocusOut: (event: FocusEvent) => hold('focused', nameAt(event.relatedTarget)),
    onPointerOver: (event: PointerEvent) => hold('hovered', nameAt(event.target)),
    onPointerLeave: () => hold('hovered', undefined),
    onKeyDown: (event: KeyboardEvent) => {
      const list = event.currentTarget as HTMLElement
      const messages = [...list.querySelectorAll<HTMLElement>(`[${MESSAGE}]`)]
      const from = messages.findIndex(message => message === event.target || event.target === list)
      // In a field or button of a message the keys are its own.
      if (from < 0) return
      const at = event.target === list ? messages.length : from
      const moves: Record<string, number> = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: messages.length - 1 }
      const next = moves[event.key]
      const message = next === undefined ? undefined : messages[next]
      if (!message) return
      event.preventDefault()
      message.focus()
    }
  }
  return { list, isActive: (name: string) => held.focused === name || held.hovered === name }
}

const nameAt = (target: EventTarget | null) =>
  target instanceof Element ? (target.closest(`[${MESSAGE}]`)?.getAttribute(MESSAGE) ?? undefined) : undefined

/** Leads from a message to what is known of it. */
export function InspectButton({ onInspect }: { onInspect(): void }) {
  return (
    <button type="button" class="inspect" aria-label="Inspect this message" title="Inspect this message" onClick={onInspect}>
      <Stroke path="M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM15.2 15.2 20 20" size={15} width={2} />
    </button>
  )
}

/** Brings what is marked into sight. */
export function showMarked(root: ParentNode): void {
  const marked = root.querySelectorAll('[aria-current]')
  marked[marked.length - 1]?.scrollIntoView({ block: 'nearest' })
}
