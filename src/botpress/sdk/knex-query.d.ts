declare namespace Knex {
  /** Members that begin or continue a query. */
  interface QueryInterface {
    /** Chooses columns; all without any. */
    select: Columns
    /** The same as `select`. */
    column: Columns
    /** The same as `select`. */
    columns: Columns
    /** Chooses columns, each combination once. */
    distinct: Columns
    /** Chooses the table. */
    from(table: TableName | ((builder: QueryBuilder) => any)): QueryBuilder
    /** The same as `from`, for `insert`. */
    into(table: TableName): QueryBuilder
    /** The same as `from`. */
    table(table: TableName): QueryBuilder
    /** Names a query that later ones can use. */
    with(alias: string, query: Raw | QueryBuilder | ((builder: QueryBuilder) => any)): QueryBuilder
    /** Names a query that refers to itself. */
    withRecursive(alias: string, query: Raw | QueryBuilder | ((builder: QueryBuilder) => any)): QueryBuilder
    /** Chooses the schema. */
    withSchema(schema: string): QueryBuilder
    /** Adds a row, or several; resolves with ids on SQLite, with `returning` on PostgreSQL. */
    insert(data: any, returning?: string | readonly string[]): QueryBuilder
    /** Changes the rows; resolves with their number. */
    update(data: any, returning?: any): QueryBuilder
    /** Deletes the rows; resolves with their number. */
    delete(returning?: string | readonly string[]): QueryBuilder
    /** The same as `delete`. */
    del(returning?: string | readonly string[]): QueryBuilder
    /** Empties the table. */
    truncate(): QueryBuilder
    /** The first row only, undefined when there is none. */
    first: Columns
    /** The values of one column. */
    pluck(column: string): QueryBuilder
    /** Counts rows; `count('id as n')` names the result. */
    count: Columns
    /** Counts different values. */
    countDistinct: Columns
    /** The smallest value. */
    min: Columns
    /** The largest value. */
    max: Columns
    /** The sum. */
    sum: Columns
    /** The sum of different values. */
    sumDistinct: Columns
    /** The mean. */
    avg: Columns
    /** The mean of different values. */
    avgDistinct: Columns
    /** Adds to a column. */
    increment(column: string | { [column: string]: number }, amount?: number): QueryBuilder
    /** Takes from a column. */
    decrement(column: string | { [column: string]: number }, amount?: number): QueryBuilder
    /** Columns that a change gives back; PostgreSQL only. */
    returning(columns: string | readonly string[]): QueryBuilder
    /** Adds a condition. */
    where: Where
    /** Adds a condition. */
    andWhere: Where
    /** Adds an alternative. */
    orWhere: Where
    /** Adds the opposite of a condition. */
    whereNot: Where
    /** Adds the opposite of a condition. */
    andWhereNot: Where
    /** Adds the opposite of a condition as an alternative. */
    orWhereNot: Where
    /** Adds a condition in SQL. */
    whereRaw(sql: string | Raw, bindings?: any): QueryBuilder
    /** Adds a condition in SQL. */
    andWhereRaw(sql: string | Raw, bindings?: any): QueryBuilder
    /** Adds an alternative in SQL. */
    orWhereRaw(sql: string | Raw, bindings?: any): QueryBuilder
    /** The column has one of the values. */
    whereIn(column: string | readonly string[] | Raw, values: any): QueryBuilder
    /** Or the column has one of the values. */
    orWhereIn(column: string | readonly string[] | Raw, values: any): QueryBuilder
    /** The column has none of the values. */
    whereNotIn(column: string | readonly string[] | Raw, values: any): QueryBuilder
    /** Or the column has none of the values. */
    orWhereNotIn(column: string | readonly string[] | Raw, values: any): QueryBuilder
    /** The column has no value. */
    whereNull(column: string): QueryBuilder
    /** Or the column has no value. */
    orWhereNull(column: string): QueryBuilder
    /** The column has a value. */
    whereNotNull(column: string): QueryBuilder
    /** Or the column has a value. */
    orWhereNotNull(column: string): QueryBuilder
    /** The column lies between two values, both included. */
    whereBetween(column: string, range: readonly any[]): QueryBuilder
    /** Or the column lies between two values. */
    orWhereBetween(column: string, range: readonly any[]): QueryBuilder
    /** The column does not lie between two values. */
    whereNotBetween(column: string, range: readonly any[]): QueryBuilder
    /** Or the column does not lie between two values. */
    orWhereNotBetween(column: string, range: readonly any[]): QueryBuilder
    /** The query finds something. */
    whereExists(query: QueryBuilder | Raw | ((builder: QueryBuilder) => any)): QueryBuilder
    /** Or the query finds something. */
    orWhereExists(query: QueryBuilder | Raw | ((builder: QueryBuilder) => any)): QueryBuilder
    /** The query finds nothing. */
    whereNotExists(query: QueryBuilder | Raw | ((builder: QueryBuilder) => any)): QueryBuilder
    /** Joins rows that have a partner. */
    join: Join
    /** The same as `join`. */
    innerJoin: Join
    /** Joins rows, keeping those of the left without a partner. */
    leftJoin: Join
    /** The same as `leftJoin`. */
    leftOuterJoin: Join
    /** Joins rows, keeping those of the right without a partner. */
    rightJoin: Join
    /** The same as `rightJoin`. */
    rightOuterJoin: Join
    /** Joins rows, keeping all. */
    fullOuterJoin: Join
    /** Joins every row with every other. */
    crossJoin(...args: any[]): QueryBuilder
    /** A join in SQL. */
    joinRaw(sql: string | Raw, bindings?: any): QueryBuilder
    /** Groups rows. */
    groupBy: Columns
    /** Groups rows, in SQL. */
    groupByRaw(sql: string | Raw, bindings?: any): QueryBuilder
    /** A condition on groups. */
    having: Where
    /** A condition on groups, in SQL. */
    havingRaw(sql: string | Raw, bindings?: any): QueryBuilder
    /** Sorts rows. */
    orderBy(column: any, order?: string): QueryBuilder
    /** Sorts rows, in SQL. */
    orderByRaw(sql: string | Raw, bindings?: any): QueryBuilder
    /** Adds the rows of other queries, each once. */
    union(...args: any[]): QueryBuilder
    /** Adds the rows of other queries. */
    unionAll(...args: any[]): QueryBuilder
    /** Leaves out that many rows. */
    offset(count: number): QueryBuilder
    /** That many rows at most. */
    limit(count: number): QueryBuilder
  }

  /** A query being built. It runs when it is awaited; rows by default, a row after `first`, a number after `update` and `delete`. */
  interface QueryBuilder extends QueryInterface, Runnable<any> {
    /** Names it, as a part of another query. */
    as(alias: string): QueryBuilder
    /** A copy. */
    clone(): QueryBuilder
    /** Passes it to a function and goes on. */
    modify(callback: (builder: QueryBuilder, ...args: any[]) => any, ...args: any[]): QueryBuilder
    /** Forgets the columns chosen. */
    clearSelect(): QueryBuilder
    /** Forgets the conditions. */
    clearWhere(): QueryBuilder
    /** Forgets the sorting. */
    clearOrder(): QueryBuilder
    /** Locks the rows for a change; in a transaction only. */
    forUpdate(...tables: string[]): QueryBuilder
    /** Locks the rows against changes; in a transaction only. */
    forShare(...tables: string[]): QueryBuilder
    /** What is known of the columns. */
    columnInfo(column?: string): Promise<any>
    /** Sends the rows through a function. */
    map(callback: (row: any, index: number) => any): Promise<any[]>
  }

  /** Makes, changes and drops tables. Each call gives a builder that runs when it is awaited. */
  interface SchemaBuilder extends Runnable<any> {
    /** Makes a table; fails when it exists. */
    createTable(tableName: string, callback: KnexCallback): SchemaBuilder
    /** Changes a table. */
    alterTable(tableName: string, callback: KnexCallback): SchemaBuilder
    /** The same as `alterTable`. */
    table(tableName: string, callback: KnexCallback): SchemaBuilder
    /** Renames a table. */
    renameTable(oldName: string, newName: string): Promise<void>
    /** Drops a table; fails when there is none. */
    dropTable(tableName: string): SchemaBuilder
    /** Drops a table if there is one. */
    dropTableIfExists(tableName: string): SchemaBuilder
    /** Whether there is such a table. */
    hasTable(tableName: string): Promise<boolean>
    /** Whether the table has such a column. */
    hasColumn(tableName: string, columnName: string): Promise<boolean>
    /** SQL as written. */
    raw(sql: string, bindings?: any): any
    /** Chooses the schema. */
    withSchema(schema: string): SchemaBuilder
  }

  /** A table being made. */
  interface CreateTableBuilder {
    /** A number that counts up by itself; the primary key. */
    increments(name?: string): ColumnBuilder
    /** As `increments`, larger. */
    bigIncrements(name?: string): ColumnBuilder
    /** A whole number. */
    integer(name: string): ColumnBuilder
    /** A large whole number; read as a string on PostgreSQL. */
    bigInteger(name: string): ColumnBuilder
    /** A short text. */
    string(name: string, length?: number): ColumnBuilder
    /** A long text. */
    text(name: string, size?: string): ColumnBuilder
    /** A number. */
    float(name: string, precision?: number, scale?: number): ColumnBuilder
    /** An exact number. */
    decimal(name: string, precision?: number | null, scale?: number): ColumnBuilder
    /** Yes or no; written with `bp.database.bool`. */
    boolean(name: string): ColumnBuilder
    /** A day. */
    date(name: string): ColumnBuilder
    /** A day with a time. */
    dateTime(name: string, options?: any): ColumnBuilder
    /** A time of day. */
    time(name: string): ColumnBuilder
    /** A point in time; written with `bp.database.date`. */
    timestamp(name: string, options?: any): ColumnBuilder
    /** Columns `created_at` and `updated_at`. */
    timestamps(useTimestamps?: boolean, defaultToNow?: boolean): ColumnBuilder
    /** Bytes; written with `bp.database.binary`. */
    binary(name: string, length?: number): ColumnBuilder
    /** One of some texts. */
    enum(name: string, values: readonly any[] | null, options?: any): ColumnBuilder
    /** One of some texts. */
    enu(name: string, values: readonly any[] | null, options?: any): ColumnBuilder
    /** JSON; written with `bp.database.json`. */
    json(name: string): ColumnBuilder
    /** JSON that can be searched; PostgreSQL only. */
    jsonb(name: string): ColumnBuilder
    /** A UUID. */
    uuid(name: string): ColumnBuilder
    /** A column of the database's own type. */
    specificType(name: string, type: string): ColumnBuilder
    /** The primary key. */
    primary(columns: readonly string[], constraintName?: string): CreateTableBuilder
    /** Finds rows faster. */
    index(columns: string | readonly (string | Raw)[], name?: string, type?: string): CreateTableBuilder
    /** No two rows alike in these columns. */
    unique(columns: readonly string[], name?: string): CreateTableBuilder
    /** A reference to another table. */
    foreign(columns: string | readonly string[], name?: string): any
    /** Drops a column. */
    dropColumn(name: string): CreateTableBuilder
    /** Drops columns. */
    dropColumns(...names: string[]): CreateTableBuilder
    /** Renames a column. */
    renameColumn(from: string, to: string): ColumnBuilder
    /** Drops an index. */
    dropIndex(columns: string | readonly string[], name?: string): CreateTableBuilder
    /** Drops a rule against doubles. */
    dropUnique(columns: readonly string[], name?: string): CreateTableBuilder
    /** Drops a reference. */
    dropForeign(columns: string | readonly string[], name?: string): CreateTableBuilder
    /** Drops the primary key. */
    dropPrimary(name?: string): CreateTableBuilder
    /** A remark. */
    comment(text: string): CreateTableBuilder
  }

  /** A column being made. */
  interface ColumnBuilder {
    /** Makes it the primary key. */
    primary(name?: string): ColumnBuilder
    /** No two rows alike in it. */
    unique(name?: string): ColumnBuilder
    /** Finds rows by it faster. */
    index(name?: string): ColumnBuilder
    /** It must have a value. */
    notNullable(): ColumnBuilder
    /** It need not have a value. */
    nullable(): ColumnBuilder
    /** Its value unless one is given. */
    defaultTo(value: any): ColumnBuilder
    /** No negative numbers. */
    unsigned(): ColumnBuilder
    /** The column it refers to. */
    references(column: string): ColumnBuilder
    /** The table it refers to. */
    inTable(table: string): ColumnBuilder
    /** What happens when that row is deleted. */
    onDelete(command: string): ColumnBuilder
    /** What happens when that row changes. */
    onUpdate(command: string): ColumnBuilder
    /** A remark. */
    comment(text: string): ColumnBuilder
    /** Changes the column instead of making it. */
    alter(): ColumnBuilder
  }
}
