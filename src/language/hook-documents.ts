import { pathToFileURL } from 'node:url'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { URI } from 'vscode-uri'
import { type HookLocation, locateHook } from '../botpress/hook-path.ts'
import { type HookType, hookTypeOf } from '../botpress/hook-types.ts'
import type { LanguageOptions } from '../protocol/language.ts'
import { isBotScript } from './bots/bot-code.ts'
import type { HookContext } from './features/context.ts'
import { Inspector } from './inspect.ts'
import { BUNDLED_SDK, findSdk } from './own-sdk.ts'
import { mentionsWidget } from './pages/fragments.ts'
import type { Problem } from './problem.ts'
import type { WorkspaceFacts } from './rule.ts'
import { RuleSettings } from './rule-settings.ts'
import type { HookFile, TypeService } from './service.ts'
import { mayBePage, readText } from './workspace.ts'
import { workspaceDeclarations } from './workspace-declarations.ts'
import { DiskFacts } from './workspace-facts.ts'

/** What a hook without a known folder is taken for: the folder of most proactive hooks. */
const DEFAULT_TYPE = 'before_incoming_middleware'
const NONE: WorkspaceFacts['contentTypes'] = []
const HOOK_LANGUAGE = 'botpress-hook'

/** The open documents as hooks and pages, with what was found in each version. */
export class HookDocuments {
  readonly #types: TypeService
  readonly #uris = new Map<string, string>()
  readonly #problems = new Map<string, { version: number; problems: Problem[] }>()
  #facts = new DiskFacts([])
  #settings = new RuleSettings()
  #inspector: Inspector
  #docs: string | undefined
  #folders: readonly string[] = []
  #sdk = BUNDLED_SDK
  /** What the workspace's declarations were made of. */
  #declared: readonly unknown[] = []

  constructor(types: TypeService) {
    this.#types = types
    this.#inspector = new Inspector(types, this.#facts, this.#settings)
  }

  /**
   * @param folders paths of the opened folders
   * @param docsFolder where the pages about the rules lie, when they were shipped
   */
  configure(folders: readonly string[], options: LanguageOptions, docsFolder: string | undefined): void {
    this.#facts = new DiskFacts(folders)
    this.#settings = new RuleSettings(options.rules, options.node)
    this.#folders = folders
    this.#sdk = options.sdk
    this.#useSdk()
    this.#inspector = new Inspector(this.#types, this.#facts, this.#settings)
    this.#problems.clear()
    this.#docs = options.ruleDocs ?? (docsFolder && pathToFileURL(docsFolder).toString())
  }

  /** What is known about the opened folders, open documents included. */
  get facts(): DiskFacts {
    return this.#facts
  }

  /** Files changed on disk: everything is looked at again. */
  refresh(): void {
    this.#facts.refresh()
    this.#settings.refresh()
    this.#useSdk()
    this.#problems.clear()
  }

  /** Takes over a new version of a document. */
  update(document: TextDocument): HookFile | undefined {
    this.#problems.delete(document.uri)
    const path = pathOf(document.uri)
    if (path !== undefined) this.#facts.overlay(path, document.getText())
    return this.#hook(document)
  }

  context(document: TextDocument): HookContext | undefined {
    const hook = this.#hook(document)
    return (
      hook && { uri: document.uri, document, hook, types: this.#types, uriOf: name => this.#uris.get(name) ?? URI.file(name).toString() }
    )
  }

  /** The problems of a document's current version; looked for once. */
  problems(document: TextDocument): Problem[] {
    const known = this.#problems.get(document.uri)
    if (known?.version === document.version) return known.problems
    const problems = this.#inspect(document)
    this.#problems.set(document.uri, { version: document.version, problems })
    return problems
  }

  #inspect(document: TextDocument): Problem[] {
    const path = pathOf(document.uri) ?? URI.parse(document.uri).path
    const hook = this.#hook(document)
    if (hook) {
      this.#declare()
      // The declarations may have given it another head.
      return this.#inspector.hook(path, this.#hook(document) ?? hook)
    }
    const text = document.getText()
    if (mayBePage(path) && mentionsWidget(text)) return this.#inspector.page(path, text)
    if (isBotScript(path, text)) return this.#inspector.bot(path, text)
    return this.#inspector.file(path, text)
  }

  #useSdk(): void {
    const choice = this.#folders.map(folder => this.#settings.sdkOf(folder)).find(Boolean) ?? this.#sdk
    this.#types.useSdk(findSdk(this.#folders, choice))
  }

  /** Tells TypeScript what the workspace declares, when pages or content types are others than the last time. */
  #declare(): void {
    const { pages } = this.#facts
    const contentTypes = this.#types.hasOurSdk ? this.#facts.contentTypes : NONE
    const sources = [contentTypes, ...pages]
    if (sources.length === this.#declared.length && sources.every((source, at) => source === this.#declared[at])) return
    this.#declared = sources
    this.#types.declare(workspaceDeclarations({ contentTypes, pages }))
  }

  #hook(document: TextDocument): HookFile | undefined {
    const type = typeOfDocument(document)
    if (!type) return undefined
    const name = nameOf(document.uri)
    this.#uris.set(name, document.uri)
    return this.#types.update(name, document.getText(), type)
  }

  /** A hook by its address, open or on disk. */
  hookAt(uri: string): { file: HookFile; location?: HookLocation } | undefined {
    const location = locateHook(URI.parse(uri).path)
    const open = this.#types.get(nameOf(uri))
    if (open) return { file: open, ...(location && { location }) }
    const text = location && readText(URI.parse(uri).fsPath)
    if (!location || text === undefined) return undefined
    const file = this.#types.update(nameOf(uri), text, location.type)
    this.#types.remove(nameOf(uri))
    return { file, location }
  }

  /** Where the page that explains a code can be read. */
  docsOf(code: string | number): string | undefined {
    return this.#docs !== undefined && typeof code === 'string' ? `${this.#docs.replace(/\/$/, '')}/${code}.md` : undefined
  }

  close(uri: string): void {
    const path = pathOf(uri)
    if (path !== undefined) this.#facts.overlay(path, undefined)
    this.#problems.delete(uri)
    this.#uris.delete(nameOf(uri))
    this.#types.remove(nameOf(uri))
  }

  dispose(): void {
    this.#types.dispose()
  }
}

/** Its folder decides; a document of our language elsewhere is taken for the usual kind. */
function typeOfDocument(document: TextDocument): HookType | undefined {
  const located = locateHook(URI.parse(document.uri).path)?.type
  return located ?? (document.languageId === HOOK_LANGUAGE ? hookTypeOf(DEFAULT_TYPE) : undefined)
}

function pathOf(uri: string): string | undefined {
  const parsed = URI.parse(uri)
  return parsed.scheme === 'file' ? parsed.fsPath : undefined
}

/** A file name for TypeScript: the path of a file, or one made up for documents that were never saved. */
function nameOf(uri: string): string {
  const parsed = URI.parse(uri)
  const path =
    parsed.scheme === 'file'
      ? parsed.fsPath.replaceAll('\\', '/')
      : `/${[parsed.scheme, parsed.authority, parsed.path.replace(/^\//, '')].filter(Boolean).join('/')}`
  return /\.[cm]?js$/i.test(path) ? path : `${path}.js`
}
