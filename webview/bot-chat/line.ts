import type { BotChatState, FromBotChat } from '../../src/protocol/bot-chat.ts'

/** The page's line to the simulator: its state comes as server-sent events, what is asked goes as posts. */
export function connect(onState: (state: BotChatState) => void): void {
  const events = new EventSource('events')
  events.addEventListener('state', event => onState(JSON.parse((event as MessageEvent<string>).data) as BotChatState))
}

/** @throws Error with a sentence when it could not be done */
export async function ask(command: FromBotChat): Promise<void> {
  const answer = await fetch('do', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(command) })
  if (answer.ok) return
  const { message } = (await answer.json().catch(() => ({}))) as { message?: string }
  throw new Error(message ?? `The simulator answered ${answer.status}.`)
}
