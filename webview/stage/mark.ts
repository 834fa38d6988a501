/** Frames that change nothing of what the page's scripts find: an animation is no attribute. */
class Frame {
  #look: Keyframe
  #shown: Animation | undefined

  constructor(look: Keyframe) {
    this.#look = look
  }

  /** Round this element, or round none any more. */
  show(element: Element | undefined): void {
    this.#shown?.cancel()
    this.#shown = element?.animate([this.#look, this.#look], { duration: 1, fill: 'forwards' })
  }
}

const marked = new Frame({ outline: '3px solid Highlight', outlineOffset: '2px' })
/** Round what would be chosen. */
export const chosen = new Frame({ outline: '2px dashed Highlight', outlineOffset: '2px' })
/** On the whole page, while something is chosen. */
export const choosing = new Frame({ cursor: 'crosshair' })

let wanted: string | undefined

/** Draws a frame round a part of the page, or none any more; of a page that is still loading, as soon as the part is there. */
export function markElement(selector: string | undefined): void {
  wanted = selector
  const element = selector === undefined ? undefined : found(selector)
  marked.show(element)
  if (element) element.scrollIntoView({ block: 'nearest' })
  else if (selector !== undefined && document.readyState !== 'complete')
    addEventListener(document.readyState === 'loading' ? 'DOMContentLoaded' : 'load', () => wanted === selector && markElement(selector), {
      once: true
    })
}

function found(selector: string): Element | undefined {
  try {
    return document.querySelector(selector) ?? undefined
  } catch {
    return undefined
  }
}
