import { basename, join } from 'node:path'
import type { GhostFiles } from '../files.ts'
import { type OnProblem, placeOf, readJson } from '../json-file.ts'

/** A stored content element; every property of `formData` carries a language (`text$en`). */
export interface ContentElement {
  id: string
  contentType: string
  // biome-ignore lint/suspicious/noExplicitAny: the form is the content type's
  formData: Record<string, any>
  createdBy?: string
  createdOn?: Date | string
  modifiedOn?: Date | string
}

/** A bot's content elements. What hooks create is written where the server writes it (R13.15), apart from the workspace. */
export class ElementStore {
  readonly #root: string
  readonly #files: GhostFiles
  readonly #onProblem: OnProblem
  #cache = new Map<string, Map<string, ContentElement>>()
  /** The file changes by our own hand: the cache already knows. */
  #saving = false

  constructor(root: string, files: GhostFiles, onProblem: OnProblem) {
    this.#root = root
    this.#files = files
    this.#onProblem = onProblem
  }

  all(botId: string): ContentElement[] {
    return [...this.#of(botId).values()]
  }

  get(botId: string, id: string): ContentElement | undefined {
    return this.#of(botId).get(id)
  }

  put(botId: string, element: ContentElement): void {
    this.#of(botId).set(element.id, element)
    this.#save(botId, element.contentType)
  }

  delete(botId: string, id: string): void {
    const elements = this.#of(botId)
    const contentType = elements.get(id)?.contentType
    elements.delete(id)
    if (contentType !== undefined) this.#save(botId, contentType)
  }

  /** `<type>-<6 characters>` (R13.15). */
  static newId(contentType: string, random: () => number): string {
    const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
    return `${contentType}-${Array.from({ length: 6 }, () => letters[Math.floor(random() * letters.length)]).join('')}`
  }

  changed(files: readonly string[]): void {
    if (this.#saving) return
    if (files.some(file => /\/content-elements\//.test(file.replaceAll('\\', '/')))) this.#cache.clear()
  }

  #save(botId: string, type: string): void {
    const elements = this.all(botId).filter(one => one.contentType === type)
    const stored = elements.map(({ contentType, ...element }) => element)
    this.#saving = true
    try {
      this.#files.write(`bots/${botId}/content-elements/${type}.json`, Buffer.from(JSON.stringify(stored, null, 2)))
    } finally {
      this.#saving = false
    }
  }

  #of(botId: string): Map<string, ContentElement> {
    let elements = this.#cache.get(botId)
    if (!elements) {
      elements = this.#load(botId)
      this.#cache.set(botId, elements)
    }
    return elements
  }

  #load(botId: string): Map<string, ContentElement> {
    const folder = join(this.#root, 'data', 'bots', botId, 'content-elements')
    const elements = new Map<string, ContentElement>()
    const names = this.#files.list(`bots/${botId}/content-elements`).filter(one => one.endsWith('.json') && !one.includes('/'))
    for (const name of names) {
      const file = join(folder, name)
      try {
        for (const element of readJson(this.#files, file) as ContentElement[]) {
          elements.set(element.id, { ...element, contentType: basename(name, '.json') })
        }
      } catch (error) {
        this.#onProblem(placeOf(error, file), `The content elements cannot be read: ${(error as Error).message}`)
      }
    }
    return elements
  }
}
