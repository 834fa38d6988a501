import { Session } from 'node:inspector'
import { fileURLToPath } from 'node:url'
import type { ScriptCounts } from '../protocol/coverage.ts'

/** V8's own words, as far as they are read here. */
interface V8Script {
  scriptId: string
  url: string
  functions: { ranges: { startOffset: number; endOffset: number; count: number }[] }[]
}
interface Parsed {
  scriptId: string
  startLine: number
  startColumn: number
}

/** After so many compiled scripts V8 is told to forget what it counted in: hooks that may change their realm are compiled for each run. */
const MAX_SCRIPTS = 5000

/**
 * Counts which blocks of the workspace's scripts are executed in this process, through V8's own coverage. Each take tells what happened since the
 * last one; a function that waits meanwhile goes on in the next.
 *
 * Breakpoints of a debugger work beside it; `debugger` statements do not stop here, or the process would wait for itself.
 */
export class Coverage {
  readonly #session = new Session()
  readonly #parsed = new Map<string, Parsed>()
  readonly #texts = new Map<string, string>()
  readonly #fileOf: (url: string) => string | undefined

  /** @param fileOf the file of a script that counts, or undefined; `url` as V8 knows it, usually `file://…` */
  constructor(fileOf: (url: string) => string | undefined) {
    this.#fileOf = fileOf
    this.#session.connect()
    this.#session.on('Debugger.scriptParsed', ({ params }) => {
      if (fileOf(params.url) !== undefined) this.#parsed.set(params.scriptId, params)
    })
    // While the debugger domain comes and goes V8 drops its block counters, so it stays on; it knows the scripts' texts.
    this.#ask('Debugger.enable')
    this.#ask('Debugger.setSkipAllPauses', { skip: true })
    this.#ask('Profiler.enable')
    this.#begin()
  }

  /** What was executed since the last take, scripts without any news left out. */
  take(): ScriptCounts[] {
    const { result } = this.#ask('Profiler.takePreciseCoverage') as { result: V8Script[] }
    const counts: ScriptCounts[] = []
    for (const { scriptId, url, functions } of result) {
      const file = this.#fileOf(url)
      if (file === undefined || !functions.some(({ ranges }) => ranges.some(({ count }) => count > 0))) continue
      const { startLine: line = 0, startColumn: column = 0 } = this.#parsed.get(scriptId) ?? {}
      counts.push({
        file,
        at: { line, column },
        text: this.#text(scriptId),
        functions: functions.map(({ ranges }) => ({
          ranges: ranges.map(({ startOffset, endOffset, count }) => [startOffset, endOffset, count] as [number, number, number])
        }))
      })
    }
    if (this.#parsed.size > MAX_SCRIPTS) this.#begin()
    return counts
  }

  stop(): void {
    this.#session.disconnect()
  }

  #begin(): void {
    this.#parsed.clear()
    this.#texts.clear()
    this.#ask('Profiler.stopPreciseCoverage')
    this.#ask('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  }

  #text(scriptId: string): string {
    let text = this.#texts.get(scriptId)
    if (text === undefined) {
      const { scriptSource } = this.#ask('Debugger.getScriptSource', { scriptId }) as { scriptSource: string }
      text = scriptSource
      this.#texts.set(scriptId, text)
    }
    return text
  }

  /** Within one process the answer is there when the call returns. */
  #ask(method: string, params: object = {}): unknown {
    let answer: unknown
    let failure: Error | null = null
    this.#session.post(method, params, (error, result) => {
      failure = error
      answer = result
    })
    if (failure) throw failure
    return answer
  }
}

/** Whether a script, as V8 names it, is one of a bot: a hook, an action, or what they require, packages not counted. @returns its file */
export function scriptsOfBots(root: string): (url: string) => string | undefined {
  return url => {
    if (!url.startsWith('file://')) return undefined
    const file = fileURLToPath(url)
    const below = file.startsWith(root) ? file.slice(root.length).replaceAll('\\', '/') : ''
    return /^\/?(data|shared_libs)\//.test(below) && !below.includes('/node_modules/') ? file : undefined
  }
}
