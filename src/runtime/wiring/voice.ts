import type { Place } from '../../trace/entry.ts'
import type { BotEvent, ReportInput } from '../api.ts'
import { running } from '../current.ts'
import { placeInStack } from '../problem.ts'

/** How the server's parts put their words into the trace. */
export class Voice {
  readonly report: (entry: ReportInput) => void

  constructor(report: (entry: ReportInput) => void) {
    this.report = report
  }

  say(level: 'info' | 'warn' | 'error', logger: string, message: string, botId?: string, eventId?: string, place?: Place): void {
    const about = { ...(botId !== undefined && { botId }), ...(eventId !== undefined && { eventId }), ...(place && { place }) }
    this.report({ kind: 'log', level, logger, message, ...about })
  }

  /** The same, about an event. */
  about(event: BotEvent, level: 'info' | 'warn' | 'error', logger: string, message: string, place?: Place): void {
    this.say(level, logger, message, event.botId, event.id, place)
  }

  /** What a script writes to `console`, with its line. */
  console(level: 'log' | 'info' | 'warn' | 'error' | 'debug', text: string): void {
    const now = running()
    const place = now?.file === undefined ? undefined : (placeInStack(new Error().stack ?? '', now.file) ?? { file: now.file })
    this.report({ kind: 'console', level, text, ...(place && { place }) })
  }
}
