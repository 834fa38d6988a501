import type ts from 'typescript'
import type { HookLocation } from '../botpress/hook-path.ts'
import type { HookType } from '../botpress/hook-types.ts'
import type { HookModel } from './analysis/hook-model.ts'
import type { Span } from './body-map.ts'
import type { ContentTypeFact } from './content-types.ts'
import type { Fragment } from './pages/fragments.ts'
import type { PageCall, SentEvent } from './pages/page-calls.ts'
import type { Fix, Severity } from './problem.ts'

/** A sample that the tests check and the page shows. `file` decides what it is: a hook by its folder, otherwise a page. */
export interface Sample {
  readonly file: string
  readonly text: string
  /** Other files of the workspace that the rule looks at: path to text. */
  readonly others?: Readonly<Record<string, string>>
}

interface Explained {
  /** `BPH004`. */
  readonly id: string
  /** `proactive-falls-through`. */
  readonly name: string
  readonly severity: Severity
  /** What is wrong, in half a sentence; the title of its page. */
  readonly title: string
  /** What the visitor of the chat experiences. */
  readonly visitor: string
  /** Why it is so: the fact of Botpress behind it, and when it is fine. */
  readonly why: string
  readonly bad: Sample
  readonly good: Sample
}

export interface ReportOptions {
  readonly fixes?: readonly Fix[]
  /** Where it differs from the rule's own. */
  readonly severity?: Severity
}

/** What a rule about hooks sees. The tree is that of the hook's own text; rules run only when it parses. */
export interface HookRuleContext {
  readonly source: ts.SourceFile
  readonly text: string
  readonly model: HookModel
  readonly type: HookType
  /** Absent for a document that lies in no hook folder. */
  readonly location?: HookLocation
  readonly path: string
  /** The major version of Node that the server runs. */
  readonly node: number
  readonly workspace: WorkspaceFacts
  report(place: ts.Node | Span, message: string, options?: ReportOptions): void
  /** TypeScript's view of a node of `source`: the text of its type, such as `Promise<void>`; undefined when nothing is known. */
  typeOf(node: ts.Node): string | undefined
}

/** What a rule about pages sees. */
export interface PageRuleContext {
  readonly path: string
  readonly text: string
  readonly fragments: readonly Fragment[]
  readonly calls: readonly PageCall[]
  readonly workspace: WorkspaceFacts
  report(span: Span, message: string, options?: ReportOptions): void
}

/** What a rule about data files (configuration, and hooks by their place alone) sees. */
export interface FileRuleContext {
  readonly path: string
  readonly text: string
  readonly workspace: WorkspaceFacts
  report(span: Span, message: string, options?: ReportOptions): void
}

/** What a rule about the code of a bot (Bot Framework, Agents SDK) sees. Rules run only when it parses. */
export interface BotRuleContext {
  readonly source: ts.SourceFile
  readonly text: string
  readonly path: string
  readonly workspace: WorkspaceFacts
  report(place: ts.Node | Span, message: string, options?: ReportOptions): void
}

export interface HookFact {
  readonly path: string
  readonly location: HookLocation
  readonly text: string
  readonly source: ts.SourceFile
  readonly handles: readonly string[]
}

export interface PageFact {
  readonly path: string
  readonly text: string
  readonly sent: readonly SentEvent[]
}

/** What else there is in the workspace. Read when first asked for. */
export interface WorkspaceFacts {
  readonly hooks: readonly HookFact[]
  readonly pages: readonly PageFact[]
  /** Bot ids: the folders below `data/bots`. */
  readonly bots: readonly string[]
  hooksHandling(type: string): readonly HookFact[]
  hooksOf(hookType: string): readonly HookFact[]
  /** Pages that send a type, with the call. */
  sendersOf(type: string): readonly { page: PageFact; sent: SentEvent }[]
  /** Flow name without extension to the names of its nodes. */
  flowsOf(bot: string): ReadonlyMap<string, readonly string[]>
  botFolder(bot: string): string | undefined
  /** Event types that conditions and actions of flows test, with the flow that does first. */
  readonly typesInFlows: ReadonlyMap<string, string>
  /** Content types that the workspace brings, of all bots. */
  readonly contentTypes: readonly ContentTypeFact[]
  /** Stored content of a bot: element id to a short text of it. */
  elementsOf(bot: string): ReadonlyMap<string, string>
  /** The parsed JSON file, or undefined. */
  json(path: string): unknown
  exists(path: string): boolean
}

export interface HookRule extends Explained {
  readonly about: 'hook'
  check(context: HookRuleContext): void
}

export interface PageRule extends Explained {
  readonly about: 'page'
  check(context: PageRuleContext): void
}

export interface BotRule extends Explained {
  readonly about: 'bot'
  check(context: BotRuleContext): void
}

export interface FileRule extends Explained {
  readonly about: 'file'
  /** Which files it looks at, by their path with forward slashes. */
  readonly files: RegExp
  check(context: FileRuleContext): void
}

export type Rule = HookRule | PageRule | BotRule | FileRule

/** A hook as a sample. */
export function hookSample(
  text: string,
  where: { type?: string; bot?: string; name?: string; others?: Record<string, string> } = {}
): Sample {
  const { type = 'before_incoming_middleware', bot, name = '10_greet.js', others } = where
  const folder = bot === undefined ? 'data/global' : `data/bots/${bot}`
  return { file: `${folder}/hooks/${type}/${name}`, text, ...(others && { others }) }
}

/** A page as a sample: a script in an HTML file, after the widget's own script. */
export function pageSample(script: string, others?: Record<string, string>): Sample {
  const lines = script
    .trim()
    .split('\n')
    .map(line => (line === '' ? '' : `  ${line}`))
  return {
    file: 'web/index.html',
    text: `<script src="/assets/modules/channel-web/inject.js"></script>\n<script>\n${lines.join('\n')}\n</script>\n`,
    ...(others && { others })
  }
}

/** Code of a bot as a sample, after the lines that load the SDK. */
export function botSample(text: string): Sample {
  const head = text.includes('UniversalBot')
    ? "const builder = require('botbuilder')"
    : "const { CloudAdapter, ConversationState, TurnContext } = require('botbuilder')"
  return { file: 'bot/index.js', text: `${head}\n\n${text}` }
}
