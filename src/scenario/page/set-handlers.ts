import { PropertySymbol } from 'happy-dom'
import type { PageElement, PageWindow } from './page.ts'

type Handler = (this: unknown, event: PageElement) => unknown

/** What the library is given for a handler, and back: a page that reads its handler gets what it has set. */
const given = new WeakMap<Handler, Handler>()
const own = new WeakMap<Handler, Handler>()
/** The library's classes are shared by all windows. */
const minded = new WeakSet<object>()

/** Lets handlers that scripts set (`button.onclick = …`) run as in browsers: `this` is the element, and `return false` stands for `preventDefault`. */
export function mindSetHandlers(window: PageWindow): void {
  for (const name of Object.getOwnPropertyNames(window)) {
    if (!/(Element|Document)$/.test(name) || typeof window[name] !== 'function') continue
    for (let at = window[name].prototype; at && !minded.has(at); at = Object.getPrototypeOf(at)) {
      minded.add(at)
      for (const [property, accessor] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
        if (/^on[a-z]+$/.test(property)) mind(at, property, accessor)
      }
    }
  }
}

function mind(prototype: object, property: string, { get, set, ...rest }: PropertyDescriptor): void {
  if (!get || !set || !rest.configurable) return
  Object.defineProperty(prototype, property, {
    ...rest,
    get(this: unknown) {
      const handler = get.call(this)
      return own.get(handler) ?? handler
    },
    set(this: unknown, handler: unknown) {
      set.call(this, typeof handler === 'function' ? wrapped(handler as Handler) : handler)
    }
  })
}

function wrapped(handler: Handler): Handler {
  let wrapper = given.get(handler)
  if (!wrapper) {
    wrapper = event => {
      const { currentTarget } = event
      const result = handler.call(currentTarget?.[PropertySymbol.proxy] ?? currentTarget, event)
      if (result === false) event.preventDefault()
      return result
    }
    given.set(handler, wrapper)
    own.set(wrapper, handler)
  }
  return wrapper
}
