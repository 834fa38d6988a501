import lodash from 'lodash'
import type { Place } from '../../trace/entry.ts'
import type { BotEvent, ReportInput } from '../api.ts'
import { originNow, type Running, runAs } from '../current.ts'
import { problemOf } from '../problem.ts'
import type { Conditions } from './conditions.ts'
import type { Flow, FlowNode, FlowStore } from './flows.ts'
import type { Instructions } from './instructions.ts'
import { type Instruction, queueOf } from './queue.ts'

export interface DialogHost {
  readonly flows: FlowStore
  readonly conditions: Conditions
  readonly instructions: Instructions
  hooks(type: string, args: Record<string, unknown>): Promise<void>
  /** Whether hooks and a flow of its own stand at the end of a conversation: since 12.26. */
  readonly hasConversationEnd: boolean
  report(entry: ReportInput): void
  logWarning(message: string, event: BotEvent): void
  onJump(flow: string, node: string | undefined, error?: Error): void
}

/** A flow or node that does not exist, in the words a hook sees. */
export class FlowError extends Error {
  constructor(what: 'Flow' | 'Node', name: string, botId: string, flow: string) {
    super(`${what} not found: ${name}, Bot: ${botId}, Flow: ${flow}, Node: ${what === 'Node' ? name : 'N/A'}`)
  }
}

/** Thrown when a node comes up for the third time within one event (R10.11). */
class EndlessLoop extends Error {}

const MAX_VISITS = 3
/** Steps one event may take in flows that never wait, revisit or end: a guard of ours against a stack that only grows. */
const MAX_STEPS = 10_000

/** Walks a bot's flows (R10). */
export class DialogEngine {
  readonly #host: DialogHost

  constructor(host: DialogHost) {
    this.#host = host
  }

  /** Runs an event from where its conversation stands until it waits or ends. Saves nothing (R17.3). */
  async process(event: BotEvent): Promise<BotEvent> {
    const { state } = event
    state.__stacktrace ??= []
    let entered: string | undefined
    for (let step = 0; step < MAX_STEPS; step++) {
      const resumed = step === 0 && !lodash.isEmpty(state.context) && state.context.queue !== undefined
      if (lodash.isEmpty(state.context)) state.context = this.#start(event.botId)
      const context = state.context
      const flow = this.#flow(event.botId, context.currentFlow)
      const node = this.#node(event.botId, flow, context.currentNode)
      if (context.queue === undefined && node.type === 'skill-call') {
        try {
          this.#visit(event, flow, node)
          this.#intoSkill(event, flow, node)
        } catch (error) {
          if (this.#isLoop(error, event)) return event
          throw error
        }
        continue
      }
      const place = `${flow.name}#${node.name}`
      if (context.queue === undefined) {
        try {
          this.#visit(event, flow, node)
        } catch (error) {
          if (this.#isLoop(error, event)) return event
          throw error
        }
        const { hasJumped, ...rest } = context
        state.context = { ...rest, queue: { instructions: queueOf(node, flow, { jumped: Boolean(hasJumped) }) } }
        entered = undefined
      }
      if (entered !== place) {
        entered = place
        if (step === 0 || !resumed) this.#entered(event, flow, node, resumed)
      }
      const [instruction, ...instructions] = state.context.queue.instructions as Instruction[]
      state.context.queue = { instructions }
      if (!instruction) {
        if (await this.#end(event)) return event
        continue
      }
      if (instruction.type === 'wait') {
        this.#host.report({ kind: 'dialog-waits', eventId: event.id, flow: flow.name, node: node.name })
        return event
      }
      const running: Running = { eventId: event.id, by: 'dialog', name: place, ended: false }
      const target = await runAs(running, () => this.#do(event, flow, node, instruction))
      if (target === FAILED) return event
      if (target === undefined) continue
      if (target === '' || /^end$/i.test(target)) {
        if (await this.#end(event)) return event
        continue
      }
      try {
        this.#transition(event, target, flow)
      } catch (error) {
        if (this.#isLoop(error, event)) return event
        if (!(error instanceof FlowError)) throw error
        this.#host.report({ kind: 'dialog-failed', eventId: event.id, error: problemOf(error, flow.file) })
        if (await this.#toErrorFlow(event)) return event
      }
    }
    throw new Error(`The flows took more than ${MAX_STEPS} steps for one event`)
  }

  /** Sets the position for the next run; runs and saves nothing (R10.12). @throws FlowError */
  jump(event: BotEvent, flowName: string, nodeName?: string): void {
    try {
      this.#jump(event, flowName, nodeName)
    } catch (error) {
      this.#host.onJump(flowName, nodeName, error as Error)
      throw error
    }
    this.#host.onJump(flowName, nodeName)
  }

  #jump(event: BotEvent, flowName: string, nodeName?: string): void {
    const flow = this.#flow(event.botId, flowName)
    const node = this.#node(event.botId, flow, nodeName || flow.startNode)
    const context = event.state.context ?? {}
    event.state.context = context
    context.currentFlow = flow.name
    context.currentNode = node.name
    context.queue = undefined
    context.hasJumped = true
    this.#host.report({ kind: 'dialog-jumped', eventId: event.id, flow: flow.name, node: node.name, from: originNow() })
  }

  /**
   * Goes to where a stale conversation is taken up: the node's own time-out, the flow's node `timeout` (of the calling flow
   * for skills), or the flow `timeout` (R12.3). @returns false when there is none
   */
  jumpToTimeout(event: BotEvent): boolean {
    const { context } = event.state
    const current = this.#host.flows.find(event.botId, context.currentFlow ?? '')
    const node = current?.nodes.find(one => one.name === context.currentNode)
    const caller = lodash.last(context.jumpPoints as { flow: string }[] | undefined)
    const flow = current?.name.startsWith('skills/') && caller ? this.#host.flows.find(event.botId, caller.flow) : current
    const own = node?.timeout as { name?: string } | undefined
    const last = this.#host.flows.find(event.botId, 'timeout')
    if (own?.name && current?.nodes.some(one => one.name === own.name)) this.jump(event, current.name, own.name)
    else if (flow?.nodes.some(one => one.name === 'timeout')) this.jump(event, flow.name, 'timeout')
    else if (last) this.jump(event, last.name, last.startNode)
    else return false
    return true
  }

  /** The flow `error`, node `entry`, run once (R9.8). */
  async errorFlow(event: BotEvent): Promise<void> {
    this.jump(event, 'error', 'entry')
    await this.process(event)
  }

  /** @throws FlowError */
  #flow(botId: string, name: string): Flow {
    const flow = this.#host.flows.find(botId, name)
    if (!flow) throw new FlowError('Flow', name, botId, name)
    return flow
  }

  /** By exact name (R10.1). @throws FlowError */
  #node(botId: string, flow: Flow, name: string): FlowNode {
    const node = flow.nodes.find(one => one.name === name)
    if (!node) throw new FlowError('Node', name, botId, flow.name)
    return node
  }

  #start(botId: string) {
    const flow = this.#flow(botId, 'main.flow.json')
    return { currentNode: flow.startNode, currentFlow: flow.name }
  }

  /** @throws EndlessLoop */
  #visit(event: BotEvent, flow: Flow, node: FlowNode): void {
    const stack = event.state.__stacktrace as { flow: string; node: string }[]
    stack.push({ flow: flow.name, node: node.name })
    const visits = stack.filter(one => one.flow === flow.name && one.node === node.name).length
    if (visits >= MAX_VISITS) throw new EndlessLoop(`Endless loop: ${flow.name}, node ${node.name}`)
  }

  #isLoop(error: unknown, event: BotEvent): boolean {
    if (!(error instanceof EndlessLoop)) return false
    this.#host.logWarning(error.message, event)
    this.#host.report({ kind: 'dialog-failed', eventId: event.id, error: problemOf(error) })
    event.state.context = {}
    event.state.temp = {}
    return true
  }

  /** Performs one instruction. @returns where to go, undefined to go on in the queue, or FAILED when the turn ends (R10.9) */
  async #do(event: BotEvent, flow: Flow, node: FlowNode, instruction: Instruction): Promise<string | undefined | typeof FAILED> {
    const text = instruction.fn ?? ''
    const isSay = instruction.type !== 'transition' && text.startsWith('say ')
    const what = instruction.type === 'transition' ? ('transition' as const) : isSay ? ('say' as const) : ('action' as const)
    const report = (text: string, error?: unknown) => {
      const ref = { eventId: event.id, flow: flow.name, node: node.name }
      this.#host.report({
        kind: 'dialog-instruction',
        ...ref,
        what,
        text,
        ...(error !== undefined && { error: problemOf(error, flow.file) })
      })
    }
    try {
      if (instruction.type === 'transition') {
        if (!(await this.#host.conditions.holds(text, event))) return undefined
        report(`${text} → ${instruction.node || 'END'}`)
        return instruction.node ?? ''
      }
      const target = isSay
        ? await this.#host.instructions.say(event, text, instruction.args)
        : await this.#host.instructions.action(event, text)
      report(text)
      return target
    } catch (error) {
      const where = `BotId: ${event.botId}, Flow: ${flow.name}, Node: ${node.name}`
      this.#host.logWarning(`Error processing "${text}": ${(error as Error)?.message ?? error} (${where})`, event)
      report(text, error)
      // The instruction stays first: the next event runs into it again (R10.9).
      event.state.context = { ...event.state.context, queue: { instructions: [instruction, ...event.state.context.queue.instructions] } }
      return FAILED
    }
  }

  #intoSkill(event: BotEvent, flow: Flow, node: FlowNode): void {
    const skill = this.#flow(event.botId, node.flow ?? '')
    const { context } = event.state
    event.state.context = {
      currentFlow: skill.name,
      currentNode: skill.startNode,
      jumpPoints: [...(context.jumpPoints ?? []), { flow: flow.name, node: node.name }]
    }
  }

  /** @throws FlowError */
  #transition(event: BotEvent, target: string, flow: Flow): void {
    const { botId } = event
    const { context } = event.state
    if (target.startsWith('#')) {
      this.#back(event, target)
    } else if (target.includes('.flow.json')) {
      const [name = '', nodeName] = target.split('#')
      const next = this.#flow(botId, name)
      const node = this.#node(botId, next, nodeName || next.startNode)
      event.state.context = {
        currentFlow: next.name,
        currentNode: node.name,
        previousFlow: context.currentFlow,
        previousNode: context.currentNode,
        jumpPoints: [...(context.jumpPoints ?? []), { flow: context.currentFlow, node: context.currentNode }]
      }
    } else {
      this.#node(botId, flow, target)
      // The old object loses its queue and is left behind: scripts may have kept it.
      context.queue = undefined
      event.state.context = { ...context, previousNode: context.currentNode, currentNode: target }
    }
  }

  /** Back to the flow that called (R10.6). */
  #back(event: BotEvent, target: string): void {
    const { context } = event.state
    const points = (context.jumpPoints ?? []) as { flow: string; node: string }[]
    const point = lodash.last(points)
    if (!point) throw new FlowError('Flow', 'calling flow', event.botId, target)
    const executes = target.startsWith('##')
    const name = target.slice(executes ? 2 : 1) || point.node
    const flow = this.#flow(event.botId, point.flow)
    const node = this.#node(event.botId, flow, name)
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
    if (event.state.context.queue) this.#visit(event, flow, node)
  }

  /** After a transition that leads nowhere (R10.10). @returns whether the turn is over */
  async #toErrorFlow(event: BotEvent): Promise<boolean> {
    const wanted = event.state.temp?.onErrorFlowTo
    const target = typeof wanted === 'string' && wanted !== '' ? wanted : 'error.flow.json'
    this.#transition(event, target, this.#flow(event.botId, event.state.context.currentFlow))
    return false
  }

  /** The end of a flow (R10.14). @returns whether the turn is over */
  async #end(event: BotEvent): Promise<boolean> {
    const { currentFlow } = event.state.context
    if (currentFlow === 'timeout.flow.json') {
      this.#clear(event)
      return true
    }
    if (currentFlow === 'conversation_end.flow.json') {
      this.#clear(event)
      return true
    }
    if (!this.#host.hasConversationEnd) {
      this.#clear(event)
      return true
    }
    const position = JSON.stringify([event.state.context.currentFlow, event.state.context.currentNode])
    await this.#host.hooks('before_conversation_end', { event })
    const jumped =
      event.state.context.hasJumped || JSON.stringify([event.state.context.currentFlow, event.state.context.currentNode]) !== position
    if (jumped) return false
    const last = this.#host.flows.find(event.botId, 'conversation_end')
    if (last) {
      event.state.context = { currentFlow: last.name, currentNode: last.startNode }
      return false
    }
    this.#clear(event)
    return true
  }

  #clear(event: BotEvent): void {
    event.state.context = {}
    event.state.temp = {}
    this.#host.report({ kind: 'dialog-ended', eventId: event.id })
  }

  #entered(event: BotEvent, flow: Flow, node: FlowNode, resumed: boolean): void {
    const place: Place = { file: flow.file }
    this.#host.report({ kind: 'dialog-entered', eventId: event.id, flow: flow.name, node: node.name, place, resumed })
  }
}

const FAILED = Symbol('failed')
