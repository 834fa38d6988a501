import { type ChildProcess, fork } from 'node:child_process'
import { type FoundFile, FromScenario, type RunOptions, type ToScenario } from '../protocol/scenario.ts'
import { deferred } from './deferred.ts'

/** A scenario file as an editor has it: `text` where it is not what is on disk. */
export interface FileText {
  file: string
  text?: string
}

/** What is told while scenarios are played, by the kind of the message. */
export type PlayEvents = {
  [K in 'found' | 'started' | 'step' | 'alive' | 'ended' | 'inspect' | 'done']?: (message: Extract<FromScenario, { kind: K }>) => void
}

export interface Play {
  /** Resolves when all is played or cancelled. @throws when it could not be played at all, or the process ended */
  readonly done: Promise<void>
  /** The scenario that plays ends at once as skipped. A process that does not obey within `graceMs` is ended. */
  cancel(graceMs?: number): void
  /** A debugger is attached: the first scenario begins. */
  go(): void
}

/** How long a process that was told to cancel may take. */
const GRACE_MS = 700

/** A process that finds and plays scenarios, started when it is first asked, and again after it ended. */
export class ScenarioProcess {
  readonly #entry: string
  readonly #execPath: string
  #child: ChildProcess | undefined
  #lastId = 0
  #finds = new Map<number, { left: number; found: FoundFile[]; resolve(found: FoundFile[]): void; reject(error: Error): void }>()
  #plays = new Map<number, { events: PlayEvents; resolve(): void; reject(error: Error): void }>()

  /** @param entry `dist/scenario.js` or the source of its entry point */
  constructor(entry: string, execPath: string = process.execPath) {
    this.#entry = entry
    this.#execPath = execPath
  }

  /** What is in these files, in their order. */
  find(files: readonly FileText[]): Promise<FoundFile[]> {
    if (files.length === 0) return Promise.resolve([])
    const { promise, resolve, reject } = deferred<FoundFile[]>()
    const id = ++this.#lastId
    this.#finds.set(id, { left: files.length, found: [], resolve, reject })
    this.#send({ kind: 'find', id, files: [...files] })
    return promise
  }

  /** Plays the scenarios of files one after the other; without `ids` all of a file. */
  run(files: readonly (FileText & { ids?: string[] })[], options: RunOptions, events: PlayEvents): Play {
    const { promise: done, resolve, reject } = deferred<void>()
    const id = ++this.#lastId
    this.#plays.set(id, { events, resolve, reject })
    this.#send({ kind: 'run', id, files: [...files], options })
    return {
      done,
      cancel: (graceMs = GRACE_MS) => {
        if (!this.#plays.has(id)) return
        this.#send({ kind: 'cancel', id })
        const timer = setTimeout(() => {
          // Whatever a page's script does there, the next run gets a process that obeys.
          if (this.#plays.has(id)) this.#kill()
        }, graceMs)
        done.finally(() => clearTimeout(timer)).catch(() => {})
      },
      go: () => this.#send({ kind: 'go' })
    }
  }

  /** Files changed on disk. */
  changed(files: string[]): void {
    if (this.#child) this.#send({ kind: 'changed', files })
  }

  /** Lets it leave in its own time, so that its engines leave with it. */
  async stop(graceMs = 1500): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null) return
    const { promise, resolve } = deferred<void>()
    child.once('close', () => resolve())
    this.#send({ kind: 'stop' })
    const timer = setTimeout(() => this.#kill(), graceMs)
    await promise
    clearTimeout(timer)
  }

  /** Ends it at once; what it was asked fails. The next question starts another one. */
  dispose(): void {
    this.#kill()
  }

  #send(message: ToScenario): void {
    this.#child ??= this.#fork()
    this.#child.send(message)
  }

  #fork(): ChildProcess {
    const { NODE_OPTIONS: _, ...env } = process.env
    const child = fork(this.#entry, [], {
      execPath: this.#execPath,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc']
    })
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4000)
    })
    // What was told within a turn.
    child.on('message', messages => {
      for (const message of [messages].flat()) this.#receive(message)
    })
    child.on('error', error => this.#ended(child, error.message))
    child.on('close', (code, signal) => this.#ended(child, said.trim() || `It ended with ${signal ?? `code ${code}`}.`))
    return child
  }

  #receive(message: unknown): void {
    const parsed = FromScenario.safeParse(message)
    if (!parsed.success) {
      this.#fail(new Error(`The scenario process said something unreadable: ${parsed.error.message}`))
      return
    }
    const said = parsed.data
    if (said.kind === 'ready') return
    // What is found is the answer to a question, or told by the way as a file is played.
    if (said.kind === 'found' && this.#finds.has(said.id)) this.#found(said)
    else {
      const play = this.#plays.get(said.id)
      const tell = play?.events[said.kind] as ((message: FromScenario) => void) | undefined
      tell?.(said)
      if (said.kind !== 'done' || !play) return
      this.#plays.delete(said.id)
      if (said.error === undefined) play.resolve()
      else play.reject(new Error(said.error))
    }
  }

  #found({ id, found }: Extract<FromScenario, { kind: 'found' }>): void {
    const find = this.#finds.get(id)
    if (!find) return
    find.found.push(found)
    find.left -= 1
    if (find.left > 0) return
    this.#finds.delete(id)
    find.resolve(find.found)
  }

  #kill(): void {
    const child = this.#child
    child?.kill('SIGKILL')
    if (child) this.#ended(child, 'It was stopped.')
  }

  #ended(child: ChildProcess, why: string): void {
    if (child !== this.#child) return
    this.#child = undefined
    this.#fail(new Error(`The process that plays scenarios has ended. ${why}`))
  }

  #fail(error: Error): void {
    const waiting = [...this.#finds.values(), ...this.#plays.values()]
    this.#finds.clear()
    this.#plays.clear()
    for (const one of waiting) one.reject(error)
  }
}
