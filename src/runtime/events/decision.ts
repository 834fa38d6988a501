import lodash from 'lodash'
import { flagSymbol } from '../../botpress/flags.ts'
import type { BotEvent } from '../api.ts'
import type { DecisionHost } from './decision-host.ts'

export interface Suggestion {
  confidence: number
  payloads: { type?: string; text?: unknown; flow?: string; node?: string }[] | null
  source: string
  sourceDetails?: string
  decision?: { status: 'elected' | 'dropped'; reason: string }
}

/** Ranks suggestions, sends the elected one, or lets the dialog engine run (R9). */
export async function decide(event: BotEvent, sessionId: string, host: DecisionHost): Promise<void> {
  event.suggestions ??= []
  const suggestions = event.suggestions as Suggestion[]
  rank(event, suggestions, host)
  if (event.state.context?.currentFlow) {
    for (const suggestion of suggestions.filter(one => one.decision?.status === 'elected')) {
      suggestion.decision = { status: 'dropped', reason: 'would have been elected, but already in the middle of a flow' }
    }
  }
  await host.hooks('before_suggestions_election', { sessionId, event, suggestions: event.suggestions })
  // A suggestion without a decision of its own makes the real engine fail here (R9.4).
  const elected = (event.suggestions as Suggestion[]).find(one => one.decision!.status === 'elected')
  const skipped = event.hasFlag(flagSymbol('SKIP_DIALOG_ENGINE'))
  let redirected = false
  if (elected) redirected = await send(event, elected, sessionId, host)
  const runsDialog = !skipped && (!elected || redirected)
  host.reportDecision(event, elected ? (runsDialog ? 'suggestion-and-dialog' : 'suggestion') : runsDialog ? 'dialog' : 'skipped')
  if (elected && !redirected) await host.processed(event)
  if (runsDialog) {
    if (!elected) {
      event.decision = {
        decision: { reason: 'no suggestion matched', status: 'elected' },
        confidence: 1,
        payloads: [],
        source: 'decisionEngine',
        sourceDetails: 'execute default flow'
      }
    }
    await runDialog(event, sessionId, host)
  }
  // Also after a dialog turn that failed; after one that ran, everything is saved already (R5.6).
  if (!runsDialog || event.state.__error) {
    if (event.hasFlag(flagSymbol('FORCE_PERSIST_STATE'))) host.save(event)
  }
}

function rank(event: BotEvent, suggestions: Suggestion[], host: DecisionHost): void {
  const last = lodash.last((event.state.session?.lastMessages ?? []) as { replySource: string; replyDate: string }[])
  let winner: Suggestion | undefined
  for (const suggestion of lodash.orderBy(suggestions, ['confidence'], ['desc'])) {
    const source = `${suggestion.source} ${suggestion.sourceDetails}`
    const repeats =
      host.noRepeat() &&
      last !== undefined &&
      last.replySource === source &&
      host.now() - Date.parse(String(last.replyDate)) < host.noRepeatMs
    const reason =
      suggestion.confidence < host.minConfidence
        ? `confidence lower than ${host.minConfidence}`
        : repeats
          ? 'bot would repeat itself (within 20s)'
          : winner
            ? 'best suggestion already elected'
            : undefined
    suggestion.decision =
      reason === undefined ? { status: 'elected', reason: 'best remaining suggestion available' } : { status: 'dropped', reason }
    if (reason === undefined) winner = suggestion
  }
}

/** @returns whether the suggestion redirects the conversation (R9.5) */
async function send(event: BotEvent, suggestion: Suggestion, sessionId: string, host: DecisionHost): Promise<boolean> {
  event.decision = suggestion
  const payloads = suggestion.payloads ?? []
  const messages = payloads.filter(payload => payload.type !== 'redirect')
  if (messages.length > 0) await host.reply(event, messages, suggestion)
  const redirect = payloads.find(payload => payload.type === 'redirect' && payload.flow && payload.node)
  if (redirect) await host.jump(event, sessionId, redirect.flow!, redirect.node!)
  event.state.session.lastMessages.push({
    eventId: event.id,
    incomingPreview: event.preview,
    replyConfidence: suggestion.confidence,
    replySource: `${suggestion.source} ${suggestion.sourceDetails}`,
    replyDate: new Date(host.now()),
    replyPreview: messages.find(message => message.text !== undefined)
  })
  host.save(event, { ignoreContext: true })
  return redirect !== undefined
}

async function runDialog(event: BotEvent, sessionId: string, host: DecisionHost): Promise<void> {
  try {
    await host.dialog(event, sessionId)
    // Hooks are not to see the inside of skills (R10.15).
    const visited = event.state.__stacktrace as { flow: string }[]
    event.state.__stacktrace = visited.filter(one => !one.flow.startsWith('skills/'))
    await host.processed(event)
    host.save(event)
  } catch (error) {
    event.state.__error = true
    host.dialogFailed(event, error, 'An unexpected error occurred.')
    try {
      // The way of last resort (R9.8).
      await host.errorFlow(event, sessionId)
      host.save(event)
    } catch (second) {
      host.dialogFailed(event, second, 'An error occurred in the error handler. Abandoning.')
    }
  }
}
