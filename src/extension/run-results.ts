import type { EntryOf, Place, TraceEntry } from '../trace/entry.ts'

/** An error of a hook's last run, at the line where it belongs. */
export interface RunProblem {
  readonly place: Place
  readonly code: string
  readonly message: string
  readonly severity: 'error' | 'warning'
}

/** Words that a line of a hook wrote in its last run. */
export interface RunLog {
  readonly place: Place & { line: number }
  readonly level: 'debug' | 'log' | 'info' | 'warn' | 'error' | 'critical'
  readonly text: string
}

export interface RunResult {
  readonly problems: readonly RunProblem[]
  readonly logs: readonly RunLog[]
}

const NOTHING: RunResult = { problems: [], logs: [] }

/**
 * What the last run of each hook left to show in its editor, read off the trace. A start of a hook clears its words, a good end its errors; `forget` is for
 * an edit. Keys are absolute paths of hooks.
 */
export class RunResults {
  readonly #results = new Map<string, RunResult>()

  get(file: string): RunResult {
    return this.#results.get(file) ?? NOTHING
  }

  get files(): readonly string[] {
    return [...this.#results.keys()]
  }

  /** Reads entries in order; returns the hooks whose result is another now. */
  read(entries: readonly TraceEntry[]): Set<string> {
    const touched = new Set<string>()
    for (const entry of entries) {
      const file = this.#one(entry)
      if (file !== undefined) touched.add(file)
    }
    return touched
  }

  /** A file was edited: whatever points into it, or came from it, is out of date. Returns the hooks whose result is another now. */
  forget(file: string): Set<string> {
    const touched = new Set<string>()
    for (const [hook, result] of this.#results) {
      const problems = hook === file ? [] : result.problems.filter(problem => problem.place.file !== file)
      const logs = hook === file ? [] : result.logs.filter(log => log.place.file !== file)
      if (problems.length === result.problems.length && logs.length === result.logs.length) continue
      this.#set(hook, { problems, logs })
      touched.add(hook)
    }
    return touched
  }

  #one(entry: TraceEntry): string | undefined {
    switch (entry.kind) {
      case 'hook-started':
        return this.get(entry.place.file).logs.length > 0
          ? this.#set(entry.place.file, { ...this.get(entry.place.file), logs: [] })
          : undefined
      case 'hook-ended':
        return this.#ended(entry)
      case 'log':
      case 'console':
        return this.#said(entry)
      case 'unhandled-rejection':
      case 'uncaught-exception':
        return entry.error.place ? this.#failed(entry.hook, entry.error.place, entry.error.name, entry.error.message) : undefined
      case 'engine-stopped':
        if (entry.reason !== 'hook-limit' || !entry.place) return undefined
        return this.#failed(entry.hook, entry.place, 'hook-limit', `The hook gave nothing else a turn and was stopped. ${entry.real}`)
      case 'event-stuck':
        if (!entry.place) return undefined
        return this.#failed(
          entry.hook,
          entry.place,
          'stuck',
          `The event has not ended after ${entry.ms} ms; this hook has not settled.`,
          'warning'
        )
      case 'data-problem':
        return this.#failed(undefined, entry.place, 'file', entry.problem, 'warning')
      default:
        return undefined
    }
  }

  #ended(entry: EntryOf<'hook-ended'>): string | undefined {
    const { file } = entry.place
    if (entry.outcome === 'completed')
      return this.get(file).problems.length > 0 ? this.#set(file, { ...this.get(file), problems: [] }) : undefined
    const { name = 'Error', message = '', place = entry.place } = entry.error ?? {}
    const severity = 'error'
    return this.#set(file, { ...this.get(file), problems: [{ place, code: name, message, severity }] })
  }

  #said(entry: EntryOf<'log'> | EntryOf<'console'>): string | undefined {
    const { place } = entry
    if (place?.line === undefined) return undefined
    const text = entry.kind === 'log' ? entry.message : entry.text
    const result = this.get(place.file)
    const log: RunLog = { place: { ...place, line: place.line }, level: entry.level, text }
    return this.#set(place.file, { ...result, logs: [...result.logs, log].slice(-1000) })
  }

  /** An accident after, or instead of, the hook's end. `hook` is its path where the engine knows it. */
  #failed(hook: string | undefined, place: Place, code: string, message: string, severity: RunProblem['severity'] = 'error'): string {
    const file = hook !== undefined && this.#results.has(hook) ? hook : place.file
    const result = this.get(file)
    const others = result.problems.filter(problem => problem.code !== code)
    return this.#set(file, { ...result, problems: [...others, { place, code, message, severity }] })
  }

  #set(file: string, result: RunResult): string {
    if (result.problems.length + result.logs.length === 0) this.#results.delete(file)
    else this.#results.set(file, result)
    return file
  }
}
