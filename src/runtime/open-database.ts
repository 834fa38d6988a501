import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { SqliteDatabase } from './database.ts'
import { DELETED, WRITTEN } from './overlay.ts'

/** Opens the database; when its file is locked or damaged, says so and works in memory, so that the rest runs. */
export function openDatabase(storage: string | undefined, onProblem: (file: string, problem: string) => void): SqliteDatabase {
  try {
    return new SqliteDatabase(storage)
  } catch (error) {
    const file = join(storage ?? '', 'core.sqlite')
    onProblem(file, `The database cannot be used (${(error as Error).message}). State is kept in memory until the engine is started anew.`)
    return new SqliteDatabase()
  }
}

/** Leaves nothing of what was kept in a storage that nobody has open. */
export function emptyStorage(storage: string): void {
  for (const name of ['core.sqlite', 'core.sqlite-wal', 'core.sqlite-shm', WRITTEN, DELETED])
    rmSync(join(storage, name), { recursive: true, force: true })
}
