import type { BotEvent } from '../api.ts'
import type { Suggestion } from './decision.ts'

/** What the decision engine asks of the rest. */
export interface DecisionHost {
  now(): number
  /** `dialog`'s no-repeat policy of the server configuration; off by default (R9.1). */
  noRepeat(): boolean
  /** Suggestions below are dropped: `BP_DECISION_MIN_CONFIENCE`, 0.5 by default. */
  readonly minConfidence: number
  /** For so many ms the bot does not repeat itself: `BP_DECISION_MIN_NO_REPEAT`, 20 s by default. */
  readonly noRepeatMs: number
  hooks(type: string, args: Record<string, unknown>): Promise<void>
  reply(event: BotEvent, payloads: unknown[], suggestion: Suggestion): Promise<void>
  jump(event: BotEvent, sessionId: string, flow: string, node: string): Promise<void>
  dialog(event: BotEvent, sessionId: string): Promise<void>
  errorFlow(event: BotEvent, sessionId: string): Promise<void>
  dialogFailed(event: BotEvent, error: unknown, message: string): void
  save(event: BotEvent, options?: { ignoreContext?: boolean }): void
  /** Runs the hooks `after_event_processed` (R9.9). */
  processed(event: BotEvent): Promise<void>
  reportDecision(event: BotEvent, outcome: 'dialog' | 'suggestion' | 'suggestion-and-dialog' | 'skipped'): void
}
