import type { Tab, Visitor } from '../protocol/panel.ts'
import { newVisitorId } from './visitor-id.ts'

export interface VisitorsOptions {
  /** Address of a page for a visitor's part of the address (`<visitor>~<load>`). */
  address(part: string, page: string): string
  /** Whether pages may load: a page is code too. */
  mayLoad(): boolean
}

/** Who was found by a visitor's part of an address. */
export interface Found {
  visitor: Visitor
  tab: Tab
}

/** The visitors, each with the tabs of their browser. Says who is shown and which page each tab has loaded; knows nothing of what pages do. */
export class Visitors {
  #options: VisitorsOptions
  #all: Visitor[] = []
  #shown: Visitor
  #loads = 1
  #made = 0
  #tabOfLoad = new Map<number, Found>()

  constructor(options: VisitorsOptions, page: string) {
    this.#options = options
    this.#shown = this.add(page)
  }

  get shown(): Visitor {
    return this.#shown
  }

  get shownTab(): Tab {
    return tabOf(this.#shown)
  }

  get all(): readonly Visitor[] {
    return this.#all
  }

  /** @throws Error when there is nobody of that id */
  get(id = this.#shown.id): Visitor {
    const found = this.#all.find(visitor => visitor.id === id)
    if (!found) throw new Error(`There is no visitor “${id}”.`)
    return found
  }

  /** The tab behind `<visitor>~<load>`, or undefined when its page was replaced since, or the visitor removed. */
  behind(part: string): Found | undefined {
    return this.#tabOfLoad.get(Number(part.split('~')[1]))
  }

  /** Somebody who was never here, with one tab, who is shown from now on. Their page is not loaded yet. */
  add(page: string, more: Pick<Visitor, 'language' | 'attributes'> = {}): Visitor {
    const visitor: Visitor = { id: newVisitorId(), name: `Visitor ${++this.#made}`, ...more, tabs: [{ tab: 1, page }], tab: 1 }
    this.#all = [...this.#all, visitor]
    this.#shown = visitor
    return visitor
  }

  /** Somebody else takes the place of the shown visitor, on the same page. */
  replaceShown(): Visitor {
    const { page } = this.shownTab
    const before = this.#shown
    const { language } = before
    const visitor = this.add(page, { ...(language !== undefined && { language }) })
    this.remove(before.id)
    return visitor
  }

  /** @throws Error when it is the last one */
  remove(id: string): void {
    const visitor = this.get(id)
    if (this.#all.length === 1) throw new Error('One visitor has to stay.')
    this.#all = this.#all.filter(one => one !== visitor)
    if (this.#shown === visitor) this.#shown = this.#all.at(-1)!
    this.#forgetLoads(found => found.visitor === visitor)
  }

  show(id: string): void {
    this.#shown = this.get(id)
  }

  /** The tab loads its page, or another one, anew. */
  load(visitor: Visitor, tab: Tab = tabOf(visitor), page = tab.page): void {
    tab.page = page
    if (!this.#options.mayLoad()) return
    this.#forgetLoads(found => found.tab === tab)
    const load = this.#loads++
    this.#tabOfLoad.set(load, { visitor, tab })
    tab.url = this.#options.address(`${visitor.id}~${load}`, page)
  }

  /** Every page that is loaded loads anew. */
  reload(): void {
    for (const visitor of this.#all) for (const tab of visitor.tabs) if (tab.url !== undefined) this.load(visitor, tab)
  }

  /** The visitor goes away from the page. */
  leave(tab: Tab): void {
    delete tab.url
  }

  openTab(visitor: Visitor, page = tabOf(visitor).page): Tab {
    const tab: Tab = { tab: Math.max(...visitor.tabs.map(({ tab }) => tab)) + 1, page }
    visitor.tabs = [...visitor.tabs, tab]
    visitor.tab = tab.tab
    this.load(visitor, tab)
    return tab
  }

  /** @throws Error when it is the last one, or none */
  closeTab(visitor: Visitor, number: number): void {
    const tab = this.#tab(visitor, number)
    if (visitor.tabs.length === 1) throw new Error('One tab has to stay. “Leave” goes away from its page.')
    visitor.tabs = visitor.tabs.filter(one => one !== tab)
    if (visitor.tab === number) visitor.tab = visitor.tabs.at(-1)!.tab
    this.#forgetLoads(found => found.tab === tab)
  }

  showTab(visitor: Visitor, number: number): void {
    visitor.tab = this.#tab(visitor, number).tab
  }

  /** A copy, for a state that does not change under its readers. */
  snapshot(): Visitor[] {
    return structuredClone(this.#all)
  }

  #tab(visitor: Visitor, number: number): Tab {
    const tab = visitor.tabs.find(({ tab }) => tab === number)
    if (!tab) throw new Error(`${visitor.name} has no tab ${number}.`)
    return tab
  }

  #forgetLoads(isGone: (found: Found) => boolean): void {
    for (const [load, found] of this.#tabOfLoad) if (isGone(found)) this.#tabOfLoad.delete(load)
  }
}

/** The tab that a visitor looks at. */
export function tabOf(visitor: Visitor): Tab {
  return visitor.tabs.find(({ tab }) => tab === visitor.tab)!
}
