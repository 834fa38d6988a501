import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Chance } from './chance.ts'

type Value = string | number | bigint | null | Uint8Array

/** SQLite's functions of time, with the place of the moment among their arguments. */
const FUNCTIONS = { date: 0, time: 0, datetime: 0, julianday: 0, unixepoch: 0, strftime: 1 } as const

/** SQLite as it is, for what does not name the present; one for all lives. */
let plain: DatabaseSync | undefined
const statements = new Map<string, StatementSync>()

function computed(sql: string, values: Value[]): Value {
  let statement = statements.get(sql)
  if (!statement) {
    plain ??= new DatabaseSync(':memory:')
    statement = plain.prepare(sql)
    statements.set(sql, statement)
  }
  return (statement.get(...values) as { value: Value }).value
}

/** Where a database's functions get time and chance from. */
interface Source {
  now?: () => number
  random?: () => number
}

/** A database outlives the engine's lives, and each function that it is given has SQLite read all prepared statements anew: so it is given each once. */
const sources = new WeakMap<DatabaseSync, Source>()

/** Has SQL tell the engine's time instead of the computer's: `datetime('now')`, `CURRENT_TIMESTAMP`, also as a column's default. */
export function tellTime(database: DatabaseSync, now: () => number): void {
  const source = sourceOf(database)
  const isNew = source.now === undefined
  source.now = now
  if (isNew) registerTime(database, () => new Date(source.now!()).toISOString())
}

/** Has `RANDOM()` follow from the seed. */
export function tellChance(database: DatabaseSync, { random }: Chance): void {
  const source = sourceOf(database)
  const isNew = source.random === undefined
  source.random = random
  if (isNew) registerChance(database, () => source.random!())
}

function sourceOf(database: DatabaseSync): Source {
  let source = sources.get(database)
  if (!source) {
    source = {}
    sources.set(database, source)
  }
  return source
}

function registerTime(database: DatabaseSync, text: () => string): void {
  for (const [name, at] of Object.entries(FUNCTIONS)) {
    database.function(name, { varargs: true }, (...args: Value[]) => {
      const given: Value[] = args.length <= at ? [...args, 'now'] : args
      const values = given.map((value, index) => (index === at && String(value).toLowerCase() === 'now' ? text().slice(0, 23) : value))
      return computed(`SELECT ${name}(${values.map(() => '?')}) AS value`, values)
    })
  }
  database.function('current_timestamp', () => text().slice(0, 19).replace('T', ' '))
  database.function('current_date', () => text().slice(0, 10))
  database.function('current_time', () => text().slice(11, 19))
}

function registerChance(database: DatabaseSync, random: () => number): void {
  const half = () => BigInt(Math.floor(random() * 2 ** 32))
  database.function('random', { useBigIntArguments: true }, () => BigInt.asIntN(64, (half() << 32n) | half()))
}
