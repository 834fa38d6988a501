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

/** Whatever holds rows: also the counters of `AUTOINCREMENT`. */
const TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
/** What SQLite calls a database without a file. */
export const MEMORY = ':memory:'

/** SQLite's result codes for trouble with the file: busy, locked, read-only, input and output, corrupt, full, cannot open, no database. */
const TROUBLE = new Set([5, 6, 8, 10, 11, 13, 14, 26])
/** Bytes; looking for damage takes a few milliseconds below this size. */
const LARGE = 16 * 2 ** 20

export interface StorageOptions {
  /** Folder of the file; absent: in memory. */
  storage?: string | undefined
  /** Nobody needs it after the engine: it may be lost with the computer's power, though not with the process. */
  passing?: boolean | undefined
}

/** The engine's database on `node:sqlite`; statements are prepared once per text. */
export class SqliteDatabase implements Database {
  readonly handle: DatabaseSync
  /** The file, or `:memory:`. */
  readonly file: string
  /** How often it was opened before. */
  readonly opened: number
  #statements = new Map<string, StatementSync>()
  #depth = 0
  #closed = false
  /** Scripts have the handle: whatever they do with it is not known here. */
  #lent = false
  #troubled = false

  /** Told when the file itself is the trouble: locked, damaged, full. */
  onTrouble: (message: string) => void = () => {}

  /**
   * @param from the one before, whose file is taken over as it is
   * @throws when the file cannot be opened, or is no sound database
   */
  constructor({ storage, passing = false }: StorageOptions = {}, from?: SqliteDatabase) {
    if (from) {
      this.handle = from.handle
      this.file = from.file
      this.opened = 0
      this.#statements = from.#statements
      return
    }
    if (storage !== undefined) mkdirSync(storage, { recursive: true })
    this.file = storage === undefined ? MEMORY : join(storage, 'core.sqlite')
    this.handle = new DatabaseSync(this.file, { timeout: 3000 })
    try {
      // A killed process loses nothing that was committed (WAL); only a power cut may, which NORMAL accepts.
      const careful = passing ? 'PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF;' : 'PRAGMA synchronous = NORMAL;'
      this.handle.exec(`${careful} PRAGMA journal_mode = WAL;`)
      if (storage !== undefined) this.#check()
      this.handle.exec(SCHEMA)
      this.opened = Number(this.get<{ user_version: number }>('PRAGMA user_version')!.user_version)
      this.handle.exec(`PRAGMA user_version = ${this.opened + 1}`)
    } catch (error) {
      this.handle.close()
      throw error
    }
  }

  /** The handle, for scripts that may do with it what they like. */
  lend(): DatabaseSync {
    this.#lent = true
    return this.handle
  }

  /**
   * Closes this one; its file goes to another one, as empty as a new file, which takes far longer to make.
   *
   * @returns undefined when scripts had the handle, or the file was in trouble: then it is closed for good
   */
  handOn(): SqliteDatabase | undefined {
    if (this.#closed) return undefined
    try {
      if (this.#lent || this.#troubled || this.handle.isTransaction) throw new Error('It may hold more than can be taken out.')
      const tables = this.all<{ name: string }>(TABLES)
      this.transaction(() => {
        for (const { name } of tables) this.run(`DELETE FROM "${name}"`)
        this.handle.exec('PRAGMA user_version = 1')
      })
      this.#closed = true
      return new SqliteDatabase({}, this)
    } catch {
      this.close()
      return undefined
    }
  }

  exec(sql: string): void {
    this.#do(() => this.handle.exec(sql))
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
    if (this.#closed) return
    this.#closed = true
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
    // As SQLite says it of a handle that is closed; this one may live on in other hands.
    if (this.#closed) throw Object.assign(new Error('database is not open'), { code: 'ERR_INVALID_STATE' })
    try {
      return work()
    } catch (error) {
      const { errcode, message } = error as { errcode?: number; message: string }
      if (errcode !== undefined && TROUBLE.has(errcode & 0xff)) {
        this.#troubled = true
        this.onTrouble(message)
      }
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
