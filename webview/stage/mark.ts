let shown: Animation | undefined

/** Draws a frame round a part of the page, or none any more, and changes nothing of what the page's scripts find: an animation is no attribute. */
export function markElement(selector: string | undefined): void {
  shown?.cancel()
  shown = undefined
  const element = selector === undefined ? undefined : found(selector)
  if (!element) return
  element.scrollIntoView({ block: 'nearest' })
  const frame = { outline: '3px solid Highlight', outlineOffset: '2px' }
  shown = element.animate([frame, frame], { duration: 1, fill: 'forwards' })
}

function found(selector: string): Element | undefined {
  try {
    return document.querySelector(selector) ?? undefined
  } catch {
    return undefined
  }
}
