import { STAGE } from './stage.ts'

/** A key as it was pressed. */
export type Chord = Pick<KeyboardEvent, 'key' | 'code' | 'keyCode' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey' | 'repeat'>

/** What a frame posts to the panel when a key was pressed in it that the editor may want. */
export interface PressedKey {
  proactiveHooks: 'key'
  chord: Chord
}

/** Keys with a name that editors bind together with Ctrl, Alt or Cmd; the others move and change text in fields. */
const NAMED = new Set(['Tab', 'PageUp', 'PageDown'])
/** With Ctrl or Cmd alone they change or copy what is in the frame. */
const OF_TEXT = new Set(['a', 'c', 'v', 'x', 'y', 'z'])

/**
 * Hands on keys that are the editor's: a frame in a webview takes all that is pressed in it, so F1 or Ctrl+P would do nothing while a page or chat has the
 * keyboard. What the page itself does something with stays there.
 *
 * @param own levels of frames of ours up to the one in the panel: 0 for a page, 1 for a chat in a page
 */
export function handOnKeys(own: 0 | 1): void {
  addEventListener('keydown', event => {
    if (!event.isTrusted || event.defaultPrevented || event.isComposing || !isEditors(event)) return
    const panel = panelAbove(own)
    if (!panel) return
    // A browser around the editor would do something of its own.
    event.preventDefault()
    const { key, code, keyCode, ctrlKey, altKey, shiftKey, metaKey, repeat } = event
    const message: PressedKey = { proactiveHooks: 'key', chord: { key, code, keyCode, ctrlKey, altKey, shiftKey, metaKey, repeat } }
    panel.postMessage(message, '*')
  })
}

function isEditors({ key, code, ctrlKey, altKey, shiftKey, metaKey }: KeyboardEvent): boolean {
  if (/^F\d+$/.test(key)) return true
  if (key.length > 1) return NAMED.has(key) && (ctrlKey || altKey || metaKey)
  if (ctrlKey || metaKey) {
    // AltGr types, and is Ctrl and Alt to some keyboards.
    if (altKey && code !== `Key${key.toUpperCase()}` && !/^\d$/.test(key)) return false
    return shiftKey || altKey || !OF_TEXT.has(key.toLowerCase())
  }
  // Alt types too where the key says something else than its letter.
  return altKey && code === `Key${key.toUpperCase()}`
}

/** The panel's window, where it is framed itself: in a plain browser nobody but the browser wants keys. */
function panelAbove(own: 0 | 1): Window | undefined {
  let page: Window = own === 1 ? window.parent : window
  while (page.parent !== page && hasStage(page.parent)) page = page.parent
  const panel = page.parent
  return panel === page || panel === panel.parent ? undefined : panel
}

function hasStage(above: Window): boolean {
  try {
    return STAGE in above
  } catch {
    // Of another origin: none of ours.
    return false
  }
}
