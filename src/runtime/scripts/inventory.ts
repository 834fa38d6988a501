import vm from 'node:vm'

/** What scripts use in every other line: of these all values are compared. */
const CORE = `[
  Object, Object.prototype, Array, Array.prototype, Function.prototype, String.prototype, Number.prototype, Promise, Promise.prototype,
  Date.prototype, Error, Error.prototype, JSON, Math, console
]`
/** What is reached by syntax only: prototypes of generators, async functions, iterators and typed arrays. */
const BY_SYNTAX = `[
  function* () {}, async () => {}, async function* () {}, [][Symbol.iterator](), new Map()[Symbol.iterator](), new Set()[Symbol.iterator](),
  ''[Symbol.iterator](), ''.matchAll(/a/g), new Int8Array()
].map(Object.getPrototypeOf)`

/** An object that a realm is born with, as it was then. */
interface Piece {
  readonly object: object
  readonly prototype: object | null
  /** Of its enumerable properties, which is what assignments make. */
  readonly enumerable: number
}

interface CorePiece {
  readonly object: Record<PropertyKey, unknown>
  readonly keys: readonly PropertyKey[]
  readonly values: readonly unknown[]
}

/**
 * Globals, prototypes, classes and namespaces of a realm in which no script has run yet, so that it can be told later whether scripts have left
 * anything there: scripts that the analysis lets share a realm, so it is enough to look for what their words do not show. To compare each value and
 * attribute would take as long as a new realm.
 */
export class Inventory {
  readonly #pieces: readonly Piece[]
  readonly #core: readonly CorePiece[]
  readonly #match: (text: string) => unknown

  constructor(context: vm.Context) {
    const evaluate = (code: string) => vm.runInContext(code, context) as object
    this.#match = evaluate('text => /(?:)/.test(text)') as (text: string) => unknown
    this.#pieces = reachedFrom([evaluate('globalThis'), ...(evaluate(BY_SYNTAX) as object[])]).map(object => ({
      object,
      prototype: Reflect.getPrototypeOf(object),
      enumerable: Object.keys(object).length
    }))
    this.#core = (evaluate(CORE) as CorePiece['object'][]).map(object => {
      const keys = Reflect.ownKeys(object).filter(key => 'value' in Reflect.getOwnPropertyDescriptor(object, key)!)
      return { object, keys, values: keys.map(key => object[key]) }
    })
  }

  /** Whether everything is as it was. What a regular expression matched last (`RegExp.$1`) is forgotten by the way. */
  isComplete(): boolean {
    this.#match('')
    return this.#pieces.every(isUnchanged) && this.#core.every(isSame)
  }
}

function isUnchanged({ object, prototype, enumerable }: Piece): boolean {
  return Reflect.getPrototypeOf(object) === prototype && Object.keys(object).length === enumerable
}

function isSame({ object, keys, values }: CorePiece): boolean {
  for (let at = 0; at < keys.length; at++) if (!Object.is(object[keys[at]!], values[at])) return false
  return true
}

/** All objects of the realm below these, without plain built-in functions. */
function reachedFrom(roots: readonly object[]): object[] {
  // What is the engine's own is the same for all realms.
  const seen = new Set<unknown>([Object.prototype, Function.prototype, Buffer])
  const found: object[] = []
  for (const waiting = [...roots]; waiting.length > 0; ) {
    const object = waiting.pop()!
    if (seen.has(object)) continue
    seen.add(object)
    if (typeof object !== 'function' || Object.hasOwn(object, 'prototype')) found.push(object)
    const descriptors = Reflect.ownKeys(object).map(key => Reflect.getOwnPropertyDescriptor(object, key)!)
    for (const next of [Reflect.getPrototypeOf(object), ...descriptors.flatMap(({ value, get, set }) => [value, get, set])])
      if ((typeof next === 'object' && next !== null) || typeof next === 'function') waiting.push(next)
  }
  return found
}
