import { Script } from 'node:vm'
import { PropertySymbol } from 'happy-dom'
import type { PageElement, PageWindow } from './page.ts'
import { mindSetHandlers } from './set-handlers.ts'

/** Settings of a window by which handlers that stand in the markup come to `runHandlersOf`; scripts go another way. */
export const HANDLERS = { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true } as const

/** What the library puts round a handler's text. */
const WRAPPED =
  /^\(function anonymous\(\$happy_dom, event\) \{(?:try \{\n)?([\s\S]*?)(?:\} catch\(e\) \{ \$happy_dom\.dispatchError\(e\); \})?\}\)$/
/** Names are looked for in the element, its form and the document first, as in browsers. */
const BEFORE = '(function (event) { with (document) with (this.form || {}) with (this) {'
const AFTER = '} })'

/** Events of the window whose handlers stand at `<body>`. */
const OF_WINDOW = [
  'load',
  'beforeunload',
  'pagehide',
  'unload',
  'message',
  'hashchange',
  'popstate',
  'storage',
  'resize',
  'online',
  'offline'
]

/** Those of elements that the library leaves out. */
const LEFT_OUT = [
  'load',
  'submit',
  'reset',
  'toggle',
  'keypress',
  ...['', 'start', 'end', 'enter', 'leave', 'over'].map(name => `drag${name}`),
  'drop'
]

type Handler = (this: unknown, event: PageElement) => unknown

/**
 * Lets handlers in the markup (`onclick`, `onsubmit`) run: with the place of the author's file, in the scope that browsers give them, and with
 * `return false` for “not the browser’s own doing”.
 *
 * @param html the page's text, in which the handler is looked for
 */
export function runHandlersOf(window: PageWindow, file: string, html: string, failed: (error: unknown) => void): void {
  completeElements(window.HTMLElement)
  mindSetHandlers(window)
  const read = (code: string): Handler => {
    const { line, column } = placeOf(code, html)
    const text = `${BEFORE}${code}${code.includes('//') ? '\n' : ''}${AFTER}`
    return new Script(text, { filename: file, lineOffset: line - 1, columnOffset: column - BEFORE.length }).runInContext(window)
  }
  window[PropertySymbol.evaluateScript] = (text: string): Handler => {
    const code = WRAPPED.exec(text)?.[1] ?? ''
    // Read when it is to run: the library asks for it as soon as the attribute is there.
    let handler: Handler | undefined
    return function (this: unknown, _library: unknown, event: PageElement) {
      try {
        handler ??= read(code)
        // A form is known by the names of its fields to those outside of the library only.
        const result = handler.call((this as PageElement)[PropertySymbol.proxy] ?? this, event)
        if (result === false) event.preventDefault()
        return result
      } catch (error) {
        failed(error)
        return undefined
      }
    } as Handler
  }
}

/** Gives elements the handlers that the library leaves out. Its classes are shared by all windows. */
function completeElements({ prototype }: { prototype: PageElement }): void {
  let shared = prototype
  while (!Object.hasOwn(shared, 'onclick')) shared = Object.getPrototypeOf(shared)
  for (const name of LEFT_OUT.map(event => `on${event}`)) {
    if (name in shared) continue
    Object.defineProperty(shared, name, {
      configurable: true,
      get(this: PageElement) {
        return this[PropertySymbol.propertyEventListeners].get(name) ?? fromMarkup(this, name)
      },
      set(this: PageElement, handler: unknown) {
        this[PropertySymbol.propertyEventListeners].set(name, handler)
      }
    })
  }
}

function fromMarkup(element: PageElement, name: string): unknown {
  const code = element.getAttribute(name)
  const window = element.ownerDocument?.defaultView
  if (!code || !window) return null
  const run = window[PropertySymbol.evaluateScript](`(function anonymous($happy_dom, event) {${code}})`) as Handler
  const handler = (event: PageElement) =>
    (run as (this: unknown, library: unknown, event: PageElement) => unknown).call(element, undefined, event)
  element[PropertySymbol.propertyEventListeners].set(name, handler)
  return handler
}

/** Handlers of the window that stand at the body, once it is there. */
export function joinBody(window: PageWindow): void {
  for (const name of OF_WINDOW) {
    if (!window.document.body?.hasAttribute(`on${name}`)) continue
    window.addEventListener(name, (event: PageElement) => window.document.body[`on${name}`]?.(event))
  }
}

/** Where it stands, if it stands once: the line from 1, the column from 0. */
function placeOf(code: string, html: string): { line: number; column: number } {
  const at = html.indexOf(code)
  if (code === '' || at < 0 || html.indexOf(code, at + 1) >= 0) return { line: 1, column: 0 }
  const before = html.slice(0, at)
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') - 1 }
}
