import inspector from 'node:inspector'
import type { Report } from '../trace/entry.ts'

const LEVELS = { debug: 'debug', log: 'log', info: 'info', warn: 'warn', error: 'error', critical: 'error' } as const

/** What authors' scripts say, they say to an attached debugger too: log points, their `console` and `bp.logger`. */
export function tellDebugger(entry: Report): void {
  if (entry.kind !== 'log' && entry.kind !== 'console') return
  if (inspector.url() === undefined) return
  const console = inspector.console as unknown as Console
  console[LEVELS[entry.level]](entry.kind === 'log' ? entry.message : entry.text)
}
