import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { SqliteDatabase } from '../database.ts'
import { loadHosted } from '../modules/shipped.ts'

// biome-ignore lint/suspicious/noExplicitAny: knex 0.20 as scripts know it
type Any = any

/** `bp.database`: Knex 0.20 over the engine's own SQLite, with Botpress' helpers (R18.2). */
export function knexOf(database: SqliteDatabase): Any {
  const knex = loadHosted('knex') as Any
  // Without a connection no driver is loaded; this is only to get at the dialect.
  const Dialect = knex({ client: 'sqlite3', useNullAsDefault: true }).client.constructor
  const made = knex({ client: dialectOver(Dialect, database.lend()), connection: {}, useNullAsDefault: true, pool: { min: 0, max: 1 } })
  return Object.assign(made, helpers(made, database))
}

/** Knex' SQLite dialect, whose statements run on the handle that the engine has open. */
function dialectOver(Dialect: Any, handle: DatabaseSync): Any {
  return class extends Dialect {
    _driver() {
      return {}
    }
    async acquireRawConnection() {
      return handle
    }
    async destroyRawConnection() {}
    validateConnection() {
      return true
    }
    async _query(connection: DatabaseSync, query: Any) {
      const statement = connection.prepare(query.sql)
      const values = (query.bindings ?? []).map(bindable)
      statement.setReadBigInts(true)
      if (['insert', 'update', 'counter', 'del'].includes(query.method)) {
        const { changes, lastInsertRowid } = statement.run(...values)
        query.context = { changes: Number(changes), lastID: Number(lastInsertRowid) }
        query.response = []
      } else query.response = statement.all(...values).map(plainRow)
      return query
    }
  }
}

/** Large numbers lose their last digits, as in the real driver; here they would be refused. */
function plainRow(row: Record<string, unknown>): Record<string, unknown> {
  const plain: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(row)) plain[name] = typeof value === 'bigint' ? Number(value) : value
  return plain
}

/** Values as SQLite takes them: dates as milliseconds, as the real driver binds them. */
function bindable(value: unknown): SQLInputValue {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  if (Object.prototype.toString.call(value) === '[object Date]') return (value as Date).getTime()
  if (typeof value === 'object' && !ArrayBuffer.isView(value)) return JSON.stringify(value)
  return value as SQLInputValue
}

function helpers(knex: Any, database: SqliteDatabase) {
  const text = (date: Any) => (Object.prototype.toString.call(date) === '[object Date]' ? knex.raw('?', [date.toISOString()]) : date)
  const compare = (operator: string) => (a: Any, b: Any) => knex.raw(`? ${operator} ?`, [text(a), text(b)])
  return {
    isLite: true,
    location: database.file,
    /** @returns whether the table was made */
    createTableIfNotExists: async (name: string, callback: Any) => {
      if (await knex.schema.hasTable(name)) return false
      await knex.schema.createTable(name, callback)
      return true
    },
    insertAndRetrieve: async (table: string, data: object, columns: Any = '*', idColumn = 'id', trx?: Any) => {
      const run = trx ?? knex
      const [lastId] = await run(table).insert(data)
      const given = (data as Record<string, unknown>)[idColumn]
      const row = await run(table)
        .where(given === undefined ? knex.raw('rowid = ?', [lastId]) : { [idColumn]: given })
        .select(columns)
        .first()
      return typeof columns === 'string' && columns !== '*' ? row?.[columns] : row
    },
    date: {
      now: () => knex.raw("strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"),
      today: () => knex.raw("date('now')"),
      format: text,
      set: (date?: Date) => date?.toISOString(),
      get: (date: Any) => new Date(date),
      isBefore: compare('<'),
      isBeforeOrOn: compare('<='),
      isAfter: compare('>'),
      isAfterOrOn: compare('>='),
      isBetween: (date: Any, from: Any, to: Any) => knex.raw('? BETWEEN ? AND ?', [text(date), text(from), text(to)]),
      isSameDay: (a: Any, b: Any) => knex.raw('date(?) = date(?)', [text(a), text(b)])
    },
    bool: { true: () => 1, false: () => 0, parse: (value: unknown) => Boolean(value) },
    json: {
      set: (value: unknown) => value && JSON.stringify(value),
      get: (value: Any) => (typeof value === 'string' ? JSON.parse(value) : value)
    },
    binary: { set: (data: unknown) => data }
  }
}
