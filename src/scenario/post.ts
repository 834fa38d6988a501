import type { FromScenario } from '../protocol/scenario.ts'

/** After these an author's script may hold the process for good: whoever waits is to know what it is at. */
const AT_ONCE: readonly FromScenario['kind'][] = ['started', 'step', 'inspect', 'alive']

const waiting: FromScenario[] = []

/** Tells whoever forked this process. What is told within a turn is one message, since each wakes the other: how a scenario ended and which begins. */
export function send(message: FromScenario): void {
  waiting.push(message)
  if (AT_ONCE.includes(message.kind)) leave()
  else if (waiting.length === 1) process.nextTick(leave)
}

function leave(): void {
  const messages = waiting.splice(0)
  if (messages.length > 0 && process.connected) process.send?.(messages)
}
