import type { Flow, FlowNode, Transition } from './flows.ts'

/** One step of a node's work, as kept in `context.queue` between events. */
export interface Instruction {
  type: 'on-enter' | 'on-receive' | 'transition' | 'wait'
  fn?: string
  node?: string
  args?: unknown
}

export interface QueueOptions {
  /** The node was jumped to: the flow's catch-all transitions come first (R10.13). */
  jumped?: boolean
  /** Only what leads away (R10.6, `#`). */
  onlyTransitions?: boolean
}

/** The instructions of a node, in order (R10.3). */
export function queueOf(node: FlowNode, flow: Flow, { jumped = false, onlyTransitions = false }: QueueOptions = {}): Instruction[] {
  const catchAll = (flow.catchAll?.next ?? []).filter(next => next.node !== node.name).map(transition)
  const queue: Instruction[] = []
  if (jumped) queue.push(...catchAll)
  if (!onlyTransitions) {
    for (const fn of node.onEnter ?? []) queue.push({ type: 'on-enter', fn })
    if (node.onReceive !== null && node.onReceive !== undefined) {
      queue.push({ type: 'wait' })
      for (const fn of flow.catchAll?.onReceive ?? []) queue.push({ type: 'on-receive', fn })
      for (const fn of node.onReceive) queue.push({ type: 'on-receive', fn })
    }
    // After the wait, if there is one (F6).
    if (node.type === 'say_something' && node.content) {
      queue.push({ type: 'on-receive', fn: `say @${node.content.contentType}`, args: node.content.formData })
    }
  }
  queue.push(...catchAll, ...(node.next ?? []).map(transition))
  return queue
}

function transition({ condition, node }: Transition): Instruction {
  return { type: 'transition', fn: condition, node }
}
