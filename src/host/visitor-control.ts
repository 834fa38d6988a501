import type { CallParams, CallResult, EngineCall } from '../protocol/engine.ts'
import type { Tab, Visitor, VisitorCommand } from '../protocol/panel.ts'
import type { EntryOf } from '../trace/entry.ts'
import { tabOf, type Visitors } from './visitors.ts'

type Changed = Omit<EntryOf<'visitor-changed'>, 'kind' | 'seq' | 'at'>

export interface VisitorControlOptions {
  visitors: Visitors
  call<C extends EngineCall>(name: C, params: CallParams<C>): Promise<CallResult<C>>
  /** The bot that visitors talk to; undefined when there is none. */
  botId(): string | undefined
  onChanged(changed: Changed): void
}

/** Does what an author asks of visitors. Each change is told, so that a run can be played again from the trace. */
export class VisitorControl {
  #options: VisitorControlOptions

  constructor(options: VisitorControlOptions) {
    this.#options = options
  }

  /** @throws Error with a sentence for the user */
  async do(command: VisitorCommand): Promise<void> {
    const { visitors } = this.#options
    switch (command.do) {
      case 'add':
        return this.#add(command.language, command.attributes)
      case 'show':
        visitors.show(command.visitorId)
        return this.#tell(visitors.shown, 'shown', {})
      case 'remove': {
        const visitor = visitors.get(command.visitorId)
        visitors.remove(visitor.id)
        return this.#tell(visitor, 'removed', {})
      }
    }
    const visitor = visitors.get(command.visitorId)
    switch (command.do) {
      case 'return':
        return this.#returns(visitor, 'returned')
      case 'expire':
        await this.#options.call('endSession', { botId: this.#needBot(), visitorId: visitor.id })
        return this.#returns(visitor, 'expired')
      case 'newConversation':
        await this.#newConversation(visitor)
        return this.#returns(visitor, 'new-conversation')
      case 'signIn':
        return this.#signIn(visitor, command.attributes)
      case 'language':
        if (command.language === undefined) delete visitor.language
        else visitor.language = readLanguage(command.language)
        this.#tell(visitor, 'language', { ...(visitor.language !== undefined && { language: visitor.language }) })
        for (const tab of visitor.tabs) if (tab.url !== undefined) visitors.load(visitor, tab)
        return
      case 'openTab':
        return this.#tellTab(visitor, 'tab-opened', visitors.openTab(visitor, command.page))
      case 'closeTab':
        visitors.closeTab(visitor, command.tab)
        return this.#tell(visitor, 'tab-closed', { tab: command.tab })
      case 'showTab':
        visitors.showTab(visitor, command.tab)
        return this.#tellTab(visitor, 'tab-shown', tabOf(visitor))
    }
  }

  async #add(language: string | undefined, attributes: Record<string, unknown> | undefined): Promise<void> {
    const { visitors } = this.#options
    const { page } = visitors.shownTab
    const visitor = visitors.add(page, { ...(language !== undefined && { language: readLanguage(language) }) })
    this.#tell(visitor, 'new', { page, ...(visitor.language !== undefined && { language: visitor.language }) })
    if (attributes) await this.#signIn(visitor, attributes)
    visitors.load(visitor)
  }

  #returns(visitor: Visitor, what: 'returned' | 'expired' | 'new-conversation'): void {
    const { visitors } = this.#options
    this.#tellTab(visitor, what, tabOf(visitor))
    visitors.load(visitor)
  }

  async #signIn(visitor: Visitor, attributes: Record<string, unknown>): Promise<void> {
    await this.#options.call('writeState', { botId: this.#needBot(), visitorId: visitor.id, user: attributes, merge: true })
    visitor.attributes = { ...visitor.attributes, ...attributes }
    this.#tell(visitor, 'signed-in', { attributes })
  }

  async #newConversation(visitor: Visitor): Promise<void> {
    const answer = await this.#options.call('webchat', {
      botId: this.#needBot(),
      visitorId: visitor.id,
      route: 'conversations/new',
      body: {}
    })
    if (answer.status !== 200) throw new Error((answer.body as { message?: string } | null)?.message ?? `Status ${answer.status}`)
  }

  #needBot(): string {
    const botId = this.#options.botId()
    if (botId === undefined) throw new Error('There is no bot in data/bots.')
    return botId
  }

  #tellTab(visitor: Visitor, what: Changed['what'], { tab, page }: Tab): void {
    this.#tell(visitor, what, { tab, page })
  }

  #tell(visitor: Visitor, what: Changed['what'], more: Partial<Changed>): void {
    this.#options.onChanged({ visitorId: visitor.id, what, ...more })
  }
}

/** @throws Error for what is no language tag */
function readLanguage(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0]!
  } catch {
    throw new Error(`“${language}” is no language. Examples: fr, ja-JP.`)
  }
}
