import type { Clock } from '../clock.ts'
import type { SqliteDatabase } from '../database.ts'

/** `botId::channel::target` and the thread, if there is one (R6.1). */
export function sessionIdOf(event: { botId: string; channel: string; target: string; threadId?: string | undefined }): string {
  const id = `${event.botId}::${event.channel}::${event.target}`
  return event.threadId ? `${id}::${event.threadId}` : id
}

/** The parts of a session id, for the janitor. */
export function partsOfSessionId(id: string): { botId: string; channel: string; target: string; threadId?: string } {
  const [botId = '', channel = '', target = '', threadId] = id.split('::')
  return { botId, channel, target, ...(threadId !== undefined && { threadId }) }
}

export interface Session {
  // biome-ignore lint/suspicious/noExplicitAny: what authors keep in a session
  context: any
  // biome-ignore lint/suspicious/noExplicitAny: see above
  temp: any
  // biome-ignore lint/suspicious/noExplicitAny: see above
  session: any
}

interface SessionRow {
  id: string
  botId: string
  context: string
  temp_data: string
  session_data: string
}

export interface Expiry {
  context: Date
  session: Date
}

/** Rows of dialog sessions (R6). */
export class Sessions {
  readonly #database: SqliteDatabase
  readonly #clock: Clock
  readonly #parse: (json: string) => unknown
  /** When the first session ends or goes stale, as long as the database is as it was then. */
  #first: { state: string; at: string | null } | undefined

  constructor(database: SqliteDatabase, clock: Clock, parse: (json: string) => unknown) {
    this.#database = database
    this.#clock = clock
    this.#parse = parse
  }

  get(id: string): Session | undefined {
    const row = this.#database.get<SessionRow>('SELECT * FROM dialog_sessions WHERE id = ?', id)
    return row && { context: this.#parse(row.context), temp: this.#parse(row.temp_data), session: this.#parse(row.session_data) }
  }

  /** Writes a session; parts that are undefined keep what is stored. */
  save(id: string, botId: string, parts: Partial<Session>, expiry: Expiry): void {
    const text = (value: unknown, fallback: string) => (value === undefined ? fallback : (JSON.stringify(value) ?? fallback))
    const stored = this.#database.get<SessionRow>('SELECT * FROM dialog_sessions WHERE id = ?', id)
    const now = new Date(this.#clock.now()).toISOString()
    this.#database.run(
      `INSERT INTO dialog_sessions (id, botId, context, temp_data, session_data, context_expiry, session_expiry, created_on, modified_on)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET context = excluded.context, temp_data = excluded.temp_data, session_data = excluded.session_data,
         context_expiry = excluded.context_expiry, session_expiry = excluded.session_expiry, modified_on = excluded.modified_on`,
      id,
      botId,
      text(parts.context, stored?.context ?? '{}'),
      text(parts.temp, stored?.temp_data ?? '{}'),
      text(parts.session, stored?.session_data ?? '{}'),
      expiry.context.toISOString(),
      expiry.session.toISOString(),
      now,
      now
    )
  }

  delete(id: string): void {
    this.#database.run('DELETE FROM dialog_sessions WHERE id = ?', id)
  }

  /** Whether a session has ended or gone stale. Costs little while nobody, scripts included, has changed the database. */
  anyDue(): boolean {
    const state = Object.values(this.#database.get('SELECT total_changes(), data_version FROM pragma_data_version')!).join()
    if (this.#first?.state !== state) {
      const { at } = this.#database.get<{ at: string | null }>(
        `SELECT min(at) AS at FROM (SELECT min(session_expiry) AS at FROM dialog_sessions
           UNION ALL SELECT min(context_expiry) FROM dialog_sessions WHERE context <> '{}')`
      )!
      this.#first = { state, at }
    }
    const { at } = this.#first
    return at !== null && at < new Date(this.#clock.now()).toISOString()
  }

  /** Deletes sessions that ended by themselves (R6.8). */
  deleteExpired(): void {
    this.#database.run('DELETE FROM dialog_sessions WHERE session_expiry < ?', new Date(this.#clock.now()).toISOString())
  }

  /** Sessions that end by themselves now although a flow still waits in them, with how long each of the two lives. */
  unfinished(): { id: string; context: unknown; contextMs: number; sessionMs: number }[] {
    return this.#database
      .all<SessionRow & Record<'context_expiry' | 'session_expiry' | 'modified_on', string>>(
        "SELECT * FROM dialog_sessions WHERE session_expiry < ? AND context <> '{}' ORDER BY session_expiry, id",
        new Date(this.#clock.now()).toISOString()
      )
      .map(row => {
        const since = Date.parse(row.modified_on)
        const contextMs = Date.parse(row.context_expiry) - since
        return { id: row.id, context: this.#parse(row.context), contextMs, sessionMs: Date.parse(row.session_expiry) - since }
      })
  }

  /** Sessions whose context is stale and not empty, oldest first (R6.8). */
  stale(limit = 250): string[] {
    return this.#database
      .all<{ id: string }>(
        "SELECT id FROM dialog_sessions WHERE context_expiry < ? AND context <> '{}' ORDER BY context_expiry LIMIT ?",
        new Date(this.#clock.now()).toISOString(),
        limit
      )
      .map(row => row.id)
  }

  /** Forgets the sessions of a target, or all. */
  forget(target?: string): void {
    if (target === undefined) this.#database.exec('DELETE FROM dialog_sessions')
    else {
      for (const { id } of this.#database.all<{ id: string }>('SELECT id FROM dialog_sessions')) {
        if (partsOfSessionId(id).target === target) this.delete(id)
      }
    }
  }
}
