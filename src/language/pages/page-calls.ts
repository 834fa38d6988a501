import ts from 'typescript'
import { pathOf, propertyOf, walk } from '../analysis/nodes.ts'
import type { Span } from '../body-map.ts'
import { type Fragment, spanIn } from './fragments.ts'
import { type Shape, shapeOf } from './shapes.ts'
import { PageValues } from './values.ts'

/** A call of a widget's API in a page. */
export interface PageCall {
  readonly method: 'init' | 'configure' | 'mergeConfig' | 'sendEvent' | 'sendPayload' | 'load' | 'interact' | 'push' | 'clear' | 'other'
  readonly api: 'botpress' | 'voiceflow'
  readonly call: ts.CallExpression
  readonly fragment: Fragment
  readonly span: Span
  /** The events that it may send; none for a call that sends nothing. */
  readonly sent: readonly SentEvent[]
}

/** An event as a page sends it. */
export interface SentEvent {
  readonly via: 'sendEvent' | 'sendPayload' | 'interact' | 'push'
  /** Absent when it is computed. */
  readonly type?: string
  /** What the call is given. */
  readonly shape: Shape
  /** The literal that names the type, wherever it stands in the page, or the whole call when there is none. */
  readonly span: Span
}

const SENDS: ReadonlySet<string> = new Set<SentEvent['via']>(['sendEvent', 'sendPayload', 'interact', 'push'])
const METHODS = new Set(['init', 'configure', 'mergeConfig', 'sendEvent', 'sendPayload', 'load', 'interact', 'push', 'clear'])

/** Every call of `botpressWebChat` or `voiceflow.chat`, also through a name it was given (`const chat = window.botpressWebChat`). */
export function pageCalls(fragments: readonly Fragment[]): PageCall[] {
  const values = new PageValues(fragments)
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
      const sent = SENDS.has(method) ? sentBy(method as SentEvent['via'], node, fragment, values) : []
      calls.push({ method, api, call: node, fragment, span: spanIn(fragment, node), sent })
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

/** What a page sends, in the order of the text; an event that several calls may send counts once. */
export function sentEvents(calls: readonly PageCall[]): SentEvent[] {
  const events = new Map<string, SentEvent>()
  for (const sent of calls.flatMap(call => call.sent)) {
    const key = JSON.stringify(sent)
    if (!events.has(key)) events.set(key, sent)
  }
  return [...events.values()]
}

/** The events that a call may send: one for each object that its argument may be, and for each type that the object may have. */
function sentBy(via: SentEvent['via'], call: ts.CallExpression, fragment: Fragment, values: PageValues): SentEvent[] {
  const [argument] = call.arguments
  const span = spanIn(fragment, call)
  if (!argument) return [{ via, shape: { kind: 'unknown' }, span }]
  return values.of({ node: argument, fragment }).flatMap((value): SentEvent[] => {
    const shape = shapeOf(value, values)
    const written = ts.isObjectLiteralExpression(value.node) ? propertyOf(value.node, 'type') : undefined
    if (!written) return [{ via, shape, span }]
    return values
      .of({ node: written, fragment: value.fragment })
      .map(({ node, fragment }) =>
        ts.isStringLiteralLike(node) ? { via, type: node.text, shape, span: spanIn(fragment, node) } : { via, shape, span }
      )
  })
}

/**
 * What a hook finds in `event.payload`: `sendEvent(object)` is wrapped once more (R22.1, R22.3), `sendPayload(object)` is not (R22.5).
 *
 * @returns undefined for what does not go to Botpress
 */
export function arrivingPayload({ via, type, shape, span }: SentEvent): Shape | undefined {
  if (via === 'sendPayload') return shape
  if (via !== 'sendEvent' || type === undefined) return undefined
  const members = [
    { name: 'type', shape: { kind: 'literal', value: type }, span },
    { name: 'payload', shape, span }
  ] as const
  return { kind: 'object', members, open: false }
}
