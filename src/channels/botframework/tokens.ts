/** Tokens that the author handed out by hand: nobody signs in anywhere (T3). */
export class Tokens {
  #byKey = new Map<string, string>()

  give(userId: string, connectionName: string, token: string): void {
    this.#byKey.set(`${userId}\n${connectionName}`, token)
  }

  take(userId: string, connectionName?: string): void {
    for (const key of this.#byKey.keys()) {
      const [user, connection] = key.split('\n')
      if (user === userId && (connectionName === undefined || connection === connectionName)) this.#byKey.delete(key)
    }
  }

  get(userId: string, connectionName: string): string | undefined {
    return this.#byKey.get(`${userId}\n${connectionName}`)
  }

  connectionsOf(userId: string): string[] {
    return [...this.#byKey.keys()].filter(key => key.startsWith(`${userId}\n`)).map(key => key.slice(userId.length + 1))
  }
}
