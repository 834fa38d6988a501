import { Browser } from '../page/browser.ts'
import { DomPage } from '../page/dom-page.ts'
import type { Page } from '../page/page.ts'
import { StubPage } from '../page/stub-page.ts'
import type { TimerQueue } from '../page/timer-queue.ts'
import type { Stage } from './stage.ts'

export interface VisitorOptions {
  id?: string | undefined
  language?: string | undefined
  timezone?: number | undefined
}

/** Somebody who visits: a browser with tabs. */
export class Visitor {
  readonly name: string
  readonly tabs = new Map<string, Tab>()
  browser: Browser
  #opened = 0
  #options: VisitorOptions
  #stage: Stage

  constructor(name: string, options: VisitorOptions, stage: Stage) {
    this.name = name
    this.#options = options
    this.#stage = stage
    this.browser = new Browser(name, options, stage.chance)
  }

  /** The tab of that name, which is opened if need be. */
  tab(name = '1'): Tab {
    let tab = this.tabs.get(name)
    if (!tab) {
      tab = new Tab(name, ++this.#opened, this, this.#stage)
      this.tabs.set(name, tab)
    }
    return tab
  }

  /** Somebody who was never here sits down: nothing is left of the browser's memory. */
  replace(): void {
    for (const tab of this.tabs.values()) tab.leave()
    this.tabs.clear()
    this.browser = new Browser(this.name, { ...this.#options, id: this.#stage.chance.id(24, this.name) }, this.#stage.chance)
  }

  /** All that is open loads anew. */
  reload(): void {
    for (const tab of this.tabs.values()) if (tab.page) tab.reload()
  }

  end(): void {
    for (const tab of this.tabs.values()) tab.leave()
  }
}

/** A tab of a browser, in which one page after the other is loaded. */
export class Tab {
  readonly name: string
  /** The how-manieth tab of the browser, from 1. */
  readonly number: number
  readonly visitor: Visitor
  page: Page | undefined
  #storage = new Map<string, string>()
  #stage: Stage
  #tasks: { timers: TimerQueue; leave(): void } | undefined
  #last: { path: string; config: Record<string, unknown> } | undefined

  constructor(name: string, number: number, visitor: Visitor, stage: Stage) {
    this.name = name
    this.number = number
    this.visitor = visitor
    this.#stage = stage
  }

  /** What was loaded last. */
  get loaded(): { path: string; config: Record<string, unknown> } | undefined {
    return this.#last
  }

  get isBusy(): boolean {
    return [...(this.page?.api.chats.values() ?? [])].some(chat => chat.isBusy)
  }

  /**
   * Loads a page: one of the workspace's own, or `stub`.
   *
   * @param config what the page without scripts gives to `init`
   * @throws Error when there is no such page
   */
  load(path: string, config: Record<string, unknown>): void {
    this.leave(true)
    this.#last = { path, config }
    const stage = this.#stage
    const name = path.replace(/[?#].*$/, '')
    this.#tasks = stage.timers(`the page ${name}`, error => {
      if (this.page instanceof DomPage) this.page.failed(error)
    })
    const { browser } = this.visitor
    const ref = { visitorId: browser.visitorId, page: name, pageId: stage.pageId() }
    const options = {
      ref,
      tab: this.number,
      around: stage,
      browser,
      tabStorage: this.#storage,
      tasks: this.#tasks.timers,
      site: stage.site
    }
    this.page = path === 'stub' ? new StubPage(options, config) : new DomPage(options, path)
  }

  reload(): void {
    if (!this.#last) throw new Error('No page is loaded in this tab yet.')
    this.load(this.#last.path, this.#last.config)
  }

  /** The page goes; its tab with its storage too, unless another page comes. */
  leave(keepStorage = false): void {
    this.page?.end()
    this.page = undefined
    this.#tasks?.timers.stop()
    this.#tasks?.leave()
    this.#tasks = undefined
    if (!keepStorage) this.#storage.clear()
  }
}
