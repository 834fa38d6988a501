import type { BotEvent, ReportInput } from '../api.ts'
import type { Clock } from '../clock.ts'
import type { HookRunner } from '../hooks/run-hooks.ts'
import { sessionIdOf } from '../state/sessions.ts'
import type { StateManager } from '../state/state.ts'
import { decide } from './decision.ts'
import type { DecisionHost } from './decision-host.ts'
import type { EventLog } from './log.ts'
import type { MiddlewareChains } from './middleware.ts'
import { addStep } from './steps.ts'

export interface PipelineHost {
  readonly clock: Clock
  readonly hooks: HookRunner
  readonly state: StateManager
  readonly middlewares: MiddlewareChains
  readonly log: EventLog
  readonly decision: DecisionHost
  /** Built-in answers that come before everything (R7.6, step 1). */
  shortcut(event: BotEvent): Promise<void>
  report(entry: ReportInput): void
  observe(point: 'loaded' | 'deciding' | 'ended', event: BotEvent): void
}

/** An incoming event's way (R7.6). */
export async function incoming(event: BotEvent, host: PipelineHost): Promise<void> {
  await host.shortcut(event)
  host.state.load(event)
  addStep(event, 'stateLoaded', host.clock)
  host.hooks.watch(event)
  host.observe('loaded', event)
  await host.hooks.run('before_incoming_middleware', { event })
  await chain(event, 'incoming', host)
  if (event.isPause) {
    host.log.store(event)
    host.report({ kind: 'event-paused', eventId: event.id })
    host.state.reportDiscarded(event)
    return
  }
  await host.hooks.run('after_incoming_middleware', { event })
  host.observe('deciding', event)
  addStep(event, 'dialog:start', host.clock)
  try {
    await decide(event, sessionIdOf(event), host.decision)
  } finally {
    host.state.reportDiscarded(event)
  }
  addStep(event, 'completed', host.clock)
  host.log.store(event)
  host.observe('ended', event)
}

/** An outgoing event's way (R7.7). Its state stays bare (R7.8). */
export async function outgoing(event: BotEvent, host: PipelineHost): Promise<void> {
  host.log.store(event)
  host.hooks.watch(event)
  await host.hooks.run('before_outgoing_middleware', { event })
  await chain(event, 'outgoing', host)
  addStep(event, 'completed', host.clock)
  host.log.store(event)
}

function chain(event: BotEvent, direction: 'incoming' | 'outgoing', host: PipelineHost): Promise<void> {
  return host.middlewares.run(event, direction, (name, outcome, ms) => {
    if (outcome !== 'failed') addStep(event, `mw:${name}:${outcome}`, host.clock)
    host.report({ kind: 'middleware-ended', eventId: event.id, name, outcome, ms })
  })
}
