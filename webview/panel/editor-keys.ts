import type { PressedKey } from '../shared/editor-keys.ts'

/**
 * Presses keys again that were pressed in a framed page or chat and that the editor may want: the editor listens to this window alone. Only what somebody
 * presses who is in that frame at this moment counts, not what a page's script makes up.
 */
export function pressHandedOnKeys(): void {
  window.addEventListener('message', ({ source, data }) => {
    if (!isKey(data) || !isInFocus(source) || !navigator.userActivation.isActive) return
    const event = new KeyboardEvent('keydown', { ...data.chord, bubbles: true, cancelable: true })
    window.dispatchEvent(event)
  })
}

function isKey(data: unknown): data is PressedKey {
  const { proactiveHooks, chord } = (data ?? {}) as Partial<PressedKey>
  return proactiveHooks === 'key' && typeof chord?.key === 'string'
}

/** Whether a window is that of the frame that has the keyboard, or one within it. */
function isInFocus(source: MessageEventSource | null): boolean {
  const focused = document.activeElement
  if (!(focused instanceof HTMLIFrameElement)) return false
  for (let at = source as Window | null; at && at !== at.parent; at = at.parent) if (at === focused.contentWindow) return true
  return false
}
