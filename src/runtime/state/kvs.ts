import lodash from 'lodash'
import type { Clock } from '../clock.ts'
import type { SqliteDatabase } from '../database.ts'
import { milliseconds } from '../durations.ts'

/** The bot id under which the global store keeps its rows (R14.1). */
export const GLOBAL_BOT = '__global__'

/** The key-value table (R14). */
export class KeyValues {
  readonly #database: SqliteDatabase
  readonly #clock: Clock
  readonly #parse: (json: string) => unknown

  constructor(database: SqliteDatabase, clock: Clock, parse: (json: string) => unknown) {
    this.#database = database
    this.#clock = clock
    this.#parse = parse
  }

  /** `undefined` when missing or expired; an expired row is deleted (R14.2). */
  get(botId: string, key: string, path?: string): unknown {
    const row = this.#database.get<{ value: string; expireOn: string | null }>(
      'SELECT value, expireOn FROM srv_kvs WHERE botId = ? AND key = ?',
      botId,
      key
    )
    if (!row) return undefined
    if (row.expireOn !== null && Date.parse(row.expireOn) <= this.#clock.now()) {
      this.delete(botId, key)
      return undefined
    }
    const value = this.#parse(row.value)
    return path === undefined || path === '' ? value : lodash.get(value, path)
  }

  /** @throws for `undefined`, in the words of the real query builder */
  set(botId: string, key: string, value: unknown, path?: string, expiry?: string): void {
    let whole = value
    if (path) whole = lodash.set((this.get(botId, key) as object | undefined) ?? {}, path, value)
    const json = JSON.stringify(whole)
    if (json === undefined) {
      throw new Error('Undefined binding(s) detected for keys [value] when compiling UPDATE query: the key-value store keeps JSON only')
    }
    const expireOn = expiry === undefined ? null : this.expiryDate(expiry)
    this.#database.run(
      `INSERT INTO srv_kvs (key, botId, value, modified_on, expireOn) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (key, botId) DO UPDATE SET value = excluded.value, modified_on = excluded.modified_on, expireOn = excluded.expireOn`,
      key,
      botId,
      json,
      new Date(this.#clock.now()).toISOString(),
      expireOn
    )
  }

  delete(botId: string, key: string): void {
    this.#database.run('DELETE FROM srv_kvs WHERE botId = ? AND key = ?', botId, key)
  }

  /** Of all bots (R14.6). */
  deleteStartingWith(prefix: string): void {
    this.#database.run("DELETE FROM srv_kvs WHERE key LIKE ? ESCAPE '\\'", `${prefix.replace(/[\\%_]/g, '\\$&')}%`)
  }

  /** When something that is to live so long ends. */
  expiryDate(duration: string): string {
    return new Date(this.#clock.now() + milliseconds(duration, 0)).toISOString()
  }

  isPast(date: string): boolean {
    return Date.parse(date) <= this.#clock.now()
  }

  forget(): void {
    this.#database.exec('DELETE FROM srv_kvs')
  }
}
