import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

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

/** A bot's content elements: the files of the workspace, and on top of them what hooks created in this run. */
export class ElementStore {
  readonly #root: string
  readonly #onProblem: (file: string, problem: string) => void
  #cache = new Map<string, Map<string, ContentElement>>()

  constructor(root: string, onProblem: (file: string, problem: string) => void) {
    this.#root = root
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
  }

  delete(botId: string, id: string): void {
    this.#of(botId).delete(id)
  }

  /** `<type>-<6 characters>` (R13.15). */
  static newId(contentType: string): string {
    const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
    return `${contentType}-${[...randomBytes(6)].map(byte => letters[byte % letters.length]).join('')}`
  }

  changed(files: readonly string[]): void {
    if (files.some(file => /\/content-elements\//.test(file.replaceAll('\\', '/')))) this.#cache.clear()
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
    if (!existsSync(folder)) return elements
    for (const name of readdirSync(folder).filter(one => one.endsWith('.json'))) {
      const file = join(folder, name)
      try {
        for (const element of JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as ContentElement[]) {
          elements.set(element.id, { ...element, contentType: basename(name, '.json') })
        }
      } catch (error) {
        this.#onProblem(file, `The content elements cannot be read: ${(error as Error).message}`)
      }
    }
    return elements
  }
}
