/** The key-value store. Values are kept as JSON. */
declare namespace sdk.kvs {
  /** The store of a bot. */
  function forBot(botId: string): KvsService

  /** The store shared by all bots. */
  function global(): KvsService

  /**
   * Reads a value of a bot; logs a warning on each use (R14.7).
   *
   * @deprecated use `bp.kvs.forBot(botId).get(key, path)`
   */
  function get(botId: string, key: string, path?: string): Promise<any>

  /**
   * Writes a value of a bot; logs a warning on each use and **ignores `expiry`** (R14.7).
   *
   * @deprecated use `bp.kvs.forBot(botId).set(key, value, path, expiry)`
   */
  function set(botId: string, key: string, value: any, path?: string, expiry?: string): Promise<void>

  /**
   * Writes a boxed value with an expiry (R14.4).
   *
   * @deprecated use `bp.kvs.forBot(botId).set(key, value, undefined, expiry)`
   */
  function setStorageWithExpiry(botId: string, key: string, value: any, expiry?: string): Promise<void>

  /**
   * Reads what `setStorageWithExpiry` wrote (R14.4).
   *
   * @deprecated use `bp.kvs.forBot(botId).get(key)` for values written with `set`
   */
  function getStorageWithExpiry(botId: string, key: string): Promise<any>

  /**
   * The key `storage/conversation/<sessionId>/<variable>` (R14.5).
   *
   * @deprecated use `bp.kvs.forBot(botId).getConversationStorageKey(sessionId, variable)`
   */
  function getConversationStorageKey(sessionId: string, variable: string): string

  /**
   * The key `storage/users/<userId>/<variable>` (R14.5).
   *
   * @deprecated use `bp.kvs.forBot(botId).getUserStorageKey(userId, variable)`
   */
  function getUserStorageKey(userId: string, variable: string): string

  /**
   * The key `storage/global/<variable>` (R14.5).
   *
   * @deprecated use `bp.kvs.forBot(botId).getGlobalStorageKey(variable)`
   */
  function getGlobalStorageKey(variable: string): string

  /**
   * Deletes the matching keys of **all bots** (R14.6).
   *
   * @deprecated use `bp.kvs.forBot(botId).removeStorageKeysStartingWith(key)`, which deletes those of all bots as well
   */
  function removeStorageKeysStartingWith(key: string): Promise<void>
}

declare namespace sdk {
  /** A key-value store, of a bot or of all. */
  interface KvsService {
    /**
     * Reads a value.
     *
     * @param path a lodash path into the value, such as `'address.city'`
     * @returns undefined when there is none, or when it has expired (R14.2)
     */
    get(key: string, path?: string): Promise<any>

    /**
     * Writes a value, or a part of it. With `path` it reads, changes and writes back, which is not atomic (R14.2).
     *
     * @param path a lodash path; the rest of the value stays
     * @param expiry a span such as `'2 days'`; **leaving it out clears an earlier expiry** (R14.2)
     * @example
     * await bp.kvs.forBot(event.botId).set(`greeted/${event.channel}/${event.target}`, true)
     */
    set(key: string, value: any, path?: string, expiry?: string): Promise<void>

    /** Deletes a value. */
    delete(key: string): Promise<void>

    /** Whether there is a truthy value: a stored `0`, `false` or `''` "does not exist" (R14.3). */
    exists(key: string): Promise<boolean>

    /**
     * Writes the value boxed together with its expiry; plain `get` returns the box (R14.4).
     *
     * @deprecated use `set(key, value, undefined, expiry)`
     */
    setStorageWithExpiry(key: string, value: any, expiry?: string): Promise<void>

    /**
     * Reads what `setStorageWithExpiry` wrote (R14.4).
     *
     * @deprecated use `get(key)` for values written with `set`
     */
    getStorageWithExpiry(key: string): Promise<any>

    /** The key `storage/conversation/<sessionId>/<variable>` (R14.5). */
    getConversationStorageKey(sessionId: string, variable: string): string

    /** The key `storage/users/<userId>/<variable>` (R14.5). */
    getUserStorageKey(userId: string, variable: string): string

    /** The key `storage/global/<variable>`, which the built-in actions for global variables use, with boxed values (R14.5). */
    getGlobalStorageKey(variable: string): string

    /** Deletes the matching keys of **all bots**, whichever store it is called on (R14.6). */
    removeStorageKeysStartingWith(key: string): Promise<void>
  }
}
