/** Child processes of the scripts: run to the end, or kept until the script ends. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** Path of a file of the project. */
export const at = (...parts: string[]) => join(root, ...parts)

/**
 * Runs a command to its end.
 *
 * @returns exit code and everything it printed
 */
export function run(
  command: string,
  args: string[],
  options: SpawnOptions & { print?: boolean } = {}
): Promise<{ code: number; output: string }> {
  const { print = false, ...rest } = options
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...rest })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk
      if (print) process.stdout.write(chunk)
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code: code ?? (signal ? 128 : 1), output }))
  })
}

/** Runs `npm` with the Node that runs this script. */
export function npm(args: string[], cwd: string): Promise<{ code: number; output: string }> {
  const env = { ...process.env, npm_config_audit: 'false', npm_config_fund: 'false', npm_config_update_notifier: 'false' }
  // Under `npm run` the path of npm itself is known; it is no `.cmd` file, which Windows could not start without a shell.
  const cli = process.env.npm_execpath
  return cli?.endsWith('.js')
    ? run(process.execPath, [cli, ...args], { cwd, env })
    : run('npm', args, { cwd, env, shell: process.platform === 'win32' })
}

const kept = new Set<() => void>()

/** What `stop` does happens at the latest when this script ends, also by Ctrl-C. */
export function atExit(stop: () => void): () => void {
  if (kept.size === 0) {
    process.once('exit', stopAll)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => process.exit(128 + (signal === 'SIGINT' ? 2 : 15)))
  }
  kept.add(stop)
  return () => kept.delete(stop)
}

function stopAll(): void {
  for (const stop of kept) {
    try {
      stop()
    } catch {
      // One that fails to stop must not keep the others alive.
    }
  }
  kept.clear()
}

/**
 * Ends a process and what it started. On POSIX it must have been spawned `detached`, so that it leads a group of its own.
 *
 * @returns when it is gone
 */
export function endGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return Promise.resolve()
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  signalGroup(child, 'SIGTERM')
  const hard = setTimeout(() => signalGroup(child, 'SIGKILL'), 3000)
  return gone.then(() => {
    clearTimeout(hard)
    signalGroup(child, 'SIGKILL')
  })
}

/** A signal for the whole group; none left to take it is no error. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' })
    else process.kill(-child.pid!, signal)
  } catch {
    // Already gone.
  }
}
