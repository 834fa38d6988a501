/** JavaScript's own date; `Knex.Date` is the helper for dates in the database. */
type OriginalDate = Date

/**
 * The part of Knex 0.20 that hooks use: `bp.database('table')` starts a query, the other members build or run one.
 */
interface Knex extends Knex.QueryInterface {
  /** Starts a query of a table. */
  (tableName: Knex.TableName): Knex.QueryBuilder
  /** SQL as written; `?` takes a value and `??` a name from `bindings`. */
  raw(sql: string, bindings?: any): Knex.Raw
  /** Runs several queries as one; committed when the callback's promise resolves, rolled back when it rejects. */
  transaction<T = any>(scope: (trx: Knex.Transaction) => Promise<T> | T | void): Promise<T>
  /** Begins a transaction to be committed by hand. */
  transaction(): Promise<Knex.Transaction>
  /** Makes, changes and drops tables. */
  schema: Knex.SchemaBuilder
  /** Functions of the database. */
  fn: {
    /** The database's current time. */
    now(precision?: number): Knex.Raw
  }
  /** The name of a column, where a value is expected. */
  ref(name: string): Knex.Raw
  /** A query without a table yet. */
  queryBuilder(): Knex.QueryBuilder
  /** Inserts many rows, in chunks of `chunkSize`. */
  batchInsert(tableName: Knex.TableName, rows: readonly any[], chunkSize?: number): Knex.QueryBuilder
  /** The driver. */
  client: any
  /** Migrations. */
  migrate: any
  /** Seeds. */
  seed: any
  /** Closes all connections. Never do that: they are the server's. */
  destroy(callback?: () => void): Promise<void>
  /** Listens to `query`, `query-error`, `query-response`. */
  on(eventName: string, handler: (...args: any[]) => void): this
}

/** Types of Knex, and the helpers that Botpress adds for its two databases. */
declare namespace Knex {
  /** A table: its name, or names by alias. */
  type TableName = string | Raw | QueryBuilder | { [alias: string]: string }

  /** A column, or JavaScript's date, or SQL. */
  type ColumnOrDate = string | OriginalDate | Sql

  /** A piece of SQL. */
  type Sql =
    | Raw
    | {
        /** The SQL. */
        sql: string
      }

  /** Fills a table that is being made. */
  type KnexCallback = (tableBuilder: CreateTableBuilder) => any

  /** A promise of something that was found or made. */
  type GetOrCreateResult<T> = Promise<{
    /** Whether it was made just now. */
    created: boolean
    /** What was found or made. */
    result: T
  }>

  /** Dates in the database's own way. */
  interface Date {
    /** What to store for a date; now by default. */
    set(date?: OriginalDate): any
    /** The date of what was stored. */
    get(date: any): OriginalDate
    /** A date as the database writes it. */
    format(exp: any): Raw
    /** The current time. */
    now(): Raw
    /** The current day. */
    today(): Raw
    /** Whether one lies before the other. */
    isBefore(d1: ColumnOrDate, d2: ColumnOrDate): Raw
    /** Whether one does not lie after the other. */
    isBeforeOrOn(d1: ColumnOrDate, d2: ColumnOrDate): Raw
    /** Whether one lies after the other. */
    isAfter(d1: ColumnOrDate, d2: ColumnOrDate): Raw
    /** Whether one does not lie before the other. */
    isAfterOrOn(d1: ColumnOrDate, d2: ColumnOrDate): Raw
    /** Whether a date lies between two others. */
    isBetween(date: ColumnOrDate, betweenA: ColumnOrDate, betweenB: ColumnOrDate): Raw
    /** Whether both lie on one day. */
    isSameDay(d1: ColumnOrDate, d2: ColumnOrDate): Raw
    /** The hour, 0 to 23. */
    hourOfDay(date: ColumnOrDate): Raw
  }

  /** Booleans in the database's own way. */
  interface Bool {
    /** What to store for true. */
    true(): any
    /** What to store for false. */
    false(): any
    /** The boolean of what was stored. */
    parse(value: any): boolean
  }

  /** JSON in the database's own way. */
  interface Json {
    /** What to store for a value. */
    set(obj: any): any
    /** The value of what was stored. */
    get(obj: any): any
  }

  /** Bytes in the database's own way. */
  interface Binary {
    /** What to store for bytes. */
    set(data: string | Buffer): any
  }

  /** What can be awaited. A query runs when it is awaited, or its `then` called, and not before. */
  interface Runnable<T> {
    /** Runs it. */
    then<A = T, B = never>(
      onfulfilled?: ((value: T) => A | PromiseLike<A>) | null,
      onrejected?: ((reason: any) => B | PromiseLike<B>) | null
    ): Promise<A | B>
    /** Runs it and deals with a failure. */
    catch<B = never>(onrejected?: ((reason: any) => B | PromiseLike<B>) | null): Promise<T | B>
    /** Runs it and does something in any case. */
    finally(onfinally?: (() => void) | null): Promise<T>
    /** The SQL with its values filled in, for logs. */
    toString(): string
    /** The SQL, without running it. */
    toSQL(): any
    /** The SQL with its values filled in. */
    toQuery(): string
    /** Makes it part of a transaction. */
    transacting(trx: Transaction): this
    /** Gives up after `ms` milliseconds. */
    timeout(ms: number, options?: { cancel?: boolean }): this
    /** Logs the SQL. */
    debug(enabled?: boolean): this
    /** A stream of the rows. */
    stream(...args: any[]): any
    /** Runs it and calls back. */
    asCallback(callback: (...args: any[]) => void): this
    /** Listens to what happens to it. */
    on(eventName: string, handler: (...args: any[]) => void): this
  }

  /** SQL as written. */
  interface Raw extends Runnable<any> {
    /** Names it, as a column or table of another query. */
    wrap(before: string, after: string): Raw
  }

  /** Members of the transaction that are not those of Knex itself. */
  interface TransactionMembers {
    /** Keeps what was done. */
    commit(value?: any): Promise<any>
    /** Takes back what was done. */
    rollback(error?: any): Promise<any>
    /** Whether it is over. */
    isCompleted(): boolean
  }

  /** Knex, for the queries of one transaction. */
  type Transaction = Knex & TransactionMembers

  /** A condition: columns with values, SQL, or a callback that adds conditions in parentheses. */
  type Condition = { [column: string]: any } | Raw | boolean | ((builder: QueryBuilder) => any)

  /** Adds a condition: `where({ a: 1 })`, `where('a', 1)`, `where('a', '>', 1)`. */
  interface Where {
    /** Columns with the values they must have, SQL, or a callback that adds conditions in parentheses. */
    (condition: Condition): QueryBuilder
    /** The column has the value. */
    (column: string | Raw, value: any): QueryBuilder
    /** The column compares with the value as the operator says. */
    (column: string | Raw, operator: string, value: any): QueryBuilder
  }

  /** Adds a join: `join('b', 'a.id', 'b.a_id')`, or with a callback. */
  interface Join {
    /** Rows belong together as the callback or the columns say. */
    (table: TableName, on: ((clause: any) => void) | Raw | { [column: string]: any }): QueryBuilder
    /** Rows belong together where both columns are equal. */
    (table: TableName, first: string, second: string): QueryBuilder
    /** Rows belong together where the columns compare as the operator says. */
    (table: TableName, first: string, operator: string, second: string): QueryBuilder
  }

  /** Adds a column: a name, an alias, SQL or a list of them. */
  type Columns = (...columns: any[]) => QueryBuilder
}
