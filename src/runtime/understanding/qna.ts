import { join } from 'node:path'
import type { BotConfig, BotEvent } from '../api.ts'
import type { GhostFiles } from '../files.ts'
import { type OnProblem, placeOf, readJson } from '../json-file.ts'
import { inContext, matchUtterance } from './match.ts'

interface Item {
  id: string
  data: {
    action: 'text' | 'redirect' | 'text_redirect'
    enabled?: boolean
    contexts?: string[]
    questions: Record<string, string[]>
    answers: Record<string, string[]>
    redirectFlow?: string
    redirectNode?: string
  }
}

export interface QnaHost {
  readonly root: string
  readonly files: GhostFiles
  readonly problem: OnProblem
  language(event: BotEvent): string
  render(event: BotEvent, text: string): Promise<unknown[]>
}

/** The bot's questions and answers: an utterance that equals a question, apart from case, accents and punctuation, is answered. */
export class Qna {
  readonly #host: QnaHost
  #cache = new Map<string, Item[]>()

  constructor(host: QnaHost) {
    this.#host = host
  }

  changed(files: readonly string[]): void {
    if (files.some(file => /\/qna\//.test(file.replaceAll('\\', '/')))) this.#cache.clear()
  }

  /** Adds a suggestion for each question that the event asks (R9.5). */
  async suggest(event: BotEvent): Promise<void> {
    if (typeof event.preview !== 'string' || event.preview === '') return
    const language = this.#host.language(event)
    const included = (event.nlu as { includedContexts?: string[] }).includedContexts ?? ['global']
    for (const { id, data } of this.#of(event.botId)) {
      if (!inContext(data.contexts, included)) continue
      if (data.enabled === false || !(data.questions?.[language] ?? []).some(question => matchUtterance(question, event.preview as string)))
        continue
      const payloads: unknown[] = []
      const answer = data.answers?.[language]?.[0]
      if (data.action !== 'redirect' && answer) payloads.push(...(await this.#host.render(event, answer)))
      if (data.action !== 'text' && data.redirectFlow) payloads.push({ type: 'redirect', flow: data.redirectFlow, node: data.redirectNode })
      event.suggestions ??= []
      event.suggestions.push({ confidence: 1, payloads, source: 'qna', sourceDetails: id })
    }
  }

  #of(botId: string): Item[] {
    let items = this.#cache.get(botId)
    if (!items) {
      items = this.#load(join(this.#host.root, 'data', 'bots', botId, 'qna'))
      this.#cache.set(botId, items)
    }
    return items
  }

  #load(folder: string): Item[] {
    const { files, problem } = this.#host
    const items: Item[] = []
    for (const name of files.below(folder).filter(one => one.endsWith('.json') && !one.includes('/'))) {
      const file = join(folder, name)
      try {
        const read = readJson(files, file) as Item | { qnas: Item[] }
        items.push(...('qnas' in read ? read.qnas : [read]).filter(item => item?.data))
      } catch (error) {
        problem(placeOf(error, file), `The questions and answers cannot be read: ${(error as Error).message}`)
      }
    }
    return items
  }
}

/** The language an event is understood in: the user's, else the bot's. */
export function languageOf(event: BotEvent, config: BotConfig | undefined): string {
  return event.state?.user?.language ?? config?.defaultLanguage ?? 'en'
}
