import type { BotEvent } from '../api.ts'
import type { Flow, FlowNode, FlowStore } from './flows.ts'

/** A flow or node that does not exist, in the words a hook sees. */
export class FlowError extends Error {
  constructor(what: 'Flow' | 'Node', name: string, botId: string, flow: string) {
    super(`${what} not found: ${name}, Bot: ${botId}, Flow: ${flow}, Node: ${what === 'Node' ? name : 'N/A'}`)
  }
}

/** @throws FlowError */
export function flowOf(flows: FlowStore, botId: string, name: string): Flow {
  const flow = flows.find(botId, name)
  if (!flow) throw new FlowError('Flow', name, botId, name)
  return flow
}

/** By exact name (R10.1). @throws FlowError */
export function nodeOf(botId: string, flow: Flow, name: string): FlowNode {
  const node = flow.nodes.find(one => one.name === name)
  if (!node) throw new FlowError('Node', name, botId, flow.name)
  return node
}

/** Where a conversation begins (R10.2). @throws FlowError */
export function startOf(flows: FlowStore, botId: string): { currentNode: string; currentFlow: string } {
  const flow = flowOf(flows, botId, 'main.flow.json')
  return { currentNode: flow.startNode, currentFlow: flow.name }
}

/** Thrown when a node comes up for the third time within one event (R10.11). */
export class EndlessLoop extends Error {}

const MAX_VISITS = 3

/** Counts a visit in the event's stack trace (R10.15). @throws EndlessLoop */
export function visit(event: BotEvent, flow: Flow, node: FlowNode): void {
  const stack = event.state.__stacktrace as { flow: string; node: string }[]
  stack.push({ flow: flow.name, node: node.name })
  const visits = stack.filter(one => one.flow === flow.name && one.node === node.name).length
  if (visits >= MAX_VISITS) throw new EndlessLoop(`Endless loop: ${flow.name}, node ${node.name}`)
}
