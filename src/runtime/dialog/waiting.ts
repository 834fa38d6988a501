import type { FlowStore } from './flows.ts'
import { FlowError, flowOf, nodeOf } from './places.ts'
import { queueOf } from './queue.ts'

/** The context of somebody who waits for an answer at a node. @throws FlowError when flow or node do not exist, or the node does not wait */
export function waitingAt(flows: FlowStore, botId: string, context: Record<string, unknown>): Record<string, unknown> {
  const { currentFlow, currentNode } = context
  const flow = flowOf(flows, botId, String(currentFlow))
  const queue = queueOf(nodeOf(botId, flow, String(currentNode)), flow)
  const wait = queue.findIndex(one => one.type === 'wait')
  if (wait < 0) throw new FlowError('Node', `${currentNode} (it does not wait)`, botId, flow.name)
  return { ...context, queue: { instructions: queue.slice(wait + 1) } }
}
