import { basename, join } from 'node:path'
import type { GhostFiles } from '../files.ts'
import { BUILT_IN_TYPES, type ContentType } from './built-in-types.ts'

export interface TypeHost {
  readonly root: string
  /** Runs a file of the workspace as a module. */
  load(file: string): unknown
  readonly files: GhostFiles
  problem(file: string, text: string, error?: unknown): void
}

interface TypeModule {
  id?: string
  title?: string
  group?: string
  jsonSchema?: { properties?: Record<string, unknown> }
  renderElement?: ContentType['renderElement']
}

/** Content types that the workspace brings: `content-types/*.js` of all bots and of one. */
export class WorkspaceTypes {
  readonly #host: TypeHost
  #cache = new Map<string, ContentType[]>()

  constructor(host: TypeHost) {
    this.#host = host
  }

  changed(files: readonly string[]): void {
    if (files.some(file => /\/content-types\//.test(file.replaceAll('\\', '/')))) this.#cache.clear()
  }

  of(botId: string): readonly ContentType[] {
    const known = this.#cache.get(botId)
    if (known) return known
    const { root } = this.#host
    const folders = [join(root, 'data', 'global', 'content-types')]
    // A hook may render for no bot in particular.
    if (botId) folders.push(join(root, 'data', 'bots', botId, 'content-types'))
    const found = folders.flatMap(folder => this.#below(folder))
    this.#cache.set(botId, found)
    return found
  }

  #below(folder: string): ContentType[] {
    const found: ContentType[] = []
    for (const path of this.#host.files.below(folder)) {
      // Names that start with an underscore are helpers of the others.
      if (!/\.js$/i.test(path) || /^[_.]/.test(basename(path))) continue
      const type = this.#load(join(folder, path))
      if (type) found.push(type)
    }
    return found
  }

  #load(file: string): ContentType | undefined {
    try {
      // A copy that the server made of a stock type: ours does the same.
      const isCopy = this.#host.files.readText(file).startsWith('//CHECKSUM:')
      if (isCopy && BUILT_IN_TYPES.some(type => file.includes(type.id.replace(/^builtin_/, '').replace('-', '_')))) return undefined
      const read = this.#host.load(file) as TypeModule & { default?: TypeModule }
      const type = read?.default ?? read
      if (typeof type?.id !== 'string' || typeof type.renderElement !== 'function')
        throw new Error('it exports no `id` and `renderElement`')
      return {
        id: type.id,
        title: type.title ?? type.id,
        ...(type.group !== undefined && { group: type.group }),
        properties: Object.keys(type.jsonSchema?.properties ?? {}),
        renderElement: (data, channel) => type.renderElement!.call(type, data, channel),
        file
      }
    } catch (error) {
      this.#host.problem(file, `The content type cannot be used: ${(error as Error)?.message ?? error}`, error)
      return undefined
    }
  }
}
