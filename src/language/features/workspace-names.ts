import { basename } from 'node:path'
import type ts from 'typescript'
import { type CompletionItem, CompletionItemKind, type Position } from 'vscode-languageserver/node'
import { URI } from 'vscode-uri'
import { WELL_KNOWN_FLAGS } from '../../botpress/flags.ts'
import { kvsKeys } from '../analysis/kvs-keys.ts'
import type { WorkspaceFacts } from '../rule.ts'
import { type HookContext, rangeOf } from './context.ts'
import { literalAt, type Meaning, meaningOf } from './string-meaning.ts'

/** A name that fits, and where it is from. */
export interface Name {
  readonly name: string
  readonly detail: string
}

/** Names of the workspace that fit into the string at a position: types of events, flows, nodes, bots, each with where it is from. */
export function nameCompletions(context: HookContext, workspace: WorkspaceFacts, position: Position): CompletionItem[] {
  const literal = literalAt(context.hook.bare, context.document.offsetAt(position))
  const meaning = literal && meaningOf(context, literal)
  if (!literal || !meaning) return []
  if (meaning.of === 'flag') return flagsInsteadOf(context, literal)
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

function namesOf(context: HookContext, workspace: WorkspaceFacts, meaning: Meaning): Name[] {
  const bots = botsOf(context, workspace)
  if (meaning.of === 'bot') return workspace.bots.map(name => ({ name, detail: 'a bot of this workspace' }))
  if (meaning.of === 'content') return contentOf(bots, workspace)
  if (meaning.of === 'key') return keysOf(context, workspace)
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
  return eventTypeNames(workspace, URI.parse(context.uri).fsPath)
}

/** Event types that pages send, hooks handle and flows test, each with where it was found first. `except` is the path of a hook that does not count. */
export function eventTypeNames(workspace: WorkspaceFacts, except?: string): Name[] {
  const names = new Map<string, string>()
  for (const page of workspace.pages) {
    for (const { type, via } of page.sent) {
      if (type !== undefined && (via === 'sendEvent' || via === 'sendPayload') && !names.has(type))
        names.set(type, `sent by ${basename(page.path)}`)
    }
  }
  for (const hook of workspace.hooks) {
    if (hook.path === except) continue
    for (const type of hook.handles) if (!names.has(type)) names.set(type, `handled by ${hook.location.relativePath}`)
  }
  for (const [type, flow] of workspace.typesInFlows) if (!names.has(type)) names.set(type, `tested by the flow ${flow}`)
  // The one that is being written.
  names.delete('')
  return [...names].map(([name, detail]) => ({ name, detail }))
}

function contentOf(bots: readonly string[], workspace: WorkspaceFacts): Name[] {
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

/** Keys of the key-value store that hooks of the workspace use, each with the first of them. */
function keysOf(context: HookContext, workspace: WorkspaceFacts): Name[] {
  const keys = new Map<string, string>()
  const own = URI.parse(context.uri).fsPath
  for (const { path, source, text } of workspace.hooks) {
    if (path === own || !text.includes('kvs')) continue
    for (const key of kvsKeys(source)) if (!keys.has(key)) keys.set(key, basename(path))
  }
  return [...keys].map(([name, file]) => ({ name, detail: `a key of the store, in ${file}` }))
}

/** A flag is no string (R5.2): the flag itself takes the place of the whole literal. */
function flagsInsteadOf(context: HookContext, literal: ts.StringLiteralLike): CompletionItem[] {
  const range = rangeOf(context.document, { start: literal.getStart(), end: literal.end })
  const quote = literal.getText()[0]
  return Object.entries(WELL_KNOWN_FLAGS).map(([name, { effect }]) => ({
    label: name,
    kind: CompletionItemKind.Constant,
    detail: effect,
    sortText: `0${name}`,
    filterText: `${quote}${name}`,
    textEdit: { range, newText: `bp.IO.WellKnownFlags.${name}` }
  }))
}
