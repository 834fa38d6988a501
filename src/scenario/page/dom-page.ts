import inspector from 'node:inspector'
import { Script } from 'node:vm'
import { PropertySymbol, VirtualConsole, VirtualConsolePrinter, Window } from 'happy-dom'
import type { Place } from '../../trace/entry.ts'
import type { PageReport } from '../../webchat/page-report.ts'
import type { VoiceflowChat } from '../../webchat/voiceflow-queue.ts'
import { HANDLERS, joinBody, runHandlersOf } from './inline-handlers.ts'
import type { DomView, Page, PageElement, PageWindow } from './page.ts'
import { PageApi } from './page-api.ts'
import { type PageOptions, voiceflowChat } from './page-parts.ts'
import { inlineScripts, type ScriptText } from './page-text.ts'
import { playWindow } from './play-window.ts'
import type { SiteText } from './site.ts'

const INJECT = /\/assets\/modules\/channel-web\/inject\.js/
const VOICEFLOW = /^https:\/\/cdn\.voiceflow\.com\//
/** Where the pages seem to come from: Botpress' own default address. */
export const ORIGIN = 'http://localhost:3000'
/** A script of a page that gives nothing else a turn for so long is stopped; the process as a whole is watched by who started it. */
const SCRIPT_LIMIT_MS = 3000

/** One of the workspace's own pages, with its scripts, in a DOM without a browser. Its time is the one clock's. */
export class DomPage implements Page {
  readonly ref: Page['ref']
  readonly api: PageApi
  readonly dom: DomView
  readonly file: string
  voiceflow: VoiceflowChat | undefined
  #options: PageOptions
  #window: PageWindow
  #scripts: ScriptText[]
  /** Files of the workspace whose code ran here: what else stands in a stack is no place of the author's. */
  #own = new Set<string>()
  #deferred: (() => void)[] = []
  #isParsed = false
  /** Events that come when the page's time says so. */
  #ours = new WeakSet<object>()
  #ended = false

  /** @throws Error when the file is not a page of the workspace */
  constructor(options: PageOptions, path: string) {
    const { around, tasks, site, ref } = options
    this.#options = options
    this.ref = ref
    const [name] = path.split(/[?#]/)
    const found = site.get(name!)
    if (!found) throw new Error(`There is no page ${name} below ${site.base}.`)
    const html = found.text
    this.file = found.file
    this.#own.add(this.file)
    this.#scripts = inlineScripts(html)
    this.api = new PageApi({
      ...options,
      tasks,
      post: message => this.hear(message),
      place: () => this.#placeIn(new Error().stack),
      warn: text => this.report({ kind: 'page-console', level: 'warn', text, ...this.#at(new Error().stack) })
    })
    this.#window = this.#open(path)
    runHandlersOf(this.#window, this.file, html, error => this.failed(error))
    this.dom = {
      window: this.#window,
      all: selector => [...this.#window.document.querySelectorAll(selector)],
      run: (code, place) => this.#run(code, { file: place.file, line: place.line ?? 1, column: 0 }),
      placeOf: error => this.#placeIn((error as Error | undefined)?.stack)
    }
    around.report({ kind: 'page-loaded', ...ref, tab: options.tab } as never)
    this.#window.document.write(html)
    joinBody(this.#window)
    this.#isParsed = true
    for (const run of this.#deferred.splice(0)) run()
    this.#fire('DOMContentLoaded', this.#window.document)
    tasks.set(() => this.#fire('load', this.#window), 0)
  }

  hear(message: unknown): void {
    if (this.#ended) return
    const { MessageEvent } = this.#window
    this.#window.dispatchEvent(new MessageEvent('message', { data: this.#inside(message), origin: ORIGIN }))
  }

  report(report: PageReport): void {
    if (!this.#ended) this.#options.around.report({ ...report, ...this.ref } as never)
  }

  end(): void {
    if (this.#ended) return
    for (const name of ['beforeunload', 'pagehide', 'unload']) this.#fire(name, this.#window)
    this.#ended = true
    this.api.end()
    void this.#window.happyDOM.abort()
  }

  #open(path: string): PageWindow {
    const printer = new VirtualConsolePrinter()
    const window: PageWindow = new Window({
      url: `${ORIGIN}/${path}`,
      console: new VirtualConsole(printer),
      settings: {
        ...HANDLERS,
        disableJavaScriptFileLoading: true,
        handleDisabledFileLoadingAsSuccess: true,
        disableIframePageLoading: true,
        navigation: { disableMainFrameNavigation: true, disableChildFrameNavigation: true }
      }
    })
    if (window[PropertySymbol.setupVMContext]) window[PropertySymbol.setupVMContext]()
    const { browser, tasks, around, tabStorage } = this.#options
    playWindow(window, {
      browser,
      tasks,
      chance: around.chance,
      tabStorage,
      read: path => this.#fileAt(path)?.text,
      console: (level, args) => this.#console(level, args),
      refused: url =>
        this.report({ kind: 'page-console', level: 'error', text: `The page called ${url}, which a scenario does not reach.` })
    })
    // The library tells by its own time that all is loaded, and would do so a second time.
    window.addEventListener('load', (event: PageElement) => !this.#ours.has(event) && event.stopImmediatePropagation())
    this.#playScripts(window)
    return window
  }

  /** Scripts are run here, as they are met, so that lines and columns are those of the author's files. */
  #playScripts(window: PageWindow): void {
    const page = this
    const { prototype } = window.HTMLScriptElement
    const above = Object.getPrototypeOf(prototype)
    prototype[PropertySymbol.connectedToDocument] = function (this: PageElement) {
      above[PropertySymbol.connectedToDocument].call(this)
      if (this[PropertySymbol.disableEvaluation] !== true) page.#meet(this)
    }
    prototype[PropertySymbol.onSetAttribute] = function (this: PageElement, attribute: unknown, replaced: unknown) {
      above[PropertySymbol.onSetAttribute].call(this, attribute, replaced)
    }
  }

  #meet(element: PageElement): void {
    const type = element.getAttribute('type')
    if (type && !/^(text\/javascript|application\/(x-)?javascript|module)$/i.test(type)) return
    const src = element.getAttribute('src')
    if (src === null) {
      const text: string = element.textContent
      const index = this.#scripts.findIndex(script => script.text === text)
      const [script] = index >= 0 ? this.#scripts.splice(index, 1) : []
      if (type === 'module')
        this.#deferred.push(() => this.#run(text, { file: this.file, line: script?.line ?? 1, column: script?.column ?? 0 }))
      else this.#run(text, { file: this.file, line: script?.line ?? 1, column: script?.column ?? 0 })
      return
    }
    const run = () => this.#load(element, src)
    // What a script adds later does not hold up the page.
    if (this.#isParsed || element.hasAttribute('async')) this.#options.tasks.set(run, 0)
    else if (element.hasAttribute('defer') || type === 'module') this.#deferred.push(run)
    else run()
  }

  #load(element: PageElement, src: string): void {
    if (this.#ended) return
    const { Event } = this.#window
    const url = new URL(src, `${ORIGIN}/${this.ref.page}`)
    const found =
      INJECT.test(url.pathname) || VOICEFLOW.test(url.href) ? undefined : url.origin === ORIGIN ? this.#fileAt(url.pathname) : undefined
    if (INJECT.test(url.pathname) && url.origin === ORIGIN) this.#inject()
    else if (VOICEFLOW.test(url.href)) this.#voiceflow()
    else if (found) this.#run(found.text, { file: found.file, line: 1, column: 0 })
    else {
      this.report({ kind: 'page-console', level: 'error', text: `The page could not load ${src}`, place: { file: this.file } })
      element.dispatchEvent(new Event('error'))
      return
    }
    element.dispatchEvent(new Event('load'))
  }

  #inject(): void {
    const { init, configure, mergeConfig, sendEvent, sendPayload } = this.api as PageApi
    const begin = (config: Record<string, unknown>, selector = 'body') => {
      this.#frame(config, selector)
      init.call(this.api, config)
    }
    const api = { init: begin, configure, mergeConfig, sendEvent, sendPayload }
    this.#window.botpressWebChat = this.#wrapped(api)
  }

  /** Container and frame as pages find them (R20.2): the frame's window takes raw messages (R20.10), its class follows the chat. */
  #frame({ chatId }: Record<string, unknown>, selector: string): void {
    const { document } = this.#window
    const container = document.createElement('div')
    container.id = chatId ? `${chatId}-container` : 'bp-web-widget'
    // No iframe of the library's: the chat's life is here, not in a document.
    const frame = document.createElement('div')
    frame.id = chatId ?? 'bp-widget'
    const raw = (message: { action?: unknown; payload?: unknown } | null) =>
      this.api.call(String(message?.action), message?.payload, chatId as never)
    Object.defineProperty(frame, 'contentWindow', { value: { postMessage: raw } })
    container.append(frame)
    // A selector that finds nothing fails here, as it does in reality.
    document.querySelector(selector).append(container)
  }

  #voiceflow(): void {
    const chat = voiceflowChat({
      ref: this.ref,
      around: this.#options.around,
      post: message => this.#later(message),
      place: () => this.#placeIn(new Error().stack)
    })
    this.voiceflow = chat
    const api = {
      load: chat.load.bind(chat),
      destroy: chat.destroy.bind(chat),
      open: chat.open.bind(chat),
      close: chat.close.bind(chat),
      show: chat.show.bind(chat),
      hide: chat.hide.bind(chat),
      interact: chat.interact.bind(chat)
    }
    this.#window.voiceflow = { chat: { ...api, proactive: chat.proactive } }
  }

  #later(message: unknown): void {
    this.#options.tasks.set(() => this.hear(message), 0)
  }

  /** Plain functions on a plain object, so that pages can wrap and replace them. */
  #wrapped<T extends object>(api: T): T {
    return { ...api }
  }

  #run(code: string, at: { file: string; line: number; column: number }): void {
    if (this.#ended) return
    this.#own.add(at.file)
    try {
      const script = new Script(code, { filename: at.file, lineOffset: at.line - 1, columnOffset: at.column })
      // Who looks around in a debugger takes longer.
      script.runInContext(this.#window, inspector.url() === undefined ? { timeout: SCRIPT_LIMIT_MS } : {})
    } catch (error) {
      this.failed(error)
    }
  }

  /** An error that nobody in the page caught. */
  failed(error: unknown): void {
    const { name = 'Error', message = String(error), code } = (error ?? {}) as { name?: string; message?: string; code?: string }
    const text =
      code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
        ? `The page’s script ran for ${SCRIPT_LIMIT_MS} ms without an end and was stopped; in a browser the page would stand still.`
        : `Uncaught ${name}: ${message}`
    this.report({ kind: 'page-console', level: 'error', text, ...this.#at((error as Error | undefined)?.stack) })
    const { ErrorEvent } = this.#window
    this.#window.dispatchEvent(new ErrorEvent('error', { message: text, error }))
  }

  #console(level: 'log' | 'info' | 'warn' | 'error', args: unknown[]): void {
    const [first] = args
    const isError = args.length === 1 && typeof first === 'object' && first !== null && 'stack' in first && 'message' in first
    const text = isError ? `Uncaught ${(first as Error).name}: ${(first as Error).message}` : args.map(textOf).join(' ')
    this.report({ kind: 'page-console', level, text, ...this.#at(isError ? (first as Error).stack : new Error().stack) })
  }

  #at(stack: string | undefined): { place?: Place } {
    const place = this.#placeIn(stack)
    return place ? { place } : {}
  }

  #placeIn(stack: string | undefined): Place | undefined {
    for (const line of stack?.split('\n') ?? []) {
      const match = /(?:\(|at |^)([^()]+?):(\d+)(?::(\d+))?\)?$/.exec(line.trim())
      if (match && this.#own.has(match[1]!))
        return { file: match[1]!, line: Number(match[2]), ...(match[3] && { column: Number(match[3]) }) }
    }
    return undefined
  }

  #fileAt(pathname: string): SiteText | undefined {
    return this.#options.site.at(this.ref.page, pathname)
  }

  #fire(name: string, target: PageElement): void {
    const event = new this.#window.Event(name)
    this.#ours.add(event)
    target.dispatchEvent(event)
  }

  /** A copy made of the page's own objects, so that `instanceof` and the like hold. */
  #inside(value: unknown): unknown {
    return typeof value === 'object' && value !== null ? this.#window.JSON.parse(JSON.stringify(value)) : value
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value !== null && 'message' in value && 'name' in value) return `${value.name}: ${value.message}`
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return String(value)
  }
}
