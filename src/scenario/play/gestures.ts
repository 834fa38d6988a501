import { ORIGIN } from '../page/dom-page.ts'
import type { DomView, PageElement } from '../page/page.ts'
import type { StepValue, StepWord } from '../schema/index.ts'
import type { Tab } from './visitor.ts'

/** What a visitor does in a page: the events that a browser would fire. */

type Gesture = (dom: DomView, value: never, tab: Tab) => void
type GestureWord = Extract<
  StepWord,
  'click' | 'type' | 'focus' | 'blur' | 'submit' | 'key' | 'scroll' | 'move' | 'pointerLeaves' | 'navigate' | 'hide' | 'show'
>

const PAGE_HEIGHT = 3000

export const GESTURES: { [W in GestureWord]: (dom: DomView, value: StepValue<W>, tab: Tab) => void } = {
  click(dom, selector, tab) {
    const element = one(dom, selector!)
    for (const name of ['pointerdown', 'mousedown', 'pointerup', 'mouseup']) mouse(dom, element, name)
    element.focus?.()
    const href: string | undefined = element.closest?.('a[href]')?.getAttribute('href')
    const { MouseEvent } = dom.window
    const goes = element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, clientX: 1, clientY: 1 }))
    if (goes && href !== undefined) follow(dom, href, tab)
  },
  type(dom, given) {
    const { into, text } = given as { into: string; text: string }
    const element = one(dom, into)
    element.focus()
    for (const letter of text) {
      keyboard(dom, element, 'keydown', letter)
      element.value = `${element.value ?? ''}${letter}`
      fire(dom, element, 'InputEvent', 'input', { bubbles: true, data: letter })
      keyboard(dom, element, 'keyup', letter)
    }
    fire(dom, element, 'Event', 'change', { bubbles: true })
  },
  focus: (dom, selector) => one(dom, selector!).focus(),
  blur: (dom, selector) => one(dom, selector!).blur(),
  submit(dom, selector) {
    const element = one(dom, selector!)
    const form = element.tagName === 'FORM' ? element : element.closest('form')
    if (!form) throw new Error(`“${selector}” is neither a form nor in one.`)
    form.requestSubmit()
  },
  key(dom, key) {
    const { document } = dom.window
    const element = document.activeElement ?? document.body
    keyboard(dom, element, 'keydown', key!)
    keyboard(dom, element, 'keyup', key!)
  },
  scroll(dom, to) {
    const { window } = dom
    const range = PAGE_HEIGHT - window.innerHeight
    const top =
      typeof to === 'number' ? to : String(to).endsWith('%') ? (range * Number.parseFloat(String(to))) / 100 : Number.parseFloat(String(to))
    const { documentElement } = window.document
    for (const name of ['scrollY', 'pageYOffset']) Object.defineProperty(window, name, { value: top, configurable: true, writable: true })
    Object.defineProperty(documentElement, 'scrollHeight', { value: PAGE_HEIGHT, configurable: true })
    documentElement.scrollTop = top
    fire(dom, window.document, 'Event', 'scroll', { bubbles: true })
  },
  move: (dom, to) =>
    mouse(dom, dom.window.document.body, 'mousemove', to && typeof to === 'object' && 'x' in to ? { clientX: to.x, clientY: to.y } : {}),
  pointerLeaves(dom, edge) {
    const { documentElement } = dom.window.document
    const { innerWidth, innerHeight } = dom.window
    const at = { top: [innerWidth / 2, -1], left: [-1, 200], right: [innerWidth + 1, 200], bottom: [innerWidth / 2, innerHeight + 1] }[
      edge as 'top'
    ]
    const where = { clientX: at[0]!, clientY: at[1]!, relatedTarget: null }
    mouse(dom, documentElement, 'mouseout', where)
    mouse(dom, documentElement, 'mouseleave', { ...where, bubbles: false })
    mouse(dom, dom.window.document, 'mouseleave', { ...where, bubbles: false })
  },
  navigate(dom, to) {
    const { window } = dom
    const oldURL = window.location.href
    window.history.pushState({}, '', to)
    fire(dom, window, 'PopStateEvent', 'popstate', { state: {} })
    if (to!.startsWith('#')) fire(dom, window, 'HashChangeEvent', 'hashchange', { oldURL, newURL: window.location.href })
  },
  hide: dom => seen(dom, 'hidden'),
  show: dom => seen(dom, 'visible')
}

export const isGesture = (word: string): word is GestureWord => Object.hasOwn(GESTURES, word)

/** @throws Error when the page has no such element */
export function one(dom: DomView, selector: string): PageElement {
  const [element] = dom.all(selector)
  if (!element) throw new Error(`There is no element “${selector}” on the page.`)
  return element
}

/** @throws Error for pages without a document */
export function gesture(word: GestureWord, value: unknown, tab: Tab): void {
  const dom = tab.page?.dom
  if (!tab.page) throw new Error('No page is loaded in this tab.')
  if (!dom) throw new Error(`A page without scripts has nothing to ${word}: name one of your own pages (given, page), or use event.`)
  ;(GESTURES[word] as Gesture)(dom, value as never, tab)
}

function follow(dom: DomView, href: string, tab: Tab): void {
  const { location } = dom.window
  const url = new URL(href, location.href)
  if (url.origin !== ORIGIN) return
  if (url.pathname === location.pathname && url.hash) {
    GESTURES.navigate(dom, url.hash, tab)
    return
  }
  tab.load(decodeURIComponent(url.pathname.slice(1)) + url.search, {})
}

function seen(dom: DomView, state: 'hidden' | 'visible'): void {
  const { document } = dom.window
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
  Object.defineProperty(document, 'hidden', { value: state === 'hidden', configurable: true })
  fire(dom, document, 'Event', 'visibilitychange', { bubbles: true })
}

function mouse(dom: DomView, target: PageElement, name: string, init: object = {}): void {
  fire(dom, target, 'MouseEvent', name, { bubbles: true, cancelable: true, clientX: 10, clientY: 10, ...init })
}

function keyboard(dom: DomView, target: PageElement, name: string, key: string): void {
  fire(dom, target, 'KeyboardEvent', name, { key, bubbles: true, cancelable: true })
}

function fire(dom: DomView, target: PageElement, kind: string, name: string, init: object): void {
  target.dispatchEvent(new (dom.window[kind] ?? dom.window.Event)(name, init))
}
