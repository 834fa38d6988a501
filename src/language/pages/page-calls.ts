import ts from 'typescript'
import { literalOf, pathOf, propertyOf, walk } from '../analysis/nodes.ts'
import type { Span } from '../body-map.ts'
import { type Fragment, fragmentsOf, spanIn } from './fragments.ts'

/** A call of a widget's API in a page. */
export interface PageCall {
  readonly method: 'init' | 'configure' | 'mergeConfig' | 'sendEvent' | 'sendPayload' | 'load' | 'interact' | 'push' | 'clear' | 'other'
  readonly api: 'botpress' | 'voiceflow'
  readonly call: ts.CallExpression
  readonly fragment: Fragment
  readonly span: Span
}

/** An event as a page sends it. */
export interface SentEvent {
  readonly via: 'sendEvent' | 'sendPayload' | 'interact' | 'push'
  readonly type?: string
  readonly argument: unknown
  /** Keys of its `payload`, as far as they are written out. */
  readonly payloadKeys: readonly string[]
  /** The payload may have more keys than are written. */
  readonly open: boolean
  readonly call: PageCall
  /** The literal that names the type, or the whole call when there is none. */
  readonly span: Span
}

const METHODS = new Set(['init', 'configure', 'mergeConfig', 'sendEvent', 'sendPayload', 'load', 'interact', 'push', 'clear'])

/** Every call of `botpressWebChat` or `voiceflow.chat`, also through a name it was given (`const chat = window.botpressWebChat`). */
export function pageCalls(fragments: readonly Fragment[]): PageCall[] {
  return fragments.flatMap(fragment => {
    const aliases = aliasesOf(fragment.source)
    const calls: PageCall[] = []
    walk(fragment.source, node => {
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return
      const receiver = pathOf(node.expression.expression)
      const api = receiver === undefined ? undefined : apiOf(aliases.get(receiver.split('.')[0]!) ?? '', receiver, aliases)
      if (!api) return
      const name = node.expression.name.text
      const method = METHODS.has(name) ? (name as PageCall['method']) : 'other'
      calls.push({ method, api, call: node, fragment, span: spanIn(fragment, node) })
    })
    return calls
  })
}

function apiOf(alias: string, receiver: string, aliases: ReadonlyMap<string, string>): PageCall['api'] | undefined {
  const first = receiver.split('.')[0]!
  const path = aliases.has(first) ? alias + receiver.slice(first.length) : receiver
  if (/(^|\.)botpressWebChat$/.test(path)) return 'botpress'
  return /(^|\.)voiceflow\.chat(\.proactive)?$/.test(path) ? 'voiceflow' : undefined
}

function aliasesOf(source: ts.SourceFile): Map<string, string> {
  const aliases = new Map<string, string>()
  walk(source, node => {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || !node.initializer) return
    const path = pathOf(node.initializer)
    if (path && /(^|\.)(botpressWebChat|voiceflow)(\.|$)/.test(path)) aliases.set(node.name.text, path)
  })
  return aliases
}

/** What a page sends, in the order of the text. */
export function sentEvents(path: string, text: string): SentEvent[] {
  return pageCalls(fragmentsOf(path, text)).flatMap(call => sentBy(call) ?? [])
}

export function sentBy(call: PageCall): SentEvent | undefined {
  const { method } = call
  if (method !== 'sendEvent' && method !== 'sendPayload' && method !== 'interact' && method !== 'push') return undefined
  const [argument] = call.call.arguments
  const named = propertyOf(argument, 'type')
  const type = literalOf(named)
  return {
    via: method,
    ...(typeof type === 'string' && { type }),
    argument: literalOf(argument),
    ...keysOf(argument, propertyOf(argument, 'payload')),
    call,
    span: typeof type === 'string' && named ? spanIn(call.fragment, named) : call.span
  }
}

function keysOf(argument: ts.Expression | undefined, payload: ts.Expression | undefined): { payloadKeys: string[]; open: boolean } {
  const spread = (object: ts.ObjectLiteralExpression) =>
    object.properties.some(property => !property.name || ts.isComputedPropertyName(property.name))
  if (!argument || !ts.isObjectLiteralExpression(argument) || spread(argument)) return { payloadKeys: [], open: true }
  if (!payload) return { payloadKeys: [], open: false }
  if (!ts.isObjectLiteralExpression(payload)) return { payloadKeys: [], open: true }
  const payloadKeys = payload.properties.flatMap(({ name }) =>
    name && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? [name.text] : []
  )
  return { payloadKeys, open: spread(payload) }
}
