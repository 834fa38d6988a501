import lodash from 'lodash'
import type { BotEvent } from '../api.ts'
import type { Flow, FlowNode, FlowStore } from './flows.ts'
import { FlowError, flowOf, nodeOf, visit } from './places.ts'
import { queueOf } from './queue.ts'

/** Enters the flow of a skill; its way back is this node (R10.5). @throws FlowError */
export function intoSkill(flows: FlowStore, event: BotEvent, flow: Flow, node: FlowNode): void {
  const skill = flowOf(flows, event.botId, node.flow ?? '')
  const { context } = event.state
  event.state.context = {
    currentFlow: skill.name,
    currentNode: skill.startNode,
    jumpPoints: [...(context.jumpPoints ?? []), { flow: flow.name, node: node.name }]
  }
}

/** Goes where a transition or an action leads: `#node` of the caller, a flow, or a node of this one (R10.6). @throws FlowError */
export function transition(flows: FlowStore, event: BotEvent, target: string, flow: Flow): void {
  const { botId } = event
  const { context } = event.state
  if (target.startsWith('#')) {
    back(flows, event, target)
  } else if (target.includes('.flow.json')) {
    const [name = '', nodeName] = target.split('#')
    const next = flowOf(flows, botId, name)
    const node = nodeOf(botId, next, nodeName || next.startNode)
    event.state.context = {
      currentFlow: next.name,
      currentNode: node.name,
      previousFlow: context.currentFlow,
      previousNode: context.currentNode,
      jumpPoints: [...(context.jumpPoints ?? []), { flow: context.currentFlow, node: context.currentNode }]
    }
  } else {
    nodeOf(botId, flow, target)
    // The old object loses its queue and is left behind: scripts may have kept it.
    context.queue = undefined
    event.state.context = { ...context, previousNode: context.currentNode, currentNode: target }
  }
}

/** After a transition that leads nowhere (R10.10). @throws FlowError when there is no such flow either */
export function toErrorFlow(flows: FlowStore, event: BotEvent): void {
  const wanted = event.state.temp?.onErrorFlowTo
  const target = typeof wanted === 'string' && wanted !== '' ? wanted : 'error.flow.json'
  transition(flows, event, target, flowOf(flows, event.botId, event.state.context.currentFlow))
}

/** Back to the flow that called (R10.6). */
function back(flows: FlowStore, event: BotEvent, target: string): void {
  const { context } = event.state
  const points = (context.jumpPoints ?? []) as { flow: string; node: string }[]
  const point = lodash.last(points)
  if (!point) throw new FlowError('Flow', 'calling flow', event.botId, target)
  const executes = target.startsWith('##')
  const name = target.slice(executes ? 2 : 1) || point.node
  const flow = flowOf(flows, event.botId, point.flow)
  const node = nodeOf(event.botId, flow, name)
  const isSkill = node.type === 'skill-call'
  event.state.context = {
    currentFlow: flow.name,
    currentNode: node.name,
    previousFlow: context.currentFlow,
    previousNode: context.currentNode,
    jumpPoints: points.slice(0, -1),
    ...((!executes || isSkill) && { queue: { instructions: queueOf(node, flow, { onlyTransitions: true }) } })
  }
  // A node that runs whole is counted when it starts.
  if (event.state.context.queue) visit(event, flow, node)
}
