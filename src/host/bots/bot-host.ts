import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { adviceForOutput } from '../../botframework/advice.ts'
import type { SdkId } from '../../botframework/sdk.ts'
import type { EntryOf } from '../../trace/entry.ts'
import type { TraceLog } from '../../trace/log.ts'
import type { FileWatch } from '../file-watch.ts'
import { watchBotFiles } from './bot-files.ts'
import { BotOutput, inspectorIn } from './bot-output.ts'
import { type BotCommand, type BotEnding, BotProcess } from './bot-process.ts'
import { freePort, isFreed, isTaken, POLL_MS, portOf } from './ports.ts'

export interface BotSpec {
  name: string
  sdk?: SdkId | undefined
  /** Where it takes activities. Without it: `/api/messages` at a free port, which the bot is told by `PORT`. */
  endpoint?: string | undefined
  /** How it is started; without it somebody else starts it. */
  start?: { run: BotCommand['run']; cwd: string; env?: Record<string, string> | undefined } | undefined
}

export interface BotHostOptions {
  spec: BotSpec
  trace: TraceLog
  now?: (() => number) | undefined
  /** The probe that runs in the bot's process (`dist/probe.cjs`), with the address that it talks to. */
  probe?: { file: string; address: string; clock?: number | undefined; seed?: number | undefined } | undefined
  /** Start it again when a file of its folder is saved. Default true. */
  watch?: boolean | undefined
  /** How long it may take to listen. Default 30 s. */
  readyMs?: number | undefined
  execPath?: string | undefined
  onStatus?: ((status: BotStatus) => void) | undefined
  /** See `inspect`. */
  onInspector?: ((url: string) => void) | undefined
  /** How many timers would be lost if it ended now; undefined where that is not known. */
  waitingTimers?: (() => Promise<number | undefined>) | undefined
  /** Whether the probe in the bot's process has called. */
  hasProbeCalled?: (() => boolean) | undefined
  /** The process has ended, whoever wanted it. */
  onEnded?: (() => void) | undefined
}

export interface BotStatus {
  /** `outside`: somebody else starts and stops it. */
  status: 'outside' | 'starting' | 'ready' | 'stopped' | 'failed'
  message?: string
  endpoint: string
}

export class BotError extends Error {
  readonly code = 'BOT_FAILED'
}

/** How long a bot that listens may take until its probe calls; it may have none, for all that its command tells. */
const PROBE_MS = 5000
/** How long the port of a process that has ended may stay open: it closes its output before its port. */
const LEAVE_MS = 2000
/** How long a bot that is to end may take to say how many timers it loses: one that hangs says nothing. */
const LAST_WORD_MS = 500

/** A bot as the rest of the product sees it: started, watched, replaced on save, and its end explained. */
export class BotHost {
  #options: BotHostOptions
  #process: BotProcess | undefined
  #port = 0
  #endpoint = ''
  #output = new BotOutput()
  #isWanted = false
  /** Why it ended last. */
  #failure: BotError | undefined
  #watch: FileWatch | undefined
  #status: BotStatus = { status: 'stopped', endpoint: '' }
  #isDisposed = false
  #starts = 0
  #starting: Promise<void> | undefined
  #stopping: Promise<void> | undefined
  #stops = 0
  #hasRun = false
  /** Whether the next process opens its inspector, whose address is told to `onInspector`, and waits until a debugger lets it go on. Needs the probe. */
  inspect = false

  constructor(options: BotHostOptions) {
    this.#options = options
    if (!options.spec.start) this.#setStatus({ status: 'outside', endpoint: options.spec.endpoint ?? '' })
    this.#endpoint = options.spec.endpoint ?? ''
  }

  get status(): BotStatus {
    return this.#status
  }

  get endpoint(): string {
    return this.#endpoint
  }

  get pid(): number | undefined {
    return this.#process?.pid
  }

  /**
   * Starts the bot, where that is ours to do. Resolves when it listens.
   *
   * @throws BotError with what its output says about why it does not
   */
  async start(why: EntryOf<'bot-started'>['why'] = 'start'): Promise<void> {
    if (this.#starting) return this.#starting
    if (this.#process) return
    return this.#begin(Promise.resolve(), why)
  }

  /** Who asks for a start while one is on its way, or whose start is overtaken by another one, waits for that one. */
  #begin(isFree: Promise<void>, why: EntryOf<'bot-started'>['why']): Promise<void> {
    const stops = this.#stops
    const starting: Promise<void> = isFree
      .then(() => this.#start(why, () => stops !== this.#stops))
      .catch(error => {
        if (this.#starting && this.#starting !== starting) return this.#starting
        throw error
      })
      .finally(() => {
        if (this.#starting === starting) this.#starting = undefined
      })
    this.#starting = starting
    return starting
  }

  async #start(why: EntryOf<'bot-started'>['why'], wasStopped: () => boolean): Promise<void> {
    const { spec, readyMs = 30_000 } = this.#options
    if (this.#isDisposed) throw new BotError('The bot was shut down.')
    if (!spec.start) return
    await this.#stopping
    await this.#choosePort()
    const isFree = await isFreed(this.#port, this.#hasRun ? LEAVE_MS : 0)
    if (wasStopped()) throw new BotError('The bot was stopped.')
    if (!isFree) {
      throw this.#fail({
        reason: 'not-started',
        says: `Port ${this.#port} is taken: the bot may be running already.`,
        todo: ['Stop the other one, or give this bot another port.']
      })
    }
    this.#setStatus({ status: 'starting', endpoint: this.#endpoint })
    this.#output = new BotOutput()
    this.#failure = undefined
    this.#isWanted = true
    const process = new BotProcess(this.#command(), {
      output: (stream, line) => this.#said(stream, line),
      ended: ending => this.#ended(process, ending)
    })
    this.#process = process
    this.#hasRun = true
    this.#watchFiles()
    // Who debugs may stop before the bot listens.
    const until = this.inspect ? Number.POSITIVE_INFINITY : performance.now() + readyMs
    while (!(await isTaken(this.#port))) {
      if (process.hasEnded) throw this.#failure ?? new BotError('The bot ended before it listened.')
      if (performance.now() > until) {
        const says = `The bot runs, but nothing listens at port ${this.#port}.`
        this.#isWanted = false
        this.#process = undefined
        await process.stop()
        if (wasStopped()) throw new BotError('The bot was stopped.')
        throw this.#fail({
          reason: 'not-started',
          says,
          todo: ['Let it listen at the port that the variable PORT names, or name its endpoint.']
        })
      }
      await new Promise(resolve => setTimeout(resolve, POLL_MS))
    }
    await this.#probeCalls(process)
    if (process.hasEnded) throw this.#failure ?? new BotError('The bot ended before it listened.')
    const { run } = spec.start
    this.#note({
      kind: 'bot-started',
      at: this.#now(),
      bot: spec.name,
      endpoint: this.#endpoint,
      command: typeof run === 'string' ? run : `node ${[run.script, ...(run.args ?? [])].join(' ')}`,
      why,
      ...(process.pid !== undefined && { pid: process.pid })
    })
    this.#setStatus({ status: 'ready', endpoint: this.#endpoint })
  }

  /** A bot can listen before its event loop turns for the first time; until it has, time would pass without it. */
  async #probeCalls(process: BotProcess): Promise<void> {
    const { spec, probe, hasProbeCalled } = this.#options
    const runsNode = typeof spec.start?.run === 'object' || (spec.sdk !== undefined && spec.sdk !== 'other')
    if (!probe || !hasProbeCalled || !runsNode) return
    const until = performance.now() + PROBE_MS
    while (!hasProbeCalled() && !process.hasEnded && performance.now() < until) {
      await new Promise(resolve => setTimeout(resolve, POLL_MS))
    }
  }

  /** Ends the bot's process. */
  async stop(): Promise<void> {
    const process = this.#process
    this.#isWanted = false
    this.#process = undefined
    this.#starting = undefined
    this.#stops++
    if (process && !process.hasEnded) {
      const stopping = this.#stop(process).finally(() => {
        if (this.#stopping === stopping) this.#stopping = undefined
      })
      this.#stopping = stopping
    }
    await this.#stopping
  }

  async #stop(process: BotProcess): Promise<void> {
    const timers = await Promise.race([this.#options.waitingTimers?.(), delay(LAST_WORD_MS, undefined, { ref: false })])
    await process.stop()
    const lost = timers ? { timers } : {}
    this.#note({
      kind: 'bot-stopped',
      at: this.#now(),
      bot: this.#options.spec.name,
      reason: 'request',
      says: 'It was stopped.',
      todo: [],
      ...lost
    })
    this.#setStatus({ status: 'stopped', endpoint: this.#endpoint })
  }

  /** As after a deployment: memory and timers are lost, the port stays. */
  async restart(why: EntryOf<'bot-started'>['why'] = 'restart'): Promise<void> {
    return this.#begin(this.stop(), why)
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true
    this.#watch?.close()
    await this.stop()
  }

  async #choosePort(): Promise<void> {
    const { endpoint } = this.#options.spec
    if (endpoint !== undefined) {
      if (!URL.canParse(endpoint)) throw new BotError(`“${endpoint}” is no address.`)
      this.#port = portOf(new URL(endpoint))
    } else if (this.#port === 0) {
      this.#port = await freePort()
      this.#endpoint = `http://127.0.0.1:${this.#port}/api/messages`
    }
  }

  #command(): BotCommand {
    const { spec, probe, execPath } = this.#options
    const start = spec.start!
    const nodeOptions = probe && [
      /\.ts$/.test(probe.file) ? `--import=${pathToFileURL(probe.file).href}` : `--require=${JSON.stringify(probe.file)}`
    ]
    const env = {
      ...(probe && { PROACTIVE_HOOKS_PROBE: probe.address }),
      ...(probe && this.inspect && { PROACTIVE_HOOKS_INSPECT: '1' }),
      ...(probe?.clock !== undefined && { PROACTIVE_HOOKS_CLOCK: String(this.#now()) }),
      // Ids that the process before made must not come up again: what it stored is still there.
      ...(probe?.seed !== undefined && { PROACTIVE_HOOKS_SEED: `${probe.seed} ${this.#starts++}` }),
      ...start.env
    }
    return { run: start.run, cwd: start.cwd, env, port: this.#port, nodeOptions, execPath }
  }

  #said(stream: 'stdout' | 'stderr', said: string): void {
    const inspector = inspectorIn(said)
    if (inspector && this.inspect) this.#options.onInspector?.(inspector)
    const line = this.#output.take(said)
    if (!line) return
    const { text, place } = line
    this.#note({ kind: 'bot-output', at: this.#now(), bot: this.#options.spec.name, stream, text, ...(place && { place }) })
  }

  #ended(process: BotProcess, ending: BotEnding): void {
    this.#options.onEnded?.()
    if (process !== this.#process || !this.#isWanted) return
    this.#process = undefined
    this.#isWanted = false
    const { text: output, place } = this.#output
    const advice = adviceForOutput(output)
    const isClean = ending.code === 0
    const how = ending.error ?? (ending.signal ? `by ${ending.signal}` : `with code ${ending.code}`)
    this.#fail({
      reason: isClean ? 'exit' : 'crash',
      says: advice?.says ?? (ending.error ? `It could not be started: ${how}.` : `Its process exited ${how}.`),
      todo: advice?.todo ?? ['Look at the last lines of its output. It is started again when you save a file of it, or ask for it.'],
      ...(ending.code !== null && { code: ending.code }),
      ...(ending.signal !== null && { signal: ending.signal }),
      ...(output !== '' && { output }),
      ...(place && !isClean && { place })
    })
  }

  #fail(how: Omit<EntryOf<'bot-stopped'>, 'kind' | 'seq' | 'at' | 'bot'>): BotError {
    this.#note({ kind: 'bot-stopped', at: this.#now(), bot: this.#options.spec.name, ...how })
    this.#setStatus({ status: 'failed', message: how.says, endpoint: this.#endpoint })
    this.#failure = new BotError([how.says, ...how.todo].join(' '))
    return this.#failure
  }

  #watchFiles(): void {
    const { spec, watch } = this.#options
    if (watch === false || this.#watch || !spec.start) return
    this.#watch = watchBotFiles(spec.start.cwd, () => void this.restart('saved').catch(() => {}))
  }

  #now(): number {
    return (this.#options.now ?? Date.now)()
  }

  #note(report: Parameters<TraceLog['append']>[0]): void {
    this.#options.trace.append(report)
  }

  #setStatus(status: BotStatus): void {
    this.#status = status
    this.#options.onStatus?.(status)
  }
}
