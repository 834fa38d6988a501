/** Copies of workspaces, so that no test and no newcomer writes into the project. */
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export interface WorkspaceCopy {
  /** Absolute path, without symbolic links. */
  readonly folder: string
  remove(): void
}

/**
 * @param name a folder of `test/fixtures/workspaces` or of `samples`, or an absolute path
 * @throws when there is no such workspace
 */
export function copyWorkspace(name: string): WorkspaceCopy {
  const candidates = isAbsolute(name) ? [name] : [join(root, 'test/fixtures/workspaces', name), join(root, 'samples', name)]
  const from = candidates.find(existsSync)
  if (!from) throw new Error(`There is no workspace “${name}”: looked for ${candidates.join(' and ')}.`)
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'proactive-hooks-')))
  const folder = join(home, name.split(/[\\/]/).at(-1)!)
  cpSync(from, folder, { recursive: true })
  return { folder, remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }) }
}
