import { basename } from 'node:path'
import ts from 'typescript'
import { type CompletionItem, CompletionItemKind, type LocationLink, type Position } from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { URI } from 'vscode-uri'
import { fullPath } from '../analysis/effects.ts'
import { isEventType, typeAliases } from '../analysis/event-types.ts'
import { hookModel } from '../analysis/hook-model.ts'
import { walk } from '../analysis/nodes.ts'
import type { Span } from '../body-map.ts'
import { fragmentsOf } from '../pages/fragments.ts'
import { pageCalls, sentEvents } from '../pages/page-calls.ts'
import type { WorkspaceFacts } from '../rule.ts'
import { type HookContext, rangeOf } from './context.ts'

/** What a string in a hook stands for. */
type Meaning = { readonly of: 'event type' | 'flow' | 'bot' | 'content' } | { readonly of: 'node'; readonly flow: string | undefined }

/** Names of the workspace that fit into the string at a position: types of events, flows, nodes, bots, each with where it is from. */
export function nameCompletions(context: HookContext, workspace: WorkspaceFacts, position: Position): CompletionItem[] {
  const literal = literalAt(context.hook.bare, context.document.offsetAt(position))
  const meaning = literal && meaningOf(context, literal)
  if (!literal || !meaning) return []
  const inner = { start: literal.getStart() + 1, end: literal.isUnterminated ? literal.end : literal.end - 1 }
  const range = rangeOf(context.document, { start: inner.start, end: Math.max(inner.start, inner.end) })
  return namesOf(context, workspace, meaning).map(({ name, detail }) => ({
    label: name,
    kind: CompletionItemKind.Constant,
    detail,
    // What the workspace itself uses comes before what the SDK lists.
    sortText: `0${name}`,
    textEdit: { range, newText: name }
  }))
}

function namesOf(context: HookContext, workspace: WorkspaceFacts, meaning: Meaning): { name: string; detail: string }[] {
  const bots = botsOf(context, workspace)
  if (meaning.of === 'bot') return workspace.bots.map(name => ({ name, detail: 'a bot of this workspace' }))
  if (meaning.of === 'content') return contentOf(bots, workspace)
  if (meaning.of === 'flow')
    return bots.flatMap(bot => [...workspace.flowsOf(bot).keys()].map(name => ({ name, detail: `a flow of ${bot}` })))
  if (meaning.of === 'node') {
    const wanted = meaning.flow?.replace(/\.flow\.json$/i, '').toLowerCase()
    return bots.flatMap(bot =>
      [...workspace.flowsOf(bot)]
        .filter(([flow]) => wanted === undefined || flow.toLowerCase() === wanted)
        .flatMap(([flow, nodes]) => nodes.map(name => ({ name, detail: `a node of ${flow}` })))
    )
  }
  const names = new Map<string, string>()
  for (const page of workspace.pages) {
    for (const { type, via } of page.sent) {
      if (type !== undefined && (via === 'sendEvent' || via === 'sendPayload') && !names.has(type))
        names.set(type, `sent by ${basename(page.path)}`)
    }
  }
  for (const hook of workspace.hooks) {
    if (hook.path === URI.parse(context.uri).fsPath) continue
    for (const type of hook.handles) if (!names.has(type)) names.set(type, `handled by ${hook.location.relativePath}`)
  }
  for (const [type, flow] of workspace.typesInFlows) if (!names.has(type)) names.set(type, `tested by the flow ${flow}`)
  return [...names].map(([name, detail]) => ({ name, detail }))
}

function contentOf(bots: readonly string[], workspace: WorkspaceFacts): { name: string; detail: string }[] {
  const types = workspace.contentTypes.map(({ id, path }) => ({ name: id, detail: `a content type, ${basename(path)}` }))
  const elements = bots.flatMap(bot =>
    [...workspace.elementsOf(bot)].map(([id, text]) => ({ name: `#!${id}`, detail: text === '' ? `of ${bot}` : `“${text}”, of ${bot}` }))
  )
  return [...types, ...elements]
}

function botsOf(context: HookContext, workspace: WorkspaceFacts): readonly string[] {
  const own = /[\\/]bots[\\/]([^\\/]+)[\\/]hooks[\\/]/.exec(URI.parse(context.uri).fsPath)?.[1]
  return own === undefined ? workspace.bots : [own]
}

function meaningOf(context: HookContext, literal: ts.StringLiteralLike): Meaning | undefined {
  const { aliases } = hookModel(context.hook.bare)
  const { parent } = literal
  if (ts.isBinaryExpression(parent)) {
    const other = parent.left === literal ? parent.right : parent.left
    if (isEventType(other, typeAliases(context.hook.bare))) return { of: 'event type' }
    return /^(event\.)?botId$/.test(fullPath(other, aliases) ?? '') ? { of: 'bot' } : undefined
  }
  if (ts.isCaseClause(parent) && isEventType(parent.parent.parent.expression, typeAliases(context.hook.bare))) return { of: 'event type' }
  if (ts.isArrayLiteralExpression(parent) && /^\.(includes|indexOf)\(event\.type/.test(context.hook.text.slice(parent.end)))
    return { of: 'event type' }
  if (ts.isCallExpression(parent) && fullPath(parent.expression, aliases) === 'bp.dialog.jumpTo') {
    const at = parent.arguments.indexOf(literal)
    const flow = parent.arguments[2]
    if (at === 2) return { of: 'flow' }
    if (at === 3) return { of: 'node', flow: flow && ts.isStringLiteralLike(flow) ? flow.text : undefined }
  }
  if (ts.isCallExpression(parent) && parent.arguments[0] === literal && fullPath(parent.expression, aliases) === 'bp.cms.renderElement')
    return { of: 'content' }
  return undefined
}

function literalAt(source: ts.SourceFile, offset: number): ts.StringLiteralLike | undefined {
  let found: ts.StringLiteralLike | undefined
  walk(source, node => {
    if (offset < node.pos || offset > node.end) return false
    if (ts.isStringLiteralLike(node) && offset > node.getStart() && offset <= node.end) found = node
    return undefined
  })
  return found
}

/** *Go to page*: from an event type in a hook to the calls that send it. */
export function sendersAt(context: HookContext, workspace: WorkspaceFacts, position: Position): LocationLink[] {
  const literal = literalAt(context.hook.bare, context.document.offsetAt(position))
  if (!literal || meaningOf(context, literal)?.of !== 'event type') return []
  const origin = rangeOf(context.document, { start: literal.getStart(), end: literal.end })
  return workspace.sendersOf(literal.text).map(({ page, sent }) => linkTo(page.path, page.text, sent.span, origin))
}

/** *Go to hook*: from an event type that a page sends to the hooks that handle it. */
export function handlersAt(document: TextDocument, workspace: WorkspaceFacts, position: Position): LocationLink[] {
  const offset = document.offsetAt(position)
  const path = URI.parse(document.uri).fsPath
  for (const { type, span } of sentEvents(pageCalls(fragmentsOf(path, document.getText())))) {
    if (type === undefined || offset < span.start || offset > span.end) continue
    const origin = rangeOf(document, span)
    return workspace.hooksHandling(type).flatMap(hook => {
      const test = hookModel(hook.source).branches.find(branch => branch.types.includes(type))
      return test ? [linkTo(hook.path, hook.text, { start: test.literal.getStart(), end: test.literal.end }, origin)] : []
    })
  }
  return []
}

function linkTo(path: string, text: string, span: Span, originSelectionRange: LocationLink['originSelectionRange']): LocationLink {
  const range = rangeOf(TextDocument.create('', '', 0, text), span)
  return { targetUri: URI.file(path).toString(), targetRange: range, targetSelectionRange: range, originSelectionRange }
}
