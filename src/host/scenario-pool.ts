import type { CoveredScript } from '../protocol/coverage.ts'
import type { FoundFile, Range, RunOptions, ScenarioResult } from '../protocol/scenario.ts'
import type { TraceEntry } from '../trace/entry.ts'
import { duration } from '../trace/words.ts'
import { type FileText, ScenarioProcess } from './scenario-process.ts'

export interface ScenarioPoolOptions {
  /** `dist/scenario.js` or `src/scenario/main.ts`. */
  entry: string
  execPath?: string | undefined
  /** Processes at most. */
  size: number
  /** A process that is silent for so many ms while it plays is stopped. Default 10,000. */
  silenceMs?: number | undefined
}

export type FileToRun = FileText & { ids?: string[] }

/** What a run tells. Scenarios of one file come in their order, files in any. */
export interface RunEvents {
  found?(found: FoundFile): void
  started?(scenario: { file: string; id: string; name: string; range: Range }): void
  ended?(result: ScenarioResult, trace: readonly TraceEntry[] | undefined): void
  /** What scenarios executed, and what there was to execute (with counts of 0), when `coverage` is asked for. */
  covered?(scripts: readonly CoveredScript[]): void
}

interface Seat {
  process: ScenarioProcess
  busy: boolean
}

interface Playing {
  file: string
  id: string
  name: string
  tags: string[]
  range: Range
  step?: { range: Range; text: string }
}

const SILENCE_MS = 10_000
/** Files that a process is given at once: enough that it never waits, few enough that others help. */
const BATCH = 8

/** Plays scenarios in several processes at once. One that hangs or dies takes only the scenario with it that it was playing. */
export class ScenarioPool {
  #options: ScenarioPoolOptions
  #seats: Seat[] = []
  #isDisposed = false

  constructor(options: ScenarioPoolOptions) {
    this.#options = options
  }

  /** What is in files, or in their unsaved texts. */
  async find(files: readonly FileText[]): Promise<FoundFile[]> {
    const seat = this.#take()
    try {
      return await seat.process.find(files)
    } finally {
      seat.busy = false
    }
  }

  /** Plays, and resolves when all is told. With `bail` what has not begun when one fails is not played. */
  async run(files: readonly FileToRun[], options: RunOptions, events: RunEvents, signal?: AbortSignal): Promise<void> {
    const waiting = [...files]
    const stop = new AbortController()
    const abort = () => stop.abort()
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) stop.abort()
    const size = Math.max(1, Math.min(this.#options.size, Math.ceil(files.length / 2)))
    const batch = Math.max(1, Math.min(BATCH, Math.ceil(files.length / (size * 2))))
    const work = async () => {
      const seat = this.#take()
      try {
        while (waiting.length > 0 && !stop.signal.aborted && !this.#isDisposed) {
          waiting.unshift(...(await this.#play(seat.process, waiting.splice(0, batch), options, events, stop)))
        }
      } catch (error) {
        // Whoever waits is told of it, and of nothing that comes after it.
        stop.abort()
        throw error
      } finally {
        seat.busy = false
      }
    }
    try {
      await Promise.all(Array.from({ length: size }, work))
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  /** Files changed on disk. */
  changed(files: string[]): void {
    for (const { process } of this.#seats) process.changed(files)
  }

  /** Ends all processes; of a run that is under way nothing more is played. */
  async dispose(): Promise<void> {
    this.#isDisposed = true
    await Promise.all(this.#seats.splice(0).map(({ process }) => process.stop()))
  }

  /** @returns what is to be played once more, because the process ended */
  async #play(
    process: ScenarioProcess,
    files: FileToRun[],
    options: RunOptions,
    events: RunEvents,
    stop: AbortController
  ): Promise<FileToRun[]> {
    const { silenceMs = SILENCE_MS } = this.#options
    const founds = new Map<string, FoundFile>()
    const done = new Set<string>()
    let current: Playing | undefined
    let silent = false
    let timer: NodeJS.Timeout | undefined
    const heard = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        silent = true
        process.dispose()
      }, silenceMs)
    }
    const play = process.run(files, options, {
      found: ({ found }) => {
        heard()
        founds.set(found.file, found)
        events.found?.(found)
      },
      started: ({ file, scenario, name, tags, range }) => {
        heard()
        current = { file, id: scenario, name, tags, range }
        events.started?.(current)
      },
      step: ({ range, text }) => {
        heard()
        if (current) current.step = { range, text }
      },
      alive: heard,
      ended: ({ result, trace, covered }) => {
        heard()
        if (covered) events.covered?.(covered)
        done.add(keyOf(result))
        current = undefined
        events.ended?.(result, trace)
        if (options.bail && (result.outcome === 'failed' || result.outcome === 'error')) stop.abort()
      },
      done: ({ covered }) => covered && events.covered?.(covered)
    })
    const cancel = () => play.cancel()
    stop.signal.addEventListener('abort', cancel)
    heard()
    try {
      await play.done
      return []
    } catch (error) {
      if (current) {
        const what = silent ? `gave no sign of life for ${duration(silenceMs)} and was stopped` : `ended (${(error as Error).message})`
        done.add(keyOf(current))
        events.ended?.(lost(current, what, options.seed ?? 1), undefined)
      } else if (done.size === 0) throw error
      return stop.signal.aborted ? [] : restOf(files, founds, done)
    } finally {
      clearTimeout(timer)
      stop.signal.removeEventListener('abort', cancel)
    }
  }

  #take(): Seat {
    let seat = this.#seats.find(one => !one.busy)
    if (!seat) {
      seat = { process: new ScenarioProcess(this.#options.entry, this.#options.execPath), busy: true }
      this.#seats.push(seat)
    }
    seat.busy = true
    return seat
  }
}

const keyOf = ({ file, id }: { file: string; id: string }) => `${file}\n${id}`

function lost({ step, ...about }: Playing, what: string, seed: number): ScenarioResult {
  const where = step ? ` in the step “${step.text}”` : ''
  const message = `The process that played this scenario ${what}${where}. A script of the page that loops for ever or ends the process does that; the other scenarios were played on.`
  const failures = [{ message, range: step?.range ?? about.range, places: [] }]
  return { ...about, outcome: 'error', failures, ms: 0, virtualMs: 0, seed, ran: [], digest: '', written: [] }
}

/** What of these files has not been played: of those that were read the other scenarios, of the others everything. */
function restOf(files: readonly FileToRun[], founds: ReadonlyMap<string, FoundFile>, done: ReadonlySet<string>): FileToRun[] {
  return files.flatMap(one => {
    const found = founds.get(one.file)
    if (!found) return [one]
    const ids = found.scenarios
      .map(({ id }) => id)
      .filter(id => !done.has(keyOf({ file: one.file, id })) && (one.ids?.includes(id) ?? true))
    return ids.length > 0 ? [{ ...one, ids }] : []
  })
}
