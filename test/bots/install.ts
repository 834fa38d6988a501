import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
/** Folder of the sample bots. */
export const SAMPLES = join(root, 'samples', 'bot-framework')

export type Kind = 'v3' | 'v4' | 'agents'
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

async function install(kind: Kind): Promise<string> {
  const sample = join(SAMPLES, kind)
  const folder = join(root, 'out', 'bots', kind)
  const lock = readFileSync(join(sample, 'package-lock.json'), 'utf8')
  const modules = join(folder, 'node_modules')
  const mark = join(folder, 'installed.json')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return modules
  mkdirSync(folder, { recursive: true })
  rmSync(mark, { force: true })
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(sample, file), join(folder, file))
  await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    shell: process.platform === 'win32'
  })
  writeFileSync(mark, lock)
  return modules
}
