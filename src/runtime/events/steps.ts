import type { BotEvent } from '../api.ts'
import type { Clock } from '../clock.ts'
import { problemOf } from '../problem.ts'

/** The processing record of events in debug mode (R4.10). */

interface Active {
  errors?: { type: string; stacktrace?: string }[]
  logs?: string[]
}

export function addStep(event: BotEvent, step: string, clock: Clock): void {
  if (!event.debugger) return
  const processing = (event.processing ?? {}) as Record<string, unknown>
  processing[step] = { ...(event.activeProcessing as Active | undefined), date: new Date(clock.now()) }
  event.processing = processing
  event.activeProcessing = {}
}

export function addError(event: BotEvent, type: string, error: unknown): void {
  if (!event.debugger) return
  const active = (event.activeProcessing ?? {}) as Active
  const { stack, message } = problemOf(error)
  active.errors = [...(active.errors ?? []), { type, stacktrace: stack ?? message }]
  event.activeProcessing = active
}

export function addLog(event: BotEvent, line: string): void {
  if (!event.debugger) return
  const active = (event.activeProcessing ?? {}) as Active
  active.logs = [...(active.logs ?? []), line]
  event.activeProcessing = active
}
