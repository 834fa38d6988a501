/** What v3 bots without a storage of their own keep at the connector (E16, S1). It outlives the bot's process, as the service's did. */
export class BotStates {
  #byKey = new Map<string, unknown>()

  get(key: string): unknown {
    return this.#byKey.get(key) ?? null
  }

  set(key: string, data: unknown): void {
    this.#byKey.set(key, data)
  }

  /** Forgets everything about a user, in all conversations. */
  forget(channelId: string, userId: string): void {
    for (const key of this.#byKey.keys()) if (key.startsWith(`${channelId}/`) && key.endsWith(`/users/${userId}`)) this.#byKey.delete(key)
  }
}
