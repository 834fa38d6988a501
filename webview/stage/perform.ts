import type { Gesture } from '../../src/trace/stage-entries.ts'

type Of<G extends Gesture['do']> = Gesture & { do: G }
/** What is done in the page itself; the rest is the chat's or the host's. */
export type PageGesture = Of<
  | 'reload'
  | 'leave'
  | 'navigate'
  | 'scroll'
  | 'move'
  | 'pointerLeaves'
  | 'focus'
  | 'blur'
  | 'type'
  | 'submit'
  | 'click'
  | 'key'
  | 'hide'
  | 'show'
>

const PERFORM: { [G in PageGesture['do']]: (gesture: Of<G>) => void } = {
  reload: () => location.reload(),
  leave: () => location.replace('about:blank'),
  navigate: ({ to }) => {
    const { href: oldURL, hash } = location
    history.pushState(null, '', to)
    dispatchEvent(new PopStateEvent('popstate', { state: null }))
    // Pages whose routes are fragments listen for this; a link to a fragment causes both.
    if (location.hash !== hash) dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: location.href }))
  },
  scroll: ({ to }) => {
    const { scrollHeight, clientHeight } = document.documentElement
    scrollTo({ top: ((scrollHeight - clientHeight) * to) / 100, behavior: 'instant' })
    // A page that is too short to scroll, or seen by nobody, tells nothing by itself.
    document.dispatchEvent(new Event('scroll', { bubbles: true }))
  },
  move: () => pointer(document.body, 'move', { clientX: 10, clientY: 10, bubbles: true }),
  pointerLeaves: ({ edge }) => {
    const middle = { clientX: innerWidth / 2, clientY: innerHeight / 2 }
    const at = {
      top: { ...middle, clientY: -1 },
      bottom: { ...middle, clientY: innerHeight + 1 },
      left: { ...middle, clientX: -1 },
      right: { ...middle, clientX: innerWidth + 1 }
    }[edge]
    pointer(document.documentElement, 'out', { ...at, bubbles: true, relatedTarget: null })
    for (const target of [document.body, document.documentElement, document]) pointer(target, 'leave', { ...at, relatedTarget: null })
  },
  focus: ({ selector }) => {
    const element = found(selector)
    element.focus({ preventScroll: false })
    // A window without the focus gives none to its parts, and a chat beside it may have it.
    if (document.activeElement === element && document.hasFocus()) return
    element.dispatchEvent(new FocusEvent('focus'))
    element.dispatchEvent(new FocusEvent('focusin', { bubbles: true }))
  },
  blur: ({ selector }) => {
    const element = found(selector)
    const had = document.activeElement === element && document.hasFocus()
    element.blur()
    if (had) return
    element.dispatchEvent(new FocusEvent('blur'))
    element.dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
  },
  type: ({ into, text }) => fill(found(into), text),
  submit: ({ selector, values = {} }) => {
    const form = found(selector)
    if (!(form instanceof HTMLFormElement)) throw new Error(`${selector} is no form.`)
    for (const [name, value] of Object.entries(values)) {
      const field = form.elements.namedItem(name)
      if (!(field instanceof HTMLElement)) throw new Error(`The form ${selector} has no field “${name}”.`)
      fill(field, value)
    }
    const button = form.querySelector<HTMLElement>('button:not([type=button]):not([type=reset]), input[type=submit], input[type=image]')
    if (button) button.click()
    else form.requestSubmit()
  },
  click: ({ selector }) => {
    const element = found(selector)
    for (const name of ['down', 'up']) pointer(element, name, { bubbles: true, cancelable: true })
    element.click()
  },
  key: ({ key }) => {
    const target = document.activeElement ?? document.body
    for (const name of ['keydown', 'keyup']) target.dispatchEvent(new KeyboardEvent(name, { key, bubbles: true, cancelable: true }))
  },
  hide: () => seen('hidden'),
  show: () => seen('visible')
}

export function isPageGesture(gesture: Gesture): gesture is PageGesture {
  return Object.hasOwn(PERFORM, gesture.do)
}

/** Does in the page as a visitor would. @throws Error with a sentence for the user */
export function perform(gesture: PageGesture): void {
  ;(PERFORM[gesture.do] as (gesture: Gesture) => void)(gesture)
}

function found(selector: string): HTMLElement {
  let element: Element | null
  try {
    element = document.querySelector(selector)
  } catch {
    throw new Error(`“${selector}” is no CSS selector.`)
  }
  if (!(element instanceof HTMLElement)) throw new Error(`The page has nothing at “${selector}”.`)
  return element
}

function pointer(target: EventTarget, name: string, init: MouseEventInit): void {
  target.dispatchEvent(new PointerEvent(`pointer${name}`, { view: window, ...init }))
  target.dispatchEvent(new MouseEvent(`mouse${name}`, { view: window, ...init }))
}

/** Writes into a field so that frameworks notice, which watch the property. */
function fill(field: HTMLElement, text: string): void {
  if (field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')) {
    if (field.checked !== (text === 'true' || text === field.value)) field.click()
    return
  }
  if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) {
    const prototype = Object.getPrototypeOf(field) as object
    Object.getOwnPropertyDescriptor(prototype, 'value')!.set!.call(field, text)
  } else if (field.isContentEditable) field.textContent = text
  else throw new Error('This is no field to write into.')
  field.dispatchEvent(new KeyboardEvent('keydown', { key: text.at(-1) ?? 'Backspace', bubbles: true }))
  field.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }))
  field.dispatchEvent(new KeyboardEvent('keyup', { key: text.at(-1) ?? 'Backspace', bubbles: true }))
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

function seen(state: 'hidden' | 'visible'): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => state === 'hidden' })
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  dispatchEvent(new FocusEvent(state === 'hidden' ? 'blur' : 'focus'))
}
