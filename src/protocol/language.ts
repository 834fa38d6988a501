import * as z from 'zod/mini'

/** The documents that an editor hands to the server, besides hooks (language `botpress-hook`, saved or not): language or glob. */
export const OTHER_DOCUMENTS = [
  { language: 'html' },
  // Scripts of pages, and hooks that lie where Botpress does not look.
  { language: 'javascript' },
  // Bots.
  { language: 'typescript' },
  { pattern: '**/{hook,hooks}/**/*.{ts,mjs,cjs,jsx,tsx,txt}' },
  { pattern: '**/{bot.config,botpress.config,channel-web}.json' },
  { pattern: '**/*.flow.json' }
] as const

/** Files whose change on disk the server wants to hear of: hooks, pages and scripts, what bots consist of, settings. */
export const WATCHED_FILES = [
  '**/*.{js,mjs,cjs,html,htm}',
  '**/{hook,hooks}/**/*.{ts,jsx,tsx,txt}',
  '**/{global,bots}/**/*.json',
  '**/{botpress.config,.proactive-hooks}.json'
] as const

/** Requests of the extension to the language server, next to those of LSP. */

/** A place in a document, with LSP positions: lines and UTF-16 columns from 0. */
const Position = z.object({ line: z.number(), character: z.number() })
export const DocumentPlace = z.object({ uri: z.string(), range: z.object({ start: Position, end: Position }) })
export type DocumentPlace = z.infer<typeof DocumentPlace>

/** An event that a page of the workspace sends. */
export const PageEvent = z.object({
  via: z.enum(['sendEvent', 'sendPayload', 'interact', 'push']),
  /** Absent when it is not written as a literal. */
  type: z.optional(z.string()),
  /** The argument as far as it consists of literals; what is computed is left out. */
  argument: z.unknown(),
  place: DocumentPlace
})
export type PageEvent = z.infer<typeof PageEvent>

export const HookInfo = z.object({
  hookType: z.string(),
  scope: z.enum(['global', 'bot']),
  botId: z.optional(z.string()),
  /** Event types that the hook compares `event.type` with. */
  handles: z.array(z.string()),
  /** A syntax error keeps Botpress from loading it. */
  broken: z.boolean()
})
export type HookInfo = z.infer<typeof HookInfo>

/** Method names with their shapes. */
export const LanguageRequests = {
  /** All events that pages of the workspace send, in the order of files and places. */
  'proactiveHooks/pageEvents': { params: z.object({}), result: z.array(PageEvent) },
  /** What is known about a hook; null when the document is none. */
  'proactiveHooks/hookInfo': { params: z.object({ uri: z.string() }), result: z.nullable(HookInfo) }
} as const

/** What a hook saw in a run: the newest for each hook and event type counts. */
export const Observed = z.object({
  /** Absolute path of the hook. */
  hook: z.string(),
  type: z.string(),
  /** Values below `event`, as far as they are known. */
  event: z.record(z.string(), z.unknown())
})
export type Observed = z.infer<typeof Observed>

/** Notifications of the extension to the language server. */
export const LanguageNotifications = {
  /** Hooks ran; their hovers and completions show what they saw. */
  'proactiveHooks/observed': z.object({ seen: z.array(Observed) })
} as const

/** What the extension tells the server when it starts it (`initializationOptions`). All may be left out. */
export const LanguageOptions = z.object({
  /** Where the pages that explain the rules are read: an address to which `/<id>.md` is added. */
  ruleDocs: z.optional(z.string()),
  /** Severities that the user set: rule id to severity, or `off`. */
  rules: z._default(z.record(z.string(), z.enum(['error', 'warning', 'info', 'hint', 'off'])), {}),
  /** The major version of Node that the server runs. Botpress 12 has 12. */
  node: z._default(z.number(), 12),
  /** Which declarations of the SDK count: `bundled`, `workspace` (found in its usual place) or the path of a file. */
  sdk: z._default(z.string(), 'bundled')
})
export type LanguageOptions = z.infer<typeof LanguageOptions>
