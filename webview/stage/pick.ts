import { choosing, chosen } from './mark.ts'

/** What belongs to a press; none of it reaches the page while something is chosen. */
const PRESS = ['pointerdown', 'pointerup', 'mousedown', 'mouseup', 'touchstart', 'touchend', 'click', 'auxclick', 'dblclick', 'contextmenu']

/** A page whose touches somebody may forbid scrolls slower. */
const isTouch = (name: string) => name.startsWith('touch')

/** Lets the author choose a part of the page with which something was done: by pointer, or by Enter on what has the focus; Escape ends it. */
export class Picker {
  /** Newest first; undefined: nothing is chosen now. */
  #selectors: readonly string[] | undefined
  #tell: (selector: string | undefined, isCancelled: boolean) => void

  constructor(tell: (selector: string | undefined, isCancelled: boolean) => void) {
    this.#tell = tell
    for (const name of PRESS) addEventListener(name, event => this.#press(event), { capture: true, passive: isTouch(name) })
    addEventListener('pointermove', event => this.#selectors && chosen.show(this.#at(event.target)?.element), { capture: true })
    addEventListener('keydown', event => this.#key(event), { capture: true })
  }

  offer(selectors: readonly string[] | undefined): void {
    this.#selectors = selectors
    choosing.show(selectors && document.documentElement)
    chosen.show(undefined)
  }

  #press(event: Event): void {
    if (!this.#selectors || !event.isTrusted) return
    if (!isTouch(event.type)) event.preventDefault()
    event.stopImmediatePropagation()
    if (event.type === 'click') this.#choose(event.target)
  }

  #key(event: KeyboardEvent): void {
    if (!this.#selectors || !event.isTrusted || (event.key !== 'Escape' && event.key !== 'Enter')) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (event.key === 'Enter') this.#choose(document.activeElement)
    else this.#end(undefined, true)
  }

  #choose(target: EventTarget | null): void {
    this.#end(this.#at(target)?.selector, false)
  }

  #end(selector: string | undefined, isCancelled: boolean): void {
    this.offer(undefined)
    this.#tell(selector, isCancelled)
  }

  /** The innermost part round the target with which something was done. */
  #at(target: EventTarget | null): { element: Element; selector: string } | undefined {
    for (let element = target instanceof Element ? target : null; element; element = element.parentElement) {
      const selector = this.#selectors?.find(selector => isOf(element!, selector))
      if (selector !== undefined) return { element, selector }
    }
    return undefined
  }
}

function isOf(element: Element, selector: string): boolean {
  try {
    return element.matches(selector)
  } catch {
    return false
  }
}
