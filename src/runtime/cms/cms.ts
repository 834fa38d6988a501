import lodash from 'lodash'
import type { BotConfig } from '../api.ts'
import { BUILT_IN_TYPES, type ContentType } from './built-in-types.ts'
import { type ContentElement, ElementStore } from './elements.ts'
import { renderAll, renderText } from './templating.ts'

export interface CmsHost {
  readonly elements: ElementStore
  /** Types of the workspace, which come on top of the stock ones. */
  workspaceTypes(botId: string): readonly ContentType[]
  botConfig(botId: string): BotConfig | undefined
  /** Picks a variation, uniformly (R13.3), and the letters of ids. */
  random(): number
  now(): Date
  /** Before 12.26 the web channel got `typing` as a payload of its own (R13.9). */
  readonly typingPayload: boolean
}

// biome-ignore lint/suspicious/noExplicitAny: arguments are the authors'
type Args = Record<string, any>

/** `bp.cms`: renders content (R13). */
export class Cms {
  readonly #host: CmsHost

  constructor(host: CmsHost) {
    this.#host = host
  }

  /** Types of the installation; with a bot, those that its configuration imports. */
  types(botId?: string): ContentType[] {
    const imported = botId === undefined ? undefined : ((this.#host.botConfig(botId)?.imports?.contentTypes ?? []) as string[])
    return this.#all(botId ?? '').filter(type => !imported || imported.includes(type.id))
  }

  #all(botId: string): ContentType[] {
    const own = this.#host.workspaceTypes(botId)
    return [...BUILT_IN_TYPES.filter(type => !own.some(one => one.id === type.id)), ...own]
  }

  /**
   * Renders a stored element (`!id`), a type with translated form data (`@type`) or a type with plain arguments (R13.1 to R13.5).
   *
   * @throws for an unknown element or type
   */
  async render(contentId: string, args: Args, destination: { botId: string; channel: string }): Promise<unknown[]> {
    const { botId, channel } = destination
    const id = contentId.replace(/^#/, '')
    let typeId = id
    let data: Args = { ...args }
    if (id.startsWith('!')) {
      const element = this.#host.elements.get(botId, id.slice(1))
      if (!element) throw new Error(`Content element "${id}" not found`)
      typeId = element.contentType
      const translated = this.#translate(this.#type(typeId, botId), element.formData, botId, args)
      const rendered = renderAll(translated, args)
      const texts = [rendered.text, ...(Array.isArray(rendered.variations) ? rendered.variations : [])]
      if (rendered.text !== undefined && texts.length > 1) rendered.text = texts[Math.floor(this.#host.random() * texts.length)]
      data = { ...args, ...rendered }
    } else if (id.startsWith('@')) {
      typeId = id.slice(1)
      data = { ...args, ...this.#translate(this.#type(typeId, botId), args, botId, args) }
    }
    if (data.text) data = { ...data, text: renderText(String(data.text), data) }
    const type = this.#type(typeId, botId)
    const payloads = await type.renderElement({ BOT_URL: '', ...lodash.omitBy(data, lodash.isUndefined) }, channel)
    const list = Array.isArray(payloads) ? payloads : [payloads]
    return this.#host.typingPayload && channel === 'web' && data.typing ? [{ type: 'typing', value: data.typing }, ...list] : list
  }

  renderTemplate<T>(item: T, context: object): T {
    return renderAll(item, context)
  }

  /** With a language, `formData` is reduced to plain names (R13.15). */
  element(botId: string, id: string, language?: string): ContentElement | undefined {
    const element = this.#host.elements.get(botId, id)
    return element && this.#inLanguage(element, botId, language)
  }

  list(botId: string, typeId?: string, params?: { from?: number; count?: number; ids?: string[] }, language?: string): ContentElement[] {
    const { from = 0, count = 50, ids } = params ?? {}
    const all = this.#host.elements
      .all(botId)
      .filter(element => (typeId === undefined || element.contentType === typeId) && (!ids || ids.includes(element.id)))
    const sorted = lodash.sortBy(all, element => String(element.createdOn ?? ''))
    return sorted.slice(from, from + count).map(element => this.#inLanguage(element, botId, language))
  }

  /** @returns the element's id; @throws for an unknown type (R13.15) */
  createOrUpdate(
    botId: string,
    typeId: string,
    formData: Args,
    id = ElementStore.newId(typeId, this.#host.random),
    language?: string
  ): string {
    const type = this.#type(typeId, botId)
    const old = this.#host.elements.get(botId, id)
    const suffix = language ?? this.#defaultLanguage(botId)
    const stored = Object.fromEntries(
      Object.entries(formData).map(([key, value]) => [type.properties.includes(key) ? `${key}$${suffix}` : key, value])
    )
    const now = this.#host.now()
    this.#host.elements.put(botId, {
      id,
      contentType: typeId,
      formData: { ...old?.formData, ...stored },
      createdBy: old?.createdBy ?? 'admin',
      createdOn: old?.createdOn ?? now,
      modifiedOn: now
    })
    return id
  }

  #inLanguage(element: ContentElement, botId: string, language: string | undefined): ContentElement {
    if (language === undefined) return element
    const formData = this.#translate(this.#type(element.contentType, botId), element.formData, botId, { language })
    return { ...element, formData }
  }

  #type(id: string, botId: string): ContentType {
    const type = this.#all(botId).find(one => one.id === id)
    if (!type) throw new Error(`Content type "${id}" is not a valid registered content type ID`)
    return type
  }

  /** For each property the first truthy of the user's and the bot's language; everything else is dropped (R13.6). */
  #translate(type: ContentType, formData: Args, botId: string, args: Args): Args {
    const fallback = this.#defaultLanguage(botId)
    const language = args.event?.state?.user?.language ?? args.language ?? fallback
    const made: Args = {}
    for (const name of type.properties) {
      const value =
        formData[`${name}$${language}`] || formData[`${name}$${fallback}`] || formData[name]?.[language] || formData[name]?.[fallback]
      if (value !== undefined) made[name] = value
    }
    return made
  }

  #defaultLanguage(botId: string): string {
    return this.#host.botConfig(botId)?.defaultLanguage ?? 'en'
  }
}
