import ts from 'typescript'
import { type CompletionItem, CompletionItemKind, InsertTextFormat, MarkupKind, type Position } from 'vscode-languageserver/node'
import { ancestors, walk } from '../analysis/nodes.ts'
import { parseBare } from '../bare-syntax.ts'
import type { WorkspaceFacts } from '../rule.ts'
import type { HookContext } from './context.ts'

/** A proactive idiom that is right as it stands. `body` may await; `$type` is an event of the pages. */
interface Idiom {
  readonly prefix: string
  /** Name of the function around it where the hook has none. */
  readonly name: string
  readonly detail: string
  readonly body: string
}

/** Where the dialog engine is still to come and can be skipped (R5.2). */
const TYPES = new Set(['before_incoming_middleware', 'after_incoming_middleware'])

const SAY = `const payloads = await bp.cms.renderElement('builtin_text', { text: '\${3:Hi! I am here if you need me.}', typing: true }, event)
    await bp.events.replyToEvent(event, payloads, event.id)`

export const IDIOMS: readonly Idiom[] = [
  {
    prefix: 'greetOncePerSession',
    name: 'greet',
    detail: 'Greet once per session, and keep the event from the flow',
    body: `if (event.type === '\${1:$type}') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  if (!event.state.session.\${2:greetedAt}) {
    event.state.session.\${2:greetedAt} = Date.now()
    event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
    ${SAY}
  }
}`
  },
  {
    prefix: 'greetOncePerUser',
    name: 'greet',
    detail: 'Greet a visitor once for ever: remembered in the key-value store',
    body: `if (event.type === '\${1:$type}') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  const kvs = bp.kvs.forBot(event.botId)
  const key = \`\${2:greeted}/\\\${event.channel}/\\\${event.target}\`
  if (!(await kvs.get(key))) {
    await kvs.set(key, true)
    ${SAY}
  }
}`
  },
  {
    prefix: 'replyAndSkip',
    name: 'reply',
    detail: 'Answer an event of the page, at most once in ten minutes, and keep it from the flow',
    body: `if (event.type === '\${1:$type}') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  if (Date.now() - (event.state.session.\${2:repliedAt} || 0) > \${4:10} * 60 * 1000) {
    event.state.session.\${2:repliedAt} = Date.now()
    event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
    ${SAY}
  }
}`
  },
  {
    prefix: 'jumpOnEvent',
    name: 'jump',
    detail: 'Go on at a node of a flow where no dialog is under way',
    body: `if (event.type === '\${1:$type}') {
  if (event.state.context.currentNode) {
    event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  } else {
    await bp.dialog.jumpTo(bp.dialog.createId(event), event, '\${2:main}', '\${3:entry}')
  }
}`
  },
  {
    prefix: 'readPageData',
    name: 'read',
    detail: 'Keep what the page sends in the session, without an answer',
    body: `if (event.type === '\${1:$type}') {
  event.setFlag(bp.IO.WellKnownFlags.SKIP_DIALOG_ENGINE, true)
  const sent = event.payload && event.payload.payload && event.payload.payload.payload
  if (sent) {
    event.state.session.\${2:page} = sent
    event.setFlag(bp.IO.WellKnownFlags.FORCE_PERSIST_STATE, true)
  }
}`
  }
]

/** Idioms that fit where a statement may start: inside an async function as they are, at the top of the hook with one around them (R3.4). */
export function snippets(context: HookContext, workspace: WorkspaceFacts, position: Position): CompletionItem[] {
  if (!TYPES.has(context.hook.type.id)) return []
  const around = statementPlace(context, position)
  if (!around) return []
  const type = usualType(workspace)
  return IDIOMS.flatMap(idiom => {
    const awaits = idiom.body.includes('await ')
    if (awaits && around === 'function') return []
    const body = idiom.body.replaceAll('$type', () => type)
    const insertText = awaits && around === 'hook' ? wrapped(idiom.name, body) : body
    return [
      {
        label: idiom.prefix,
        kind: CompletionItemKind.Snippet,
        detail: idiom.detail,
        documentation: { kind: MarkupKind.Markdown, value: `\`\`\`javascript\n${plainText(insertText)}\n\`\`\`` },
        insertText,
        insertTextFormat: InsertTextFormat.Snippet,
        sortText: `9${idiom.prefix}`
      }
    ]
  })
}

/** A snippet's text with its defaults filled in. */
export function plainText(snippet: string): string {
  return snippet.replace(/(?<!\\)\$\{\d+:([^}]*)\}/g, '$1').replaceAll('\\$', '$')
}

function wrapped(name: string, body: string): string {
  const lines = body.split('\n').map(line => (line === '' ? '' : `  ${line}`))
  return `const ${name} = async () => {\n${lines.join('\n')}\n}\n\nreturn ${name}()`
}

/** The event that the pages send first, or the customary one (R24.1). */
function usualType(workspace: WorkspaceFacts): string {
  const sent = workspace.pages.flatMap(page => page.sent).find(({ via, type }) => via === 'sendEvent' && type !== undefined)
  return sent?.type?.replace(/[\\}$]/g, '\\$&') ?? 'proactive-trigger'
}

/** Whether a statement may start at a position, and in what: the hook itself, an async function, or another function. */
function statementPlace(context: HookContext, position: Position): 'hook' | 'async' | 'function' | undefined {
  const offset = context.document.offsetAt(position)
  const { text } = context.hook
  const [word = ''] = /[\w$]*$/.exec(text.slice(Math.max(0, offset - 100), offset)) ?? []
  const start = offset - word.length
  // Cheap first: a statement follows a line's start, a bracket or a semicolon.
  if (!/(^|[\n;{}])[ \t]*$/.test(text.slice(Math.max(0, start - 200), start))) return undefined
  const source = word === '' ? parseBare(`${text.slice(0, offset)}_${text.slice(offset)}`) : context.hook.bare
  const name = identifierAt(source, start)
  if (!name || !ts.isExpressionStatement(name.parent)) return undefined
  const outer = [...ancestors(name)].find(ts.isFunctionLike)
  if (!outer) return 'hook'
  return ts.canHaveModifiers(outer) && ts.getModifiers(outer)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
    ? 'async'
    : 'function'
}

function identifierAt(source: ts.SourceFile, start: number): ts.Identifier | undefined {
  let found: ts.Identifier | undefined
  walk(source, node => {
    if (start < node.pos || start > node.end) return false
    if (ts.isIdentifier(node) && node.getStart() === start) found = node
    return undefined
  })
  return found
}
