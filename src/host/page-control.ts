import type { PageChoice } from '../protocol/panel.ts'
import { devAddress } from './dev-servers.ts'
import { visitorOf } from './guard.ts'
import { leftOut } from './left-out.ts'
import type { StageSettings } from './page-server.ts'
import type { SharedState } from './shared-state.ts'
import type { Visitors } from './visitors.ts'
import { BUILTIN, type WorkspaceView } from './workspace-view.ts'

export interface PageControlOptions {
  workspace: WorkspaceView
  visitors: Visitors
  state: SharedState
  /** Chats with bots of the Bot Framework family, which are pages like others. */
  chats(): PageChoice[]
  /** The virtual clock's time; undefined while the clock is real. */
  now(): number | undefined
  /** Somebody who was never here took the place of the shown visitor. */
  onNewVisitor(visitorId: string, page: string): void
  /** It was looked again what there is. */
  onLook(): void
}

/** Which bot and pages there are to choose from, and what is shown of them: to whom, in which tab, loaded from which files. */
export class PageControl {
  #options: PageControlOptions
  /** Files that went into the pages of now. */
  #served = new Set<string>()

  constructor(options: PageControlOptions) {
    this.#options = options
  }

  /** Looks again what is there: Botpress folder, bots, pages. */
  look(): void {
    const { workspace, visitors, state, chats, onLook } = this.#options
    const { bots, pages: own } = workspace.look()
    const ofBots = chats()
    // Without a Botpress folder there is nothing else to show.
    const pages = workspace.root === undefined ? [...ofBots, ...own] : [...own, ...ofBots]
    const tab = visitors.shownTab
    const page = pages.find(({ id }) => id === tab.page) ?? pages[0]!
    const isNew = page.id !== tab.page || !tab.url
    state.update({ bots, pages, botId: this.#botFor(page, bots), knownEvents: workspace.knownEvents(), frequency: workspace.frequency })
    this.lookAtHooks()
    tab.page = page.id
    if (isNew) visitors.load(visitors.shown)
    this.changed()
    onLook()
  }

  /** Looks again which files among the hooks are none. */
  lookAtHooks(): void {
    const { workspace, state } = this.#options
    state.update({ leftOut: workspace.root === undefined ? [] : leftOut(workspace.root) })
  }

  /** @throws Error when there is no such page or bot */
  choose(botId: string | undefined, pageId: string | undefined): void {
    const { workspace, visitors, state } = this.#options
    if (pageId !== undefined && workspace.addAddress(pageId)) state.update({ pages: workspace.look().pages })
    const { bots, pages } = state.value
    const page = pageId === undefined ? undefined : pages.find(({ id }) => id === pageId)
    if (pageId !== undefined && !page) throw new Error(`There is no page “${pageId}”.`)
    if (botId !== undefined && !bots.includes(botId)) throw new Error(`There is no bot “${botId}” in data/bots.`)
    const ofPage = page?.botIds.find(id => bots.includes(id))
    state.update({ botId: botId ?? ofPage ?? state.value.botId })
    visitors.load(visitors.shown, visitors.shownTab, page?.id)
    this.changed()
  }

  /** Somebody who was never here takes the place of the shown visitor, on the same page or another one. */
  replaceVisitor(page?: string): void {
    const { visitors, onNewVisitor } = this.#options
    const visitor = visitors.replaceShown()
    if (page !== undefined) visitors.shownTab.page = page
    onNewVisitor(visitor.id, visitors.shownTab.page)
    visitors.load(visitor)
    this.changed()
  }

  /** All pages load anew, for the visitors of now. */
  reload(): void {
    this.#served.clear()
    this.#options.visitors.reload()
    this.changed()
  }

  /** Visitors, tabs or their pages are others than before. */
  changed(): void {
    const { visitors, state } = this.#options
    const { url, page } = visitors.shownTab
    state.update({ visitorId: visitors.shown.id, visitors: visitors.snapshot(), page, frameUrl: url })
  }

  /** A page got this file. */
  serve(file: string): void {
    this.#served.add(file)
  }

  /** Whether a page of now got this file. */
  hasServed(file: string): boolean {
    return this.#served.has(file)
  }

  /** What the script of a page is told, at the visitor's part of its address. */
  settingsAt(part: string): StageSettings {
    const found = this.#options.visitors.behind(part)
    const visitorId = visitorOf(part)!
    const visitors = this.#options.visitors.all.map(({ id }) => id)
    const now = this.#options.now()
    return {
      visitorId,
      tab: found?.tab.tab ?? 1,
      visitors: visitors.includes(visitorId) ? visitors : [...visitors, visitorId],
      ...(found?.visitor.language !== undefined && { language: found.visitor.language }),
      ...(now !== undefined && { now })
    }
  }

  #botFor(page: PageChoice, bots: string[]): string | undefined {
    const { botId } = this.#options.state.value
    if (botId !== undefined && bots.includes(botId)) return botId
    return page.botIds.find(id => bots.includes(id)) ?? bots[0]
  }
}

/** Where a page lies below a visitor's address. */
export function addressOf(page: string): string {
  if (page.startsWith('bot:')) return 'bot/'
  if (devAddress(page)) return `far?page=${encodeURIComponent(page)}`
  return page === BUILTIN.id ? page : `site/${page.split('/').map(encodeURIComponent).join('/')}`
}
