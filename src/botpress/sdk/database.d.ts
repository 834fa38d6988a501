declare namespace sdk {
  /**
   * The server's database: Knex 0.20 with a few extras that hide the difference between SQLite and PostgreSQL (R18.2).
   *
   * @example
   * const row = await bp.database('web_user_map').where({ userId: event.target }).first()
   */
  const database: KnexExtended

  /** Knex with the extras. */
  type KnexExtended = Knex & KnexExtension

  /** What Botpress adds to Knex. */
  interface KnexExtension {
    /** Whether the database is SQLite. */
    isLite: boolean
    /** The file of a SQLite database. */
    location: string
    /** Makes a table unless it exists; resolves with whether it was made. */
    createTableIfNotExists(tableName: string, cb: Knex.KnexCallback): Promise<boolean>
    /** Dates in the database's own way. */
    date: Knex.Date
    /** Booleans in the database's own way. */
    bool: Knex.Bool
    /** JSON in the database's own way. */
    json: Knex.Json
    /** Bytes in the database's own way. */
    binary: Knex.Binary
    /**
     * Adds a row and resolves with it.
     *
     * @param returnColumns columns of the result; all by default
     * @param idColumnName column that identifies the row; `id` by default
     */
    insertAndRetrieve<T>(
      tableName: string,
      data: {},
      returnColumns?: string | string[],
      idColumnName?: string,
      trx?: Knex.Transaction
    ): Promise<T>
  }
}
