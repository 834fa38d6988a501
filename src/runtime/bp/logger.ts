import { inspect } from 'node:util'
import type { ReportInput } from '../api.ts'
import { running } from '../current.ts'
import { isError, placeInStack, problemOf } from '../problem.ts'

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

  debug(message: unknown, metadata?: unknown): void {
    this.#print('debug', metadata === undefined ? [message] : [message, metadata])
  }
  info(message: unknown, metadata?: unknown): void {
    this.#print('info', metadata === undefined ? [message] : [message, metadata])
  }
  warn(message: unknown, metadata?: unknown): void {
    this.#print('warn', metadata === undefined ? [message] : [message, metadata])
  }
  error(message: unknown, metadata?: unknown): void {
    this.#print('error', metadata === undefined ? [message] : [message, metadata])
  }
  critical(message: unknown, metadata?: unknown): void {
    this.#print('critical', metadata === undefined ? [message] : [message, metadata])
  }

  #print(level: Level, args: unknown[]): void {
    const message = args.map(text).join(' ')
    const now = running()
    const eventId = this.#eventId ?? now?.eventId
    const place = now?.file === undefined ? undefined : (placeInStack(new Error().stack ?? '', now.file) ?? { file: now.file })
    if (this.#eventId !== undefined) this.#sink.attach(this.#eventId, message)
    this.#sink.report({
      kind: 'log',
      level,
      logger: this.name,
      message,
      ...(this.#botId !== undefined && { botId: this.#botId }),
      ...(eventId !== undefined && { eventId }),
      ...(place && { place }),
      ...(this.#error && { error: problemOf(this.#error, now?.file) })
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
