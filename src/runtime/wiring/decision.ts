import type { Origin } from '../../trace/entry.ts'
import type { BotEvent, ReportInput } from '../api.ts'
import { copy } from '../changes.ts'
import type { Clock } from '../clock.ts'
import type { DialogEngine } from '../dialog/engine.ts'
import { milliseconds } from '../durations.ts'
import type { DecisionHost } from '../events/decision-host.ts'
import type { EventEngine } from '../events/engine.ts'
import type { HookRunner } from '../hooks/run-hooks.ts'
import { problemOf } from '../problem.ts'
import type { StateManager } from '../state/state.ts'
import type { Workspace } from '../workspace.ts'
import type { Voice } from './voice.ts'

export interface DecisionParts {
  readonly clock: Clock
  readonly env: Record<string, string | undefined>
  readonly workspace: Workspace
  readonly hooks: HookRunner
  readonly events: EventEngine
  readonly dialog: DialogEngine
  readonly state: StateManager
  readonly voice: Voice
  report(entry: ReportInput): void
  /** Who set the flag that keeps the dialog engine away from an event. */
  skippedBy(event: BotEvent): Origin | undefined
}

/** Gives the decision engine what it asks for (R9). */
export function createDecisionHost(parts: DecisionParts): DecisionHost {
  const { clock, env, workspace, hooks, events, dialog, state, voice, report } = parts
  return {
    now: () => clock.now(),
    noRepeat: () => Boolean(workspace.serverConfig().noRepeatPolicy),
    minConfidence: Number(env.BP_DECISION_MIN_CONFIENCE) || 0.5,
    noRepeatMs: milliseconds(env.BP_DECISION_MIN_NO_REPEAT, 20_000),
    hooks: (type, args) => hooks.run(type, args),
    reply: (event, payloads, suggestion) => events.reply(event, payloads, event.id, { by: 'suggestion', name: suggestion.source }),
    jump: async (event, _sessionId, flow, node) => dialog.jump(event, flow, node),
    dialog: async event => void (await dialog.process(event)),
    errorFlow: event => dialog.errorFlow(event),
    dialogFailed: (event, error, message) => {
      voice.about(event, 'error', 'DialogEngine', message)
      report({ kind: 'dialog-failed', eventId: event.id, error: problemOf(error) })
    },
    save: (event, options) => state.save(event, options),
    processed: event => hooks.run('after_event_processed', { event }),
    reportDecision: (event, outcome) => {
      const skippedBy = outcome === 'skipped' ? parts.skippedBy(event) : undefined
      const suggestions = copy(event.suggestions ?? []) as unknown[]
      report({ kind: 'decision-made', eventId: event.id, outcome, suggestions, ...(skippedBy && { skippedBy }) })
    }
  }
}
