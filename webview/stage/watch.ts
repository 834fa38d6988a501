import type { Gesture } from '../../src/trace/stage-entries.ts'
import { selectorOf } from './selector.ts'

const FIELD =
  'input:not([type=button]):not([type=submit]):not([type=reset]):not([type=checkbox]):not([type=radio]):not([type=image]), textarea, select, [contenteditable=""], [contenteditable=true]'
const SECRET = 'input[type=password], [autocomplete^=cc-], [autocomplete=one-time-code]'
const SUBMITS = 'button:not([type=button]):not([type=reset]), input[type=submit], input[type=image]'
/** Keys that are no text. */
const KEYS = new Set(['Escape', 'Enter', 'Tab', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'])
const SCROLL_PAUSE_MS = 200

/** Tells what the visitor does by hand in the page, in the words in which it can be done again. What scripts do is not told. */
export function watchGestures(tell: (gesture: Gesture) => void): void {
  let scrolled: number | undefined
  let wheelAt = 0
  const later = window.setTimeout.bind(window)
  const stop = window.clearTimeout.bind(window)
  const on = (name: string, hear: (event: Event, target: HTMLElement) => void) =>
    addEventListener(name, event => event.isTrusted && hear(event, event.target instanceof HTMLElement ? event.target : document.body), {
      capture: true,
      passive: true
    })

  on('click', (_, target) => {
    // Chats tell by themselves.
    if (target.closest('#voiceflow-chat')) return
    // A click on a field only goes into it, and one on a submit button submits; both are told as such.
    if (target.closest(FIELD)) return
    const submits = target.closest<HTMLButtonElement>(SUBMITS)
    if (submits?.form?.checkValidity()) return
    const link = target.closest('a[href], button, summary, label, [role=button], [onclick], input')
    tell({ do: 'click', selector: selectorOf(link ?? target) })
  })
  on('focusin', (_, target) => target.matches(FIELD) && tell({ do: 'focus', selector: selectorOf(target) }))
  on('change', (_, target) => {
    if (!target.matches(FIELD) || target.matches(SECRET)) return
    tell({ do: 'type', into: selectorOf(target), text: (target as HTMLInputElement).value })
  })
  on('submit', (_, target) => tell({ do: 'submit', selector: selectorOf(target) }))
  on('keydown', (event, target) => {
    const { key, isComposing } = event as KeyboardEvent
    if (KEYS.has(key) && !isComposing && !(target.matches(FIELD) && key !== 'Escape')) tell({ do: 'key', key })
  })
  on('wheel', () => {
    wheelAt = performance.timeOrigin + performance.now()
  })
  on('scroll', event => {
    // A page scrolls by itself too; only what follows a hand's movement is the visitor's.
    if (event.target !== document || performance.timeOrigin + performance.now() - wheelAt > 1000) return
    stop(scrolled)
    scrolled = later(() => {
      const { scrollTop, scrollHeight, clientHeight } = document.documentElement
      if (scrollHeight > clientHeight) tell({ do: 'scroll', to: Math.round((100 * scrollTop) / (scrollHeight - clientHeight)) })
    }, SCROLL_PAUSE_MS)
  })
  document.documentElement.addEventListener('mouseleave', event => {
    if (!event.isTrusted) return
    const { clientX, clientY } = event
    const edge = clientY <= 0 ? 'top' : clientX <= 0 ? 'left' : clientX >= innerWidth - 1 ? 'right' : 'bottom'
    tell({ do: 'pointerLeaves', edge })
  })
}
