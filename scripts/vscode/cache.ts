/** Where things too big for `node_modules` are kept between runs, and the lock that keeps two runs from installing at once. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** `PROACTIVE_HOOKS_CACHE`, else the folder that the system has for caches. */
export function cacheFolder(env = process.env, platform = process.platform, home = homedir()): string {
  if (env.PROACTIVE_HOOKS_CACHE) return env.PROACTIVE_HOOKS_CACHE
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'proactive-hooks')
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'proactive-hooks')
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'proactive-hooks', 'Cache')
  return join(home, '.cache', 'proactive-hooks')
}

/**
 * Runs `work` while nobody else on this machine holds the lock of that folder. A lock left by a process that died is taken over.
 *
 * @param folder made when it is not there; the lock is `<folder>.lock`
 * @param waiting told once when somebody else holds the lock
 */
export async function withLock<T>(folder: string, work: () => Promise<T>, waiting: (pid: number) => void = () => {}): Promise<T> {
  const lock = `${folder}.lock`
  mkdirSync(folder, { recursive: true })
  let told = false
  while (!take(lock)) {
    const holder = holderOf(lock)
    if (holder !== undefined && !isAlive(holder)) {
      rmSync(lock, { force: true })
      continue
    }
    if (!told && holder !== undefined) waiting(holder)
    told = true
    await sleep(250)
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** Making a file that must not exist is atomic, and its text says who holds the lock. */
function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Undefined while the other process has made the file but not yet written it. */
function holderOf(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, 'utf8')) || undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
