import type { HookType } from '../botpress/hook-types.ts'

/** A stretch of text, in UTF-16 code units from the start of the document; `end` is exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** How positions cross between a hook as its author sees it and the function that TypeScript sees. */
export interface BodyMap {
  toVirtual(offset: number): number
  /** The span in the hook, or undefined when it touches the synthetic head or tail. */
  toBody(start: number, length: number): Span | undefined
}

export interface WrappedBody {
  readonly text: string
  readonly map: BodyMap
}

const TAIL = '\n})\n'

/**
 * Wraps a hook as the body of an ordinary function (R3.3) whose parameters are those of its type.
 * The head has a line of its own, so columns stay; it is an expression, so that two hooks never share a scope; lines shift by one.
 *
 * @param declared names that the hook declares itself: an argument of that name steps aside (R3.16)
 * @param named event types that the hook names, when a test of `event.type` shall tell what the payload is
 */
export function wrapBody(
  body: string,
  type: HookType,
  declared: ReadonlySet<string> = new Set(),
  named: readonly string[] = []
): WrappedBody {
  const parameters = parametersOf(type).map(name => (declared.has(name) ? `__${name}` : name))
  const head = `/** @type {${named.length === 0 ? `hooks.${type.id}` : typeFor(type, named)}} */ (function (${parameters.join(', ')}) {\n`
  return { text: head + body + TAIL, map: shift(head.length, body.length) }
}

const INCOMING = 'sdk.IO.IncomingEvent'

/** Whether a hook of this type is given incoming events. */
export function takesIncoming(type: HookType): boolean {
  return type.args.some(argument => argument.type === INCOMING)
}

/** The hook's type with an event that knows the payloads of the types named. */
function typeFor(type: HookType, named: readonly string[]): string {
  // A comment ends at the first star and slash.
  const names = named.map(name => JSON.stringify(name).replaceAll('*/', '*\\u002f')).join(' | ')
  const args = type.args.map(({ name, type }) => `${name}: ${type === INCOMING ? `pages.IncomingEvent<${names}>` : type}`)
  return `(${['bp: typeof sdk', ...args].join(', ')}) => any`
}

/** The names that a hook of this type receives, `bp` first (R2.1). */
export function parametersOf(type: HookType): readonly string[] {
  return ['bp', ...type.args.map(argument => argument.name)]
}

function shift(by: number, length: number): BodyMap {
  return {
    toVirtual: offset => by + Math.max(0, Math.min(offset, length)),
    toBody(start, spanLength) {
      const from = start - by
      const to = from + spanLength
      return from >= 0 && to <= length ? { start: from, end: to } : undefined
    }
  }
}
