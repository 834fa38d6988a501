import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
/** Folder of the sample bots. */
export const SAMPLES = join(root, 'samples', 'bot-framework')

export type Kind = 'v3' | 'v4' | 'agents' | 'agents-dialogs'
const MARK = 'installed.json'
const installed = new Map<Kind, Promise<string>>()

/**
 * The packages of a sample, installed as its lock file says, outside of the sample: what is shipped stays without them. Install scripts do not run; the
 * SDKs do not need theirs.
 *
 * @returns the `node_modules` folder, for `NODE_PATH`
 */
export function packagesOf(kind: Kind): Promise<string> {
  const known = installed.get(kind) ?? install(kind)
  installed.set(kind, known)
  return known
}

/** Levels run side by side: each installs apart, and the first that is done gives the folder its name. */
async function install(kind: Kind): Promise<string> {
  const sample = join(SAMPLES, kind)
  const folder = join(root, 'out', 'bots', kind)
  const lock = readFileSync(join(sample, 'package-lock.json'), 'utf8')
  const modules = join(folder, 'node_modules')
  const isInstalled = () => existsSync(join(folder, MARK)) && readFileSync(join(folder, MARK), 'utf8') === lock
  if (isInstalled()) return modules

  const apart = `${folder}-${process.pid}`
  rmSync(apart, { recursive: true, force: true })
  mkdirSync(apart, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(sample, file), join(apart, file))
  await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: apart,
    shell: process.platform === 'win32'
  })
  writeFileSync(join(apart, MARK), lock)
  if (!isInstalled()) {
    rmSync(folder, { recursive: true, force: true })
    try {
      renameSync(apart, folder)
    } catch (error) {
      // Somebody else was first.
      if (!isInstalled()) throw error
    }
  }
  rmSync(apart, { recursive: true, force: true })
  return modules
}
