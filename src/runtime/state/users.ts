import { isDeepStrictEqual } from 'node:util'
import type { ChatUser } from '../api.ts'
import type { Clock } from '../clock.ts'
import type { SqliteDatabase } from '../database.ts'

const CACHE_SIZE = 10_000
const CACHE_MS = 60 * 60_000

interface UserRow {
  user_id: string
  channel: string
  attributes: string
  created_on: string
  updated_on: string
}

/** Users and their attributes, with the shared cache that events see (R6.3, R15). */
export class Users {
  readonly #database: SqliteDatabase
  readonly #clock: Clock
  readonly #parse: (json: string) => unknown
  #cache = new Map<string, { user: ChatUser & { createdOn: Date; updatedOn: Date }; until: number }>()

  constructor(database: SqliteDatabase, clock: Clock, parse: (json: string) => unknown) {
    this.#database = database
    this.#clock = clock
    this.#parse = parse
  }

  getOrCreate(channel: string, userId: string, botId?: string): { result: ChatUser; created: boolean } {
    const name = channel.toLowerCase()
    const cached = this.#cached(name, userId)
    if (cached) return { result: cached, created: false }
    const row = this.#row(name, userId)
    if (!row) this.#insert(name, userId)
    if (botId !== undefined) this.#seen(botId, userId)
    const user = this.#userOf(row ?? this.#row(name, userId)!)
    if (this.#cache.size >= CACHE_SIZE) this.#cache.delete(this.#cache.keys().next().value!)
    this.#cache.set(`${name}\n${userId}`, { user, until: this.#clock.now() + CACHE_MS })
    return { result: user, created: !row }
  }

  /** What the user's next event will see (R6.3); empty for one that is not known. */
  peek(channel: string, userId: string): Record<string, unknown> {
    const name = channel.toLowerCase()
    const row = this.#row(name, userId)
    return this.#cached(name, userId)?.attributes ?? (row ? (JSON.parse(row.attributes) as Record<string, unknown>) : {})
  }

  /** @throws for an unknown user (R15.2) */
  getAttributes(channel: string, userId: string): Record<string, unknown> {
    const row = this.#row(channel.toLowerCase(), userId)
    if (!row) throw new Error(`User ${userId} of channel ${channel} does not exist`)
    return this.#parse(row.attributes) as Record<string, unknown>
  }

  /** Replaces the attributes and drops the cache entry (R15.2). Values null and undefined are left out (R6.4). */
  setAttributes(channel: string, userId: string, attributes: Record<string, unknown>): void {
    const name = channel.toLowerCase()
    if (!this.#row(name, userId)) this.#insert(name, userId)
    const kept = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined))
    this.#database.run(
      'UPDATE srv_channel_users SET attributes = ?, updated_on = ? WHERE user_id = ? AND channel = ?',
      JSON.stringify(kept),
      this.#now(),
      userId,
      name
    )
    this.#cache.delete(`${name}\n${userId}`)
  }

  updateAttributes(channel: string, userId: string, attributes: Record<string, unknown>): void {
    this.setAttributes(channel, userId, { ...this.getAttributes(channel, userId), ...attributes })
  }

  /** Writes what an event leaves behind: only when it differs from what is stored (R6.4). @throws for an unknown user */
  save(channel: string, userId: string, attributes: Record<string, unknown>): void {
    const row = this.#row(channel.toLowerCase(), userId)
    if (!row) throw new Error(`User ${userId} of channel ${channel} does not exist`)
    const kept = JSON.parse(JSON.stringify(attributes ?? {})) as Record<string, unknown>
    for (const key of Object.keys(kept)) if (kept[key] === null) delete kept[key]
    if (isDeepStrictEqual(JSON.parse(row.attributes), kept)) return
    this.setAttributes(channel, userId, kept)
  }

  /** Whether the object is the one that this user's next events will see (R6.3). */
  isShared(channel: string, userId: string, attributes: unknown): boolean {
    return this.#cached(channel.toLowerCase(), userId)?.attributes === attributes
  }

  all(paging?: { start?: number; count?: number }): (ChatUser & { createdOn: Date; updatedOn: Date })[] {
    const { start = 0, count = -1 } = paging ?? {}
    return this.#database
      .all<UserRow>('SELECT * FROM srv_channel_users ORDER BY rowid LIMIT ? OFFSET ?', count, start)
      .map(row => this.#userOf(row))
  }

  count(): number {
    return Number(this.#database.get<{ n: number }>('SELECT COUNT(*) AS n FROM srv_channel_users')!.n)
  }

  forget(userId?: string): void {
    this.#cache.clear()
    if (userId === undefined) this.#database.exec('DELETE FROM srv_channel_users; DELETE FROM bot_chat_users;')
    else {
      this.#database.run('DELETE FROM srv_channel_users WHERE user_id = ?', userId)
      this.#database.run('DELETE FROM bot_chat_users WHERE userId = ?', userId)
    }
  }

  #cached(channel: string, userId: string) {
    const entry = this.#cache.get(`${channel}\n${userId}`)
    return entry && entry.until > this.#clock.now() ? entry.user : undefined
  }

  #row(channel: string, userId: string): UserRow | undefined {
    return this.#database.get<UserRow>('SELECT * FROM srv_channel_users WHERE user_id = ? AND channel = ?', userId, channel)
  }

  #insert(channel: string, userId: string): void {
    const now = this.#now()
    this.#database.run(
      'INSERT INTO srv_channel_users (user_id, channel, attributes, created_on, updated_on) VALUES (?, ?, ?, ?, ?)',
      userId,
      channel,
      '{}',
      now,
      now
    )
  }

  #seen(botId: string, userId: string): void {
    const now = this.#now()
    this.#database.run(
      'INSERT INTO bot_chat_users (botId, userId, createdOn, lastSeen) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET lastSeen = excluded.lastSeen',
      botId,
      userId,
      now,
      now
    )
  }

  #userOf(row: UserRow) {
    return {
      id: row.user_id,
      channel: row.channel,
      attributes: this.#parse(row.attributes) as Record<string, unknown>,
      createdOn: new Date(row.created_on),
      updatedOn: new Date(row.updated_on)
    }
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString()
  }
}
