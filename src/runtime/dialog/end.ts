import type { BotEvent, ReportInput } from '../api.ts'
import type { FlowStore } from './flows.ts'

export interface EndHost {
  readonly flows: FlowStore
  hooks(type: string, args: Record<string, unknown>): Promise<void>
  /** Whether hooks and a flow of its own stand at the end of a conversation: since 12.26. */
  readonly hasConversationEnd: boolean
  report(entry: ReportInput): void
}

/** Flows at whose end nothing else comes. */
const LAST = ['timeout.flow.json', 'conversation_end.flow.json']

/** The end of a flow (R10.14). @returns whether the turn is over */
export async function endOfFlow(host: EndHost, event: BotEvent): Promise<boolean> {
  if (LAST.includes(event.state.context.currentFlow) || !host.hasConversationEnd) return over(host, event)
  const position = () => JSON.stringify([event.state.context.currentFlow, event.state.context.currentNode])
  const before = position()
  await host.hooks('before_conversation_end', { event })
  if (event.state.context.hasJumped || position() !== before) return false
  const last = host.flows.find(event.botId, 'conversation_end')
  if (!last) return over(host, event)
  event.state.context = { currentFlow: last.name, currentNode: last.startNode }
  return false
}

/** Context and `temp` end with the conversation (R6.11). */
function over(host: EndHost, event: BotEvent): true {
  event.state.context = {}
  event.state.temp = {}
  host.report({ kind: 'dialog-ended', eventId: event.id })
  return true
}
