import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Database, Row, SqlValue } from './api.ts'

/** Tables by the names and columns that hooks know from Botpress' own database (R14, R15, R6.4, R16.6). */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS srv_channel_users (
  user_id TEXT NOT NULL, channel TEXT NOT NULL, attributes TEXT, created_on TEXT, updated_on TEXT, PRIMARY KEY (user_id, channel));
CREATE TABLE IF NOT EXISTS bot_chat_users (
  botId TEXT NOT NULL, userId TEXT NOT NULL, createdOn TEXT, lastSeen TEXT, PRIMARY KEY (botId, userId));
CREATE TABLE IF NOT EXISTS dialog_sessions (
  id TEXT PRIMARY KEY, botId TEXT NOT NULL, context TEXT, temp_data TEXT, session_data TEXT,
  context_expiry TEXT, session_expiry TEXT, created_on TEXT, modified_on TEXT);
CREATE INDEX IF NOT EXISTS dialog_sessions_context ON dialog_sessions (context_expiry);
CREATE INDEX IF NOT EXISTS dialog_sessions_session ON dialog_sessions (session_expiry);
CREATE TABLE IF NOT EXISTS srv_kvs (
  key TEXT NOT NULL, botId TEXT NOT NULL, value TEXT, modified_on TEXT, expireOn TEXT, PRIMARY KEY (key, botId));
CREATE TABLE IF NOT EXISTS events (
  id TEXT PRIMARY KEY, messageId TEXT, threadId TEXT, sessionId TEXT, type TEXT, direction TEXT, goalId TEXT, workflowId TEXT,
  feedback INTEGER, success INTEGER, botId TEXT, channel TEXT, target TEXT, incomingEventId TEXT, event TEXT, createdOn TEXT);
CREATE INDEX IF NOT EXISTS events_created ON events (createdOn);
`

/** SQLite's result codes for trouble with the file: busy, locked, read-only, input and output, corrupt, full, cannot open, no database. */
const TROUBLE = new Set([5, 6, 8, 10, 11, 13, 14, 26])
/** Bytes; looking for damage takes a few milliseconds below this size. */
const LARGE = 16 * 2 ** 20

/** The engine's database on `node:sqlite`; statements are prepared once per text. */
export class SqliteDatabase implements Database {
  readonly handle: DatabaseSync
  /** The file, or `:memory:`. */
  readonly file: string
  /** How often it was opened before. */
  readonly opened: number
  #statements = new Map<string, StatementSync>()
  #depth = 0

  /** Told when the file itself is the trouble: locked, damaged, full. */
  onTrouble: (message: string) => void = () => {}

  /**
   * @param storage folder of the file; absent: in memory
   * @throws when the file cannot be opened, or is no sound database
   */
  constructor(storage?: string) {
    if (storage !== undefined) mkdirSync(storage, { recursive: true })
    this.file = storage === undefined ? ':memory:' : join(storage, 'core.sqlite')
    this.handle = new DatabaseSync(this.file, { timeout: 3000 })
    try {
      // A killed process loses nothing that was committed (WAL); only a power cut may, which NORMAL accepts.
      this.handle.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;')
      if (storage !== undefined) this.#check()
      this.handle.exec(SCHEMA)
      this.opened = Number(this.get<{ user_version: number }>('PRAGMA user_version')!.user_version)
      this.handle.exec(`PRAGMA user_version = ${this.opened + 1}`)
    } catch (error) {
      this.handle.close()
      throw error
    }
  }

  exec(sql: string): void {
    this.handle.exec(sql)
  }

  run(sql: string, ...params: SqlValue[]): { changes: number } {
    return { changes: Number(this.#do(() => this.#prepare(sql).run(...params)).changes) }
  }

  get<T = Row>(sql: string, ...params: SqlValue[]): T | undefined {
    return this.#do(() => this.#prepare(sql).get(...params)) as T | undefined
  }

  all<T = Row>(sql: string, ...params: SqlValue[]): T[] {
    return this.#do(() => this.#prepare(sql).all(...params)) as T[]
  }

  transaction<T>(work: () => T): T {
    if (this.#depth > 0 || this.handle.isTransaction) return work()
    this.#depth++
    this.#do(() => this.handle.exec('BEGIN'))
    try {
      const result = work()
      this.#do(() => this.handle.exec('COMMIT'))
      return result
    } catch (error) {
      if (this.handle.isTransaction) this.handle.exec('ROLLBACK')
      throw error
    } finally {
      this.#depth--
    }
  }

  close(): void {
    this.#statements.clear()
    this.handle.close()
  }

  /** @throws for a file with damaged pages; a large one is not looked through */
  #check(): void {
    if (statSync(this.file).size > LARGE) return
    const found = this.handle.prepare('PRAGMA quick_check(1)').get() as { quick_check: string }
    if (found.quick_check !== 'ok') throw new Error('database disk image is malformed')
  }

  #do<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      const { errcode, message } = error as { errcode?: number; message: string }
      if (errcode !== undefined && TROUBLE.has(errcode & 0xff)) this.onTrouble(message)
      throw error
    }
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.handle.prepare(sql)
      // Texts that are built anew for each call must not fill the memory.
      if (this.#statements.size > 500) this.#statements.clear()
      this.#statements.set(sql, statement)
    }
    return statement
  }
}
