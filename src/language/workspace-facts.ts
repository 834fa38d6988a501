import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { locateHook } from '../botpress/hook-path.ts'
import { handledTypes } from './analysis/event-types.ts'
import { parseBare } from './bare-syntax.ts'
import { type ContentTypeFact, contentTypeIn } from './content-types.ts'
import { fragmentsOf } from './pages/fragments.ts'
import { pageCalls, type SentEvent, sentEvents } from './pages/page-calls.ts'
import type { HookFact, PageFact, WorkspaceFacts } from './rule.ts'
import { unlessTooDeep } from './too-deep.ts'
import { listFiles, listFlows, listFolders, listWorkspace, readText, type WorkspaceFiles } from './workspace.ts'

/** What lies in some folders, read when first asked for, with the texts of open documents laid over those on disk. */
export class DiskFacts implements WorkspaceFacts {
  readonly #roots: readonly string[]
  readonly #open = new Map<string, string>()
  readonly #hookCache = new Map<string, HookFact>()
  readonly #pageCache = new Map<string, PageFact>()
  readonly #json = new Map<string, unknown>()
  #files: WorkspaceFiles | undefined
  #hooks: readonly HookFact[] | undefined
  #pages: readonly PageFact[] | undefined
  #handlers: Map<string, HookFact[]> | undefined
  #siblings: Map<string, HookFact[]> | undefined
  #typesInFlows: Map<string, string> | undefined
  #contentTypes: readonly ContentTypeFact[] | undefined
  #senders: Map<string, { page: PageFact; sent: SentEvent }[]> | undefined

  constructor(roots: readonly string[]) {
    this.#roots = roots
  }

  /** An open document counts with its own text; undefined takes that back. */
  overlay(path: string, text: string | undefined): void {
    if (text === undefined) {
      // What it had while it was open may differ from the disk.
      this.#open.delete(path)
      this.#hookCache.delete(path)
      this.#pageCache.delete(path)
    } else {
      this.#open.set(path, text)
    }
    this.#json.delete(path)
    if (/\.flow\.json$/i.test(path)) this.#typesInFlows = undefined
    this.#forgetLists()
  }

  /** Something changed on disk. */
  refresh(): void {
    this.#files = undefined
    this.#contentTypes = undefined
    this.#typesInFlows = undefined
    this.#json.clear()
    this.#hookCache.clear()
    this.#pageCache.clear()
    this.#forgetLists()
  }

  get files(): WorkspaceFiles {
    if (!this.#files) {
      const lists = this.#roots.map(root => listWorkspace(root))
      const all = (pick: (files: WorkspaceFiles) => readonly string[]) => [...new Set(lists.flatMap(pick))]
      this.#files = {
        hooks: all(list => list.hooks),
        pages: all(list => list.pages),
        bots: all(list => list.bots),
        others: all(list => list.others),
        data: all(list => list.data)
      }
    }
    return this.#files
  }

  /** Reads hooks and pages, one a step, so that they are there when they are asked for. */
  *reading(): Generator<void> {
    for (const path of this.files.hooks) {
      this.#hook(path)
      yield
    }
    for (const path of this.files.pages) {
      this.#page(path)
      yield
    }
  }

  get hooks(): readonly HookFact[] {
    this.#hooks ??= this.files.hooks.flatMap(path => this.#hook(path) ?? [])
    return this.#hooks
  }

  get pages(): readonly PageFact[] {
    this.#pages ??= this.files.pages.flatMap(path => this.#page(path) ?? [])
    return this.#pages
  }

  get bots(): readonly string[] {
    return [...new Set(this.files.data.flatMap(folder => listFolders(join(folder, 'bots'))))]
  }

  hooksHandling(type: string): readonly HookFact[] {
    if (!this.#handlers) {
      this.#handlers = new Map()
      for (const hook of this.hooks) for (const handled of hook.handles) push(this.#handlers, handled, hook)
    }
    return this.#handlers.get(type) ?? []
  }

  hooksOf(hookType: string): readonly HookFact[] {
    if (!this.#siblings) {
      this.#siblings = new Map()
      for (const hook of this.hooks) push(this.#siblings, hook.location.type.id, hook)
    }
    return this.#siblings.get(hookType) ?? []
  }

  sendersOf(type: string): readonly { page: PageFact; sent: SentEvent }[] {
    if (!this.#senders) {
      this.#senders = new Map()
      for (const page of this.pages)
        for (const sent of page.sent) if (sent.type !== undefined) push(this.#senders, sent.type, { page, sent })
    }
    return this.#senders.get(type) ?? []
  }

  flowsOf(bot: string): ReadonlyMap<string, readonly string[]> {
    const flows = new Map<string, readonly string[]>()
    for (const folder of this.files.data) {
      const below = join(folder, 'bots', bot, 'flows')
      for (const path of listFlows(below)) {
        const flow = this.json(path) as { nodes?: { name?: unknown }[] } | undefined
        const names = (Array.isArray(flow?.nodes) ? flow.nodes : []).flatMap(node => (typeof node?.name === 'string' ? [node.name] : []))
        flows.set(
          path
            .slice(below.length + 1)
            .replaceAll('\\', '/')
            .replace(/\.flow\.json$/i, ''),
          names
        )
      }
    }
    return flows
  }

  botFolder(bot: string): string | undefined {
    return this.files.data.map(folder => join(folder, 'bots', bot)).find(existsSync)
  }

  get typesInFlows(): ReadonlyMap<string, string> {
    if (!this.#typesInFlows) {
      this.#typesInFlows = new Map()
      for (const path of this.files.data.flatMap(folder => listFlows(join(folder, 'bots')))) {
        const flow = basename(path).replace(/\.flow\.json$/i, '')
        for (const type of typesTestedIn(this.json(path))) if (!this.#typesInFlows.has(type)) this.#typesInFlows.set(type, flow)
      }
    }
    return this.#typesInFlows
  }

  get contentTypes(): readonly ContentTypeFact[] {
    this.#contentTypes ??= this.files.data.flatMap(folder =>
      [join(folder, 'global'), ...listFolders(join(folder, 'bots')).map(bot => join(folder, 'bots', bot))].flatMap(owner =>
        listFiles(join(owner, 'content-types'), /^[^_.].*\.js$/i).flatMap(path => contentTypeIn(path, readText(path) ?? '') ?? [])
      )
    )
    return this.#contentTypes
  }

  elementsOf(bot: string): ReadonlyMap<string, string> {
    const elements = new Map<string, string>()
    for (const folder of this.files.data) {
      for (const path of listFiles(join(folder, 'bots', bot, 'content-elements'), /\.json$/i)) {
        const listed = this.json(path)
        for (const element of Array.isArray(listed) ? listed : [])
          if (typeof element?.id === 'string') elements.set(element.id, firstText(element.formData))
      }
    }
    return elements
  }

  json(path: string): unknown {
    if (!this.#json.has(path)) {
      let value: unknown
      try {
        value = JSON.parse(this.#open.get(path) ?? readText(path) ?? '')
      } catch {
        value = undefined
      }
      this.#json.set(path, value)
    }
    return this.#json.get(path)
  }

  exists(path: string): boolean {
    return existsSync(path)
  }

  #hook(path: string): HookFact | undefined {
    const location = locateHook(path)
    const text = this.#open.get(path) ?? this.#hookCache.get(path)?.text ?? readText(path)
    if (!location || text === undefined) return undefined
    const known = this.#hookCache.get(path)
    if (known?.text === text) return known
    const source = unlessTooDeep(() => parseBare(text), undefined)
    if (!source) return undefined
    const fact: HookFact = { path, location, text, source, handles: unlessTooDeep(() => handledTypes(source), []) }
    this.#hookCache.set(path, fact)
    return fact
  }

  #page(path: string): PageFact | undefined {
    const text = this.#open.get(path) ?? this.#pageCache.get(path)?.text ?? readText(path)
    if (text === undefined) return undefined
    const known = this.#pageCache.get(path)
    if (known?.text === text) return known
    const fact: PageFact = { path, text, sent: unlessTooDeep(() => sentEvents(pageCalls(fragmentsOf(path, text))), []) }
    this.#pageCache.set(path, fact)
    return fact
  }

  #forgetLists(): void {
    this.#hooks = undefined
    this.#pages = undefined
    this.#handlers = undefined
    this.#siblings = undefined
    this.#senders = undefined
  }
}

/** The event types that the expressions in a flow compare `event.type` with. */
function typesTestedIn(value: unknown): string[] {
  if (typeof value === 'string') return value.includes('event.type') ? handledTypes(parseBare(value)) : []
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(typesTestedIn) : []
}

/** The first text of a form, which says most about its element. */
function firstText(form: unknown): string {
  const values = typeof form === 'object' && form !== null ? Object.values(form) : []
  return values.find((value): value is string => typeof value === 'string' && value !== '') ?? ''
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
