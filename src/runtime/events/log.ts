import type { BotEvent, ReportInput } from '../api.ts'
import type { Clock } from '../clock.ts'
import type { SqliteDatabase } from '../database.ts'
import { safeString } from '../problem.ts'
import { sessionIdOf } from '../state/sessions.ts'

/** How often events are written (R7.11). */
const INTERVAL_MS = 1000
const KEEP_MS = 30 * 24 * 60 * 60_000
const IGNORED_TYPES = new Set(['visit', 'typing'])
const COLUMNS = new Set(
  'id messageId threadId sessionId type direction goalId workflowId feedback success botId channel target incomingEventId'.split(' ')
)

interface Search {
  sortOrder?: { column: string; desc?: boolean }[]
  from?: number
  count?: number
  createdOn?: { after?: Date; before?: Date }
}

/** The stored history of events: collected for a second, then written together (R7.11). */
export class EventLog {
  readonly #database: SqliteDatabase
  readonly #clock: Clock
  readonly #parse: (json: string) => unknown
  readonly #report: (entry: ReportInput) => void
  #batch = new Map<string, BotEvent>()
  #timer: unknown

  constructor(database: SqliteDatabase, clock: Clock, parse: (json: string) => unknown, report: (entry: ReportInput) => void) {
    this.#database = database
    this.#clock = clock
    this.#parse = parse
    this.#report = report
  }

  /** Notes an event; it is written with the next batch, as it is then. */
  store(event: BotEvent): void {
    if (IGNORED_TYPES.has(event.type)) return
    this.#batch.set(event.id, event)
    this.#timer ??= this.#clock.setTimeout(() => this.flush(), INTERVAL_MS).unref()
  }

  flush(): void {
    this.#clock.clear(this.#timer)
    this.#timer = undefined
    if (this.#batch.size === 0) return
    const events = [...this.#batch.values()]
    this.#batch.clear()
    this.#database.transaction(() => {
      for (const event of events) this.#keep(event)
      this.#database.run('DELETE FROM events WHERE createdOn < ?', new Date(this.#clock.now() - KEEP_MS).toISOString())
    })
  }

  /** @throws when no field is given (R16.6) */
  find(fields: Record<string, unknown>, params?: Search): unknown[] {
    const given = Object.entries(fields ?? {}).filter(([, value]) => value !== undefined)
    if (given.length === 0) throw new Error('findEvents needs at least one field to search by')
    for (const [name] of given) if (!COLUMNS.has(name)) throw new Error(`Events have no field "${name}" to search by`)
    const where = given.map(([name]) => `"${name}" = ?`)
    const values = given.map(([, value]) => value as string)
    if (params?.createdOn?.after) push(where, values, 'createdOn > ?', params.createdOn.after)
    if (params?.createdOn?.before) push(where, values, 'createdOn < ?', params.createdOn.before)
    const order = (params?.sortOrder ?? [{ column: 'createdOn' }])
      .filter(({ column }) => COLUMNS.has(column) || column === 'createdOn')
      .map(({ column, desc }) => `"${column}" ${desc ? 'DESC' : 'ASC'}`)
    // Ten by default; given parameters without a count there is no limit (R16.6).
    const count = params ? (params.count ?? -1) : 10
    const sql = `SELECT * FROM events WHERE ${where.join(' AND ')} ORDER BY ${[...order, 'rowid'].join(', ')} LIMIT ? OFFSET ?`
    return this.#database.all<Record<string, string>>(sql, ...values, count, params?.from ?? 0).map(row => ({
      ...row,
      createdOn: new Date(row.createdOn!),
      event: this.#parse(row.event!)
    }))
  }

  update(id: string, fields: Record<string, unknown>): void {
    for (const [name, value] of Object.entries(fields)) {
      if (!COLUMNS.has(name)) throw new Error(`Events have no field "${name}"`)
      this.#database.run(`UPDATE events SET "${name}" = ? WHERE id = ?`, value as string, id)
    }
  }

  /** @returns false for an unknown event (R16.7) */
  feedback(incomingEventId: string, target: string, feedback: number, _type?: string): boolean {
    this.flush()
    const changed = this.#database.run(
      "UPDATE events SET feedback = ? WHERE id = ? AND target = ? AND direction = 'incoming'",
      feedback,
      incomingEventId,
      target
    )
    return changed.changes > 0
  }

  forget(): void {
    this.#batch.clear()
    this.#database.exec('DELETE FROM events')
  }

  /** Scripts may put anything into an event: one of which the table can hold no row costs no other its place. */
  #keep(event: BotEvent): void {
    try {
      this.#write(event)
    } catch (error) {
      // Trouble of the database itself is not the event's.
      if ((error as { errcode?: number }).errcode !== undefined) throw error
      const message = `Event ${event.id} cannot be kept: ${(error as Error)?.message ?? safeString(error)}`
      this.#report({ kind: 'log', level: 'error', logger: 'EventCollector', message, botId: event.botId, eventId: event.id })
    }
  }

  #write(event: BotEvent): void {
    const stored = event.debugger ? event : stripped(event)
    this.#database.run(
      `INSERT INTO events (id, messageId, threadId, sessionId, type, direction, feedback, botId, channel, target, incomingEventId, event, createdOn)
       VALUES (?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET event = excluded.event, messageId = excluded.messageId`,
      event.id,
      event.messageId ?? null,
      event.threadId ?? null,
      sessionIdOf(event),
      String(event.type),
      event.direction,
      event.botId,
      event.channel,
      event.target,
      event.incomingEventId ?? (event.direction === 'incoming' ? event.id : null),
      safeJson(stored),
      new Date(event.createdOn).toISOString()
    )
  }
}

/** What is stored of an event that is not in debug mode (R7.11). */
function stripped(event: BotEvent): object {
  const { state: _state, processing: _processing, activeProcessing: _active, ndu: _ndu, ...rest } = event
  const { predictions: _predictions, ...nlu } = (event.nlu ?? {}) as Record<string, unknown>
  return { ...rest, nlu }
}

function push(where: string[], values: string[], condition: string, date: Date): void {
  where.push(condition)
  values.push(new Date(date).toISOString())
}

/** JSON of anything; what cannot be written is left out. */
function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '{}'
  } catch {
    const seen = new WeakSet()
    return JSON.stringify(value, (_key, item) => {
      if (typeof item === 'bigint') return String(item)
      if (typeof item !== 'object' || item === null) return item
      if (seen.has(item)) return undefined
      seen.add(item)
      return item
    })
  }
}
