import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A folder with files, for one test; `[Symbol.dispose]` removes it. */
export interface TemporaryFolder extends Disposable {
  readonly path: string
}

/** @param files path below the folder, with forward slashes, to text */
export function temporaryFolder(files: Readonly<Record<string, string>>): TemporaryFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'proactive-hooks-')))
  for (const [name, text] of Object.entries(files)) {
    const file = join(path, ...name.split('/'))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
