import { type AnyNode, type CallExpression, type Expression, parse, type SpreadElement } from 'acorn'
import { simple } from 'acorn-walk'
import { RESERVED_EVENT_TYPES } from '../botpress/webchat.ts'

/** An event that a script sends, as far as can be read without running it. */
export interface SentEvent {
  type: string
  /** What the hook finds in `event.payload` (R22.1, R22.5). Values that are computed at run time stand as their source, in ‹›. */
  payload: unknown
  via: 'sendEvent' | 'sendPayload'
  /** Counts from 1 within the script. */
  line: number
}

export interface PageScript {
  events: SentEvent[]
  botIds: string[]
}

/** Reads calls of `botpressWebChat.sendEvent`, `sendPayload` and `init`. A script with syntax errors has none. */
export function readScript(text: string): PageScript {
  const found: PageScript = { events: [], botIds: [] }
  const tree = parsed(text)
  if (!tree) return found
  simple(tree, {
    CallExpression(call) {
      const name = calledName(call)
      const [argument] = call.arguments
      if (!argument || !name) return
      if (name === 'init') addBot(found, staticValue(argument, text))
      else addEvent(found, name, staticValue(argument, text), call.loc!.start.line)
    }
  })
  return found
}

function parsed(text: string): AnyNode | undefined {
  for (const sourceType of ['script', 'module'] as const) {
    try {
      return parse(text, { ecmaVersion: 'latest', sourceType, locations: true })
    } catch {
      // The other way of reading it, or none.
    }
  }
  return undefined
}

/** `x.botpressWebChat.init(…)`, `window.botpressWebChat?.sendEvent(…)` and the like. */
function calledName(call: CallExpression): 'init' | 'sendEvent' | 'sendPayload' | undefined {
  const { callee } = call
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return undefined
  const { name } = callee.property
  const owner = callee.object
  const ownerName = owner.type === 'MemberExpression' && owner.property.type === 'Identifier' ? owner.property.name : nameOf(owner)
  if (name === 'sendEvent' || name === 'sendPayload') return name
  return name === 'init' && ownerName === 'botpressWebChat' ? name : undefined
}

function nameOf(node: AnyNode): string | undefined {
  return node.type === 'Identifier' ? node.name : undefined
}

function addBot(found: PageScript, config: unknown): void {
  const id = isObject(config) ? config.botId : undefined
  if (typeof id === 'string' && !id.startsWith('‹')) found.botIds.push(id)
}

function addEvent(found: PageScript, via: SentEvent['via'], sent: unknown, line: number): void {
  if (!isObject(sent)) return
  const { type } = sent
  if (typeof type !== 'string' || type.startsWith('‹')) return
  if (via === 'sendEvent' && Object.hasOwn(RESERVED_EVENT_TYPES, type)) return
  found.events.push({ type, payload: via === 'sendEvent' ? { type, payload: sent } : sent, via, line })
}

function staticValue(node: Expression | SpreadElement, text: string): unknown {
  switch (node.type) {
    case 'Literal':
      return node.value
    case 'ArrayExpression':
      return node.elements.map(element => (element ? staticValue(element, text) : null))
    case 'ObjectExpression': {
      const entries = node.properties.flatMap(property => {
        if (property.type !== 'Property' || property.computed || property.kind !== 'init') return []
        const key = property.key.type === 'Identifier' ? property.key.name : String((property.key as { value?: unknown }).value)
        return [[key, staticValue(property.value, text)]]
      })
      return Object.fromEntries(entries)
    }
    case 'TemplateLiteral':
      if (node.expressions.length === 0) return node.quasis[0]!.value.cooked
  }
  return `‹${text.slice(node.start, node.end)}›`
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
