import { inspect } from 'node:util'
import type { ReportInput } from '../api.ts'
import { running } from '../current.ts'
import { isError, placeInStack } from '../problem.ts'

type Level = 'debug' | 'info' | 'warn' | 'error' | 'critical'

interface LogSink {
  report(entry: ReportInput): void
  /** Attaches a line to the event in debug mode (R4.10). */
  attach(eventId: string, line: string): void
}

/** `bp.logger`: chainable, and reset after each line (R18.1). */
export class Logger {
  readonly name: string
  readonly #sink: LogSink
  #botId: string | undefined
  #eventId: string | undefined
  #error: Error | undefined

  constructor(name: string, sink: LogSink) {
    this.name = name
    this.#sink = sink
  }

  forBot(botId: string): this {
    this.#botId = botId
    return this
  }

  /** Anything that is no error is ignored (R18.1). */
  attachError(error: unknown): this {
    if (isError(error)) this.#error = error
    return this
  }

  attachEvent(event: { id?: string; botId?: string }): this {
    this.#eventId = event?.id
    this.#botId ??= event?.botId
    return this
  }

  level(_level: number): this {
    return this
  }

  persist(_persists: boolean): this {
    return this
  }

  noEmit(): this {
    return this
  }

  debug(...args: unknown[]): void {
    this.#print('debug', args)
  }
  info(...args: unknown[]): void {
    this.#print('info', args)
  }
  warn(...args: unknown[]): void {
    this.#print('warn', args)
  }
  error(...args: unknown[]): void {
    this.#print('error', args)
  }
  critical(...args: unknown[]): void {
    this.#print('critical', args)
  }

  #print(level: Level, args: unknown[]): void {
    const message = args.map(text).join(' ')
    const now = running()
    const eventId = this.#eventId ?? now?.eventId
    const place = now?.file === undefined ? undefined : (placeInStack(new Error().stack ?? '', now.file) ?? { file: now.file })
    const suffix = this.#error ? `: ${this.#error.message}` : ''
    if (this.#eventId !== undefined) this.#sink.attach(this.#eventId, message)
    this.#sink.report({
      kind: 'log',
      level,
      logger: this.name,
      message: `${message}${this.#error && this.#error.message !== message ? suffix : ''}`,
      ...(this.#botId !== undefined && { botId: this.#botId }),
      ...(eventId !== undefined && { eventId }),
      ...(place && { place })
    })
    this.#botId = undefined
    this.#eventId = undefined
    this.#error = undefined
  }
}

/** The first argument as it is, the others inspected. */
function text(value: unknown, index: number): string {
  if (isError(value)) return value.stack ?? String(value)
  return typeof value === 'string' && index === 0 ? value : inspect(value, { depth: 2 })
}
