import { type Advice, adviceFor } from '../../botframework/advice.ts'
import { isLoopback } from '../../channels/botframework/guard.ts'
import { isTaken, portOf } from './ports.ts'

export type { Advice } from '../../botframework/advice.ts'

/** What is wrong with the address of a bot that somebody else runs, in a sentence. */
export function endpointProblem(endpoint: string): string | undefined {
  if (!URL.canParse(endpoint)) return `“${endpoint}” is no address: a bot has one such as http://localhost:3978/api/messages.`
  return isLoopback(endpoint) ? undefined : `${endpoint} is not on this computer, and the simulator calls nothing else.`
}

/** The advice to give where nobody listens at an address. */
export async function adviceWhereSilent(endpoint: string): Promise<Advice | undefined> {
  const url = new URL(endpoint)
  const isThere = await isTaken(portOf(url), url.hostname.replace(/^\[|\]$/g, ''))
  return isThere ? undefined : adviceFor('unreachable', endpoint, 'other')
}
