import lodash from 'lodash'
import type { BotEvent, ReportInput } from '../api.ts'
import { originNow } from '../current.ts'
import type { FlowStore } from './flows.ts'
import { flowOf, nodeOf } from './places.ts'

export interface JumpHost {
  readonly flows: FlowStore
  report(entry: ReportInput): void
}

/**
 * Sets the position for the next run; runs and saves nothing (R10.12).
 *
 * @param sessionId what was given as the session's id and is another one
 * @throws FlowError
 */
export function jump(host: JumpHost, event: BotEvent, flowName: string, nodeName?: string, sessionId?: string): void {
  const flow = flowOf(host.flows, event.botId, flowName)
  const node = nodeOf(event.botId, flow, nodeName || flow.startNode)
  const context = event.state.context ?? {}
  event.state.context = context
  context.currentFlow = flow.name
  context.currentNode = node.name
  context.queue = undefined
  context.hasJumped = true
  host.report({
    kind: 'dialog-jumped',
    eventId: event.id,
    flow: flow.name,
    node: node.name,
    ...(sessionId !== undefined && { sessionId }),
    from: originNow()
  })
}

/**
 * Where a stale conversation is taken up: the node's own time-out, the flow's node `timeout` (of the calling flow for
 * skills), or the flow `timeout` (R12.3). Undefined when there is none.
 */
export function timeoutPlace(flows: FlowStore, event: BotEvent): { flow: string; node: string } | undefined {
  const { context } = event.state
  const current = flows.find(event.botId, context.currentFlow ?? '')
  const node = current?.nodes.find(one => one.name === context.currentNode)
  const caller = lodash.last(context.jumpPoints as { flow: string }[] | undefined)
  const flow = current?.name.startsWith('skills/') && caller ? flows.find(event.botId, caller.flow) : current
  const own = node?.timeout as { name?: string } | undefined
  const last = flows.find(event.botId, 'timeout')
  if (own?.name && current?.nodes.some(one => one.name === own.name)) return { flow: current.name, node: own.name }
  if (flow?.nodes.some(one => one.name === 'timeout')) return { flow: flow.name, node: 'timeout' }
  return last && { flow: last.name, node: last.startNode }
}
