import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { SqliteDatabase, type StorageOptions } from './database.ts'
import { DELETED, WRITTEN } from './overlay.ts'

/** Opens the database; when its file is locked or damaged, says so and works in memory, so that the rest runs. */
export function openDatabase(options: StorageOptions, onProblem: (file: string, problem: string) => void): SqliteDatabase {
  try {
    return new SqliteDatabase(options)
  } catch (error) {
    const file = join(options.storage ?? '', 'core.sqlite')
    onProblem(file, `The database cannot be used (${(error as Error).message}). State is kept in memory until the engine is started anew.`)
    return new SqliteDatabase()
  }
}

/** Leaves nothing of what was kept in a storage that nobody has open. @param database whether its file goes as well */
export function emptyStorage(storage: string, database: boolean): void {
  const files = ['core.sqlite', 'core.sqlite-wal', 'core.sqlite-shm']
  for (const name of [...(database ? files : []), WRITTEN, DELETED]) {
    const path = join(storage, name)
    if (existsSync(path)) rmSync(path, { recursive: true, force: true })
  }
}
