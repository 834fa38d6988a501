import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { ALL_BLANK } from '../../botframework/sdk.ts'

export interface BotCommand {
  /** A line for the shell (`npm start`), or a script that this process's own Node runs. */
  run: string | { script: string; args?: string[] }
  cwd: string
  env?: Record<string, string> | undefined
  /** Port that the bot is told by `PORT`. */
  port: number
  /** Options for Node in the bot's process: the probe, the inspector. */
  nodeOptions?: string[] | undefined
  execPath?: string | undefined
}

export interface BotEnding {
  code: number | null
  signal: string | null
  /** The command could not be started at all. */
  error?: string
}

export interface BotProcessEvents {
  output(stream: 'stdout' | 'stderr', line: string): void
  ended(ending: BotEnding): void
}

const KILL_GRACE_MS = 1500
/** How long the output of a process that has ended is waited for: what it started and left behind may hold it open for ever. */
const LINGER_MS = 500
const isWindows = process.platform === 'win32'

const running = new Set<BotProcess>()
// Bots are groups of their own: without this they would outlive a program that ends without having stopped them.
process.on('exit', () => {
  for (const bot of running) bot.kill()
})

/** A bot's process, with whatever it starts below it. Knows nothing of what a bot is. */
export class BotProcess {
  #child: ChildProcess
  #hasEnded = false
  /** Resolves when it has ended and its output was read. */
  readonly ended: Promise<BotEnding>

  constructor(command: BotCommand, events: BotProcessEvents) {
    const { run, cwd } = command
    // A group of its own, so that what a shell or npm started ends with it.
    const options = {
      cwd,
      env: environmentOf(command),
      stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
      detached: !isWindows
    }
    this.#child =
      typeof run === 'string'
        ? spawn(run, { ...options, shell: true, windowsHide: true })
        : spawn(command.execPath ?? process.execPath, [run.script, ...(run.args ?? [])], { ...options, windowsHide: true })
    for (const stream of ['stdout', 'stderr'] as const) {
      createInterface({ input: this.#child[stream]! }).on('line', line => events.output(stream, line))
    }
    this.ended = new Promise(resolve => {
      const end = (ending: BotEnding) => {
        if (this.#hasEnded) return
        this.#hasEnded = true
        running.delete(this)
        events.ended(ending)
        resolve(ending)
      }
      this.#child.on('error', error => end({ code: null, signal: null, error: error.message }))
      this.#child.on('close', (code, signal) => end({ code, signal }))
      this.#child.on('exit', () => {
        const linger = setTimeout(() => {
          for (const stream of [this.#child.stdout, this.#child.stderr]) stream?.destroy()
        }, LINGER_MS)
        this.#child.on('close', () => clearTimeout(linger))
      })
    })
    running.add(this)
  }

  get pid(): number | undefined {
    return this.#child.pid
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Asks it to end, then makes it end. Resolves when it has. */
  async stop(): Promise<void> {
    if (this.#hasEnded) return
    this.#signal('SIGTERM')
    const force = setTimeout(() => this.#signal('SIGKILL'), KILL_GRACE_MS)
    await this.ended
    clearTimeout(force)
    // What outlived the process that started it.
    this.#signal('SIGKILL')
  }

  /** Makes it end, without waiting for it. */
  kill(): void {
    this.#signal('SIGKILL')
  }

  #signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    const { pid } = this.#child
    if (pid === undefined) return
    try {
      // There is nobody to say by whom it was started once it has ended.
      if (isWindows && !this.#hasEnded)
        spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true, stdio: 'ignore' }).on('error', () => {})
      else if (!isWindows) process.kill(-pid, signal)
    } catch {
      // It ended meanwhile.
    }
  }
}

/** The environment of now without the accounts that some SDK would read: a bot with an app id answers nobody on this computer (C17). */
function environmentOf({ env, port, nodeOptions = [], run }: BotCommand): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ELECTRON_RUN_AS_NODE: __, ...inherited } = process.env
  // The Agents SDK accepts nobody without an account in production (C16).
  if (inherited.NODE_ENV === 'production') delete inherited.NODE_ENV
  const blank = Object.fromEntries(ALL_BLANK.map(name => [name, '']))
  const own = typeof run === 'string' ? {} : { ELECTRON_RUN_AS_NODE: '1' }
  const options = nodeOptions.length > 0 ? { NODE_OPTIONS: nodeOptions.join(' ') } : {}
  return { ...inherited, ...blank, PORT: String(port), ...options, ...own, ...env }
}
