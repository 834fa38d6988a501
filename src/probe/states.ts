import Module from 'node:module'

/** What a bot saved. `key` names the store's kind and, where it is known, the conversation. */
export interface SavedState {
  key: string
  conversationId?: string | undefined
  data: unknown
}

type Tell = (state: SavedState) => Promise<void>
type Loader = { _load(request: string, parent: { filename?: string } | undefined, isMain: boolean): unknown }
type Method = (this: Record<string, unknown>, ...args: unknown[]) => unknown

interface Watched {
  /** Part of the path of the module that loads it, or of its name. */
  from: RegExp
  /** Class that it exports and the method that saves. */
  class: string
  method: string
  wrap(original: Method, tell: Tell): Method
}

interface TurnContext {
  activity?: { conversation?: { id?: string } }
  turnState?: Map<unknown, { state?: unknown }>
}

/** Where each SDK saves state. The bot waits until it was told, so that what it says next stands behind it in the trace. */
const WATCHED: readonly Watched[] = [
  { from: /botbuilder-core/, class: 'BotState', method: 'saveChanges', wrap: turnState },
  { from: /agents-hosting/, class: 'AgentState', method: 'saveChanges', wrap: turnState },
  { from: /botbuilder/, class: 'MemoryBotStorage', method: 'saveData', wrap: v3Storage }
]

/** Tells of everything that a bot saves by a known SDK, from now on: the modules are looked at as they are loaded. */
export function observeStates(tell: Tell): void {
  const seen = new WeakSet<object>()
  const loader = Module as unknown as Loader
  const load = loader._load
  loader._load = function (request, parent, isMain) {
    const loaded = load.call(this, request, parent, isMain)
    const where = `${parent?.filename ?? ''} ${request}`
    for (const row of WATCHED) {
      if (!row.from.test(where)) continue
      const made = exported(loaded, row.class)
      if (!made || seen.has(made)) continue
      const original = made[row.method]
      if (typeof original !== 'function') continue
      seen.add(made)
      made[row.method] = row.wrap(original as Method, tell)
    }
    return loaded
  }
}

function exported(loaded: unknown, name: string): Record<string, unknown> | undefined {
  try {
    const made = (loaded as Record<string, { prototype?: Record<string, unknown> }> | undefined)?.[name]
    return typeof made === 'function' ? (made as { prototype?: Record<string, unknown> }).prototype : undefined
  } catch {
    return undefined
  }
}

/** v4 and Agents: the state of the turn, as it was saved. What did not change is not told again. */
function turnState(original: Method, tell: Tell): Method {
  const last = new Map<string, string>()
  return async function (context, ...rest) {
    const result = await original.call(this, context, ...rest)
    const { activity, turnState: states } = context as TurnContext
    const data = states?.get(this.stateKey)?.state
    const conversationId = activity?.conversation?.id
    const key = this.constructor.name
    const text = textOf(data)
    const name = `${key} ${conversationId}`
    if (text !== undefined && last.get(name) !== text) {
      last.set(name, text)
      await tell({ key, conversationId, data: JSON.parse(text) })
    }
    return result
  }
}

/** v3 with a store of its own: the session's data, with the call stack in it. */
function v3Storage(original: Method, tell: Tell): Method {
  return function (context, data, callback, ...rest) {
    const { conversationId } = context as { conversationId?: string }
    const text = textOf((data as { privateConversationData?: unknown }).privateConversationData)
    const done = (...results: unknown[]) => {
      const told = text === undefined ? Promise.resolve() : tell({ key: 'MemoryBotStorage', conversationId, data: JSON.parse(text) })
      void told.then(() => (callback as (...results: unknown[]) => void)(...results))
    }
    return original.call(this, context, data, done, ...rest)
  }
}

/** Undefined for what JSON cannot hold. */
function textOf(data: unknown): string | undefined {
  try {
    return JSON.stringify(data)
  } catch {
    return undefined
  }
}
