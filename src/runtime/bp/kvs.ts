import { originNow, running } from '../current.ts'
import type { RuntimeParts } from '../parts.ts'
import { GLOBAL_BOT, type KeyValues } from '../state/kvs.ts'

export interface KvsTelling {
  warn(message: string): void
  stored(botId: string, key: string, value: unknown): void
}

/** So much of a value is told. */
const PREVIEW = 200

/** What is kept while an event is processed stands in its story; what scripts note at other times would fill the trace. */
export function tellStored({ report }: Pick<RuntimeParts, 'report'>, botId: string, key: string, value: unknown): void {
  const eventId = running()?.eventId
  if (eventId === undefined) return
  const preview = (JSON.stringify(value) ?? '').slice(0, PREVIEW)
  report({ kind: 'value-stored', eventId, ...(botId !== GLOBAL_BOT && { botId }), key, preview, from: originNow() })
}

/** One bot's store, or the global one (R14.1). */
function serviceOf(store: KeyValues, botId: string, stored: KvsTelling['stored']) {
  return {
    async get(key: string, path?: string): Promise<unknown> {
      return store.get(botId, key, path)
    },
    async set(key: string, value: unknown, path?: string, expiry?: string): Promise<void> {
      store.set(botId, key, value, path, expiry)
      stored(botId, key, value)
    },
    async delete(key: string): Promise<void> {
      store.delete(botId, key)
    },
    /** The truthiness of the value (R14.3). */
    async exists(key: string): Promise<boolean> {
      return Boolean(store.get(botId, key))
    },
    /** Boxed: only `getStorageWithExpiry` unwraps it (R14.4). */
    async setStorageWithExpiry(key: string, value: unknown, expiry?: string): Promise<void> {
      const limit = expiry ?? 'never'
      store.set(botId, key, { value, expiry: limit === 'never' ? 'never' : store.expiryDate(limit) })
      stored(botId, key, value)
    },
    async getStorageWithExpiry(key: string): Promise<unknown> {
      const box = store.get(botId, key) as { value?: unknown; expiry?: string } | undefined
      if (box?.expiry === undefined || box.expiry === 'never' || !store.isPast(box.expiry)) return box?.value
      store.delete(botId, key)
      return undefined
    },
    getConversationStorageKey: (sessionId: string, variable: string) => `storage/conversation/${sessionId}/${variable}`,
    getUserStorageKey: (userId: string, variable: string) => `storage/users/${userId}/${variable}`,
    getGlobalStorageKey: (variable: string) => `storage/global/${variable}`,
    async removeStorageKeysStartingWith(prefix: string): Promise<void> {
      store.deleteStartingWith(prefix)
    }
  }
}

/** `bp.kvs` (R14). */
export function kvsOf(store: KeyValues, { warn, stored }: KvsTelling) {
  const forBot = (botId: string) => serviceOf(store, botId, stored)
  const global = () => serviceOf(store, GLOBAL_BOT, stored)
  const deprecated = (name: string) => warn(`bp.kvs.${name} is deprecated, use bp.kvs.global().${name} or bp.kvs.forBot(botId).${name}`)
  return {
    forBot,
    global,
    // The un-scoped forms are deprecated; `get` and `set` say so on each use, and `set` ignores an expiry (R14.7).
    async get(botId: string, key: string, path?: string): Promise<unknown> {
      deprecated('get')
      return forBot(botId).get(key, path)
    },
    async set(botId: string, key: string, value: unknown, path?: string): Promise<void> {
      deprecated('set')
      return forBot(botId).set(key, value, path)
    },
    setStorageWithExpiry: (botId: string, key: string, value: unknown, expiry?: string) =>
      forBot(botId).setStorageWithExpiry(key, value, expiry),
    getStorageWithExpiry: (botId: string, key: string) => forBot(botId).getStorageWithExpiry(key),
    getConversationStorageKey: async (sessionId: string, variable: string) => global().getConversationStorageKey(sessionId, variable),
    getUserStorageKey: async (userId: string, variable: string) => global().getUserStorageKey(userId, variable),
    getGlobalStorageKey: async (variable: string) => global().getGlobalStorageKey(variable),
    removeStorageKeysStartingWith: (prefix: string) => global().removeStorageKeysStartingWith(prefix)
  }
}
