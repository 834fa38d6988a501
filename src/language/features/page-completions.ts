import ts from 'typescript'
import { type CompletionItem, CompletionItemKind, MarkupKind, type Position } from 'vscode-languageserver/node'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { URI } from 'vscode-uri'
import { INIT_OPTIONS, LIFECYCLE_MESSAGES, RESERVED_EVENT_TYPES } from '../../botpress/webchat.ts'
import { walk } from '../analysis/nodes.ts'
import { type Fragment, fragmentsOf, spanIn } from '../pages/fragments.ts'
import { lifecycleTests } from '../pages/lifecycle.ts'
import { pageCalls } from '../pages/page-calls.ts'
import type { WorkspaceFacts } from '../rule.ts'
import { mayBePage } from '../workspace.ts'
import { rangeOf } from './context.ts'

/** A name that fits, with what it stands for. */
interface Offer {
  readonly name: string
  readonly detail: string
}

const named = (table: Readonly<Record<string, string>>): Offer[] => Object.entries(table).map(([name, detail]) => ({ name, detail }))

/** In a page: names of life-cycle messages (R21.1), event types for `sendEvent` and `sendPayload` (R20.8), options of `init` (R20.4). */
export function pageCompletions(document: TextDocument, workspace: WorkspaceFacts, position: Position): CompletionItem[] {
  const path = URI.parse(document.uri).fsPath
  if (!mayBePage(path)) return []
  const offset = document.offsetAt(position)
  const fragments = fragmentsOf(path, document.getText())
  for (const fragment of fragments) {
    const at = offset - fragment.offset
    if (at < 0 || at > fragment.source.end) continue
    const literal = innermost(fragment, at, ts.isStringLiteralLike, node => at > node.getStart())
    if (literal) {
      const range = rangeOf(document, insideOf(fragment, literal))
      return stringOffers(fragments, fragment, literal, workspace).map(({ name, detail }) => ({
        ...itemOf(name, detail, CompletionItemKind.Constant),
        textEdit: { range, newText: name }
      }))
    }
    const options = optionsAt(fragment, at)
    if (options) return options.map(({ name, detail }) => itemOf(name, detail, CompletionItemKind.Field))
  }
  return []
}

function itemOf(label: string, text: string, kind: CompletionItemKind): CompletionItem {
  return { label, kind, sortText: `0${label}`, documentation: { kind: MarkupKind.Markdown, value: text } }
}

function stringOffers(
  fragments: readonly Fragment[],
  fragment: Fragment,
  literal: ts.StringLiteralLike,
  workspace: WorkspaceFacts
): Offer[] {
  if (lifecycleTests(fragment.source).some(test => test.literal === literal)) return named(LIFECYCLE_MESSAGES)
  const { start } = spanIn(fragment, literal)
  const sends = pageCalls(fragments).some(
    ({ api, sent }) => api === 'botpress' && sent.some(({ type, span }) => type !== undefined && span.start === start)
  )
  if (!sends) return []
  const handled = new Map<string, string>()
  for (const hook of workspace.hooks)
    for (const type of hook.handles) if (!handled.has(type)) handled.set(type, `handled by ${hook.location.relativePath}`)
  for (const [type, flow] of workspace.typesInFlows) if (!handled.has(type)) handled.set(type, `tested by the flow ${flow}`)
  return [...named(Object.fromEntries(handled)), ...named(RESERVED_EVENT_TYPES).filter(({ name }) => !handled.has(name))]
}

/** The options that an object at a place may still get: where a name of a property starts in the configuration of a chat. */
function optionsAt(fragment: Fragment, at: number): Offer[] | undefined {
  const configured = pageCalls([fragment]).find(({ api, method, call }) => {
    const [config] = call.arguments
    return api === 'botpress' && /^(init|configure|mergeConfig)$/.test(method) && config && at > config.getStart() && at < config.end
  })
  const config = configured?.call.arguments[0]
  if (!config || !ts.isObjectLiteralExpression(config)) return undefined
  const within = config.properties.find(property => at >= property.getStart() && at <= property.end)
  if (within && !(within.name && at <= within.name.end)) return undefined
  const before = fragment.source.text.slice(config.getStart(), within ? within.getStart() : at).trimEnd()
  if (!/[{,]$/.test(before)) return undefined
  const given = new Set(config.properties.flatMap(property => (property === within ? [] : (property.name?.getText() ?? []))))
  return named(INIT_OPTIONS).filter(({ name }) => !given.has(name))
}

function innermost<N extends ts.Node>(fragment: Fragment, at: number, is: (node: ts.Node) => node is N, holds: (node: N) => boolean) {
  let found: N | undefined
  walk(fragment.source, node => {
    if (at < node.pos || at > node.end) return false
    if (is(node) && holds(node)) found = node
    return undefined
  })
  return found
}

/** The text of a literal without its quotes; an unfinished one ends with its line. */
function insideOf(fragment: Fragment, literal: ts.StringLiteralLike) {
  const { start, end } = spanIn(fragment, literal)
  return { start: start + 1, end: Math.max(start + 1, literal.isUnterminated ? end : end - 1) }
}
