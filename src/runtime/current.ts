import { AsyncLocalStorage } from 'node:async_hooks'
import type { Origin, Place } from '../trace/entry.ts'
import { safeString } from './problem.ts'

/** What is running: the event being processed and the author's script, if one is at work. It follows promises and timers. */
export interface Running {
  readonly eventId?: string | undefined
  readonly by: Origin['by']
  readonly name?: string
  /** The script's file, for hooks and actions. */
  readonly file?: string
  readonly hookType?: string
  /** Set when the runner went on; what the script still does afterwards comes too late (R3.7). */
  ended: boolean
}

const storage = new AsyncLocalStorage<Running>()

export function running(): Running | undefined {
  return storage.getStore()
}

/** The name of an event in the trace. Authors may write anything into `event.id`: then it is that of the event on whose behalf this runs. */
export function eventIdOf(event: { id?: unknown }): string {
  if (typeof event.id === 'string') return event.id
  return storage.getStore()?.eventId ?? safeString(event.id)
}

export function runAs<T>(what: Running, work: () => T): T {
  return storage.run(what, work)
}

/** Who causes what happens now; with the line in the author's file when a script is at work. */
export function originNow(fallback: Origin = { by: 'server' }): Origin {
  const now = storage.getStore()
  if (!now) return fallback
  const place: Place | undefined = now.file === undefined ? undefined : (placeHere(now.file) ?? { file: now.file })
  return { by: now.by, ...(now.name !== undefined && { name: now.name }), ...(place && { place }) }
}

/** How many frames are looked at: the script is most often the one that called; more only where it is not among the first. */
const FRAMES = [2, 12] as const

/** The frame of the running script that led here; read from V8's own frames, since this happens for every flag and reply. */
function placeHere(file: string): Place | undefined {
  const { prepareStackTrace, stackTraceLimit } = Error
  Error.prepareStackTrace = (_error, frames) => frames
  try {
    for (const count of FRAMES) {
      const holder: { stack?: NodeJS.CallSite[] } = {}
      Error.stackTraceLimit = count
      Error.captureStackTrace(holder, originNow)
      const frame = holder.stack?.find(one => one.getFileName() === file)
      if (frame) return { file, line: frame.getLineNumber() ?? 1, column: frame.getColumnNumber() ?? 1 }
    }
  } finally {
    Error.prepareStackTrace = prepareStackTrace
    Error.stackTraceLimit = stackTraceLimit
  }
  return undefined
}
