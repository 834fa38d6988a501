/**
 * Most of what an engine says is that hooks begin and end, and most of that says which hook: the same for all of its runs. It is said once per
 * process and named by a number from then on: less than half to write, to read, and to keep, since the host's entries share it.
 */

/** What the reports of a hook's runs have in common. `place` is the same object in all of them. */
interface HookRef {
  hookType: string
  name: string
  scope: string
  botId?: string
  place: object
}

interface OfHook extends HookRef {
  kind: string
}

const OF_HOOK = new Set<unknown>(['hook-started', 'hook-waits', 'hook-ended'])

const IN_REF = new Set(['hookType', 'name', 'scope', 'botId', 'place'])

const isOfHook = (message: { kind?: unknown }): message is OfHook => OF_HOOK.has(message.kind)

export class Shortener {
  #numbers = new WeakMap<object, number>()
  #last = 0

  /** The JSON texts that say a message, in order. */
  texts(message: object): string[] {
    if (!isOfHook(message)) return [JSON.stringify(message)]
    const { hookType, name, scope, botId, place } = message
    const known = this.#numbers.get(place)
    const hook = known ?? ++this.#last
    let text = `{"hook":${hook}`
    for (const key in message) if (!IN_REF.has(key)) text += field(key, message[key as keyof OfHook])
    text += '}'
    if (known !== undefined) return [text]
    this.#numbers.set(place, hook)
    return [JSON.stringify({ kind: 'hook', hook, ref: { hookType, name, scope, botId, place } }), text]
  }
}

/** As `JSON.stringify` would have it, which takes longer for an object of its own. */
function field(key: string, value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'number' && Number.isFinite(value) ? `,"${key}":${value}` : `,"${key}":${JSON.stringify(value)}`
}

export class Expander {
  #refs = new Map<number, HookRef>()

  /** The message as it was, or undefined for one that is of use only here. */
  message(said: unknown): unknown {
    if (typeof said !== 'object' || said === null || !('hook' in said) || typeof said.hook !== 'number') return said
    if ('ref' in said) {
      this.#refs.set(said.hook, said.ref as HookRef)
      return undefined
    }
    const { hook, ...rest } = said
    return { ...rest, ...this.#refs.get(hook) }
  }
}
