import type * as vscode from 'vscode'
import type { EventToSend } from '../event-choice.ts'

/** What a launch configuration of our debug type may say. Paths are absolute by the time they are read. */
export interface LaunchConfiguration {
  /** The hook to debug; the event is sent as the simulator's visitor. */
  readonly hook?: string
  /** What to send; a word is an event's type. Asked for when it is absent. */
  readonly event?: EventToSend
  /** Arguments of a hook that no event leads to. */
  readonly args?: Record<string, unknown>
  /** A scenario file to play instead. */
  readonly scenario?: string
  /** Only scenarios with this name. */
  readonly name?: string
}

export type Misfit = 'nothing' | 'both' | 'event' | 'hook' | 'scenario' | 'args'

/** Reads a configuration; a word says what is wrong with it. */
export function readLaunch(given: vscode.DebugConfiguration): LaunchConfiguration | Misfit {
  const { hook, event, args, scenario, scenarioName } = given as Record<string, unknown>
  if (hook === undefined && scenario === undefined) return 'nothing'
  if (hook !== undefined && scenario !== undefined) return 'both'
  if (hook !== undefined && typeof hook !== 'string') return 'hook'
  if (scenario !== undefined && typeof scenario !== 'string') return 'scenario'
  if (args !== undefined && !isObject(args)) return 'args'
  const sent = readEvent(event)
  if (sent === null) return 'event'
  return {
    ...(hook !== undefined && { hook }),
    ...(sent && { event: sent }),
    ...(isObject(args) && { args }),
    ...(scenario !== undefined && { scenario }),
    ...(typeof scenarioName === 'string' && { name: scenarioName })
  }
}

function readEvent(event: unknown): EventToSend | undefined | null {
  if (event === undefined) return undefined
  if (typeof event === 'string') return event === '' ? null : { type: event, payload: {} }
  if (!isObject(event) || typeof event.type !== 'string' || event.type === '') return null
  return { type: event.type, payload: event.payload ?? {} }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
