import lodash from 'lodash'
import type { BotEvent } from '../api.ts'
import { eventIdOf, type Running, runAs } from '../current.ts'
import { problemOf } from '../problem.ts'
import { type EndHost, endOfFlow } from './end.ts'
import type { Flow, FlowNode } from './flows.ts'
import { jump, timeoutPlace } from './jump.ts'
import { FAILED, type PerformHost, perform } from './perform.ts'
import { EndlessLoop, FlowError, flowOf, nodeOf, startOf, visit } from './places.ts'
import { type Instruction, queueOf } from './queue.ts'
import { intoSkill, toErrorFlow, transition } from './transition.ts'

export interface DialogHost extends PerformHost, EndHost {
  onJump(flow: string, node: string | undefined, error?: Error): void
}

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
      if (lodash.isEmpty(state.context)) state.context = startOf(this.#host.flows, event.botId)
      const context = state.context
      const flow = flowOf(this.#host.flows, event.botId, context.currentFlow)
      const node = nodeOf(event.botId, flow, context.currentNode)
      if (context.queue === undefined && node.type === 'skill-call') {
        try {
          visit(event, flow, node)
          intoSkill(this.#host.flows, event, flow, node)
        } catch (error) {
          if (this.#isLoop(error, event)) return event
          throw error
        }
        continue
      }
      const place = `${flow.name}#${node.name}`
      if (context.queue === undefined) {
        try {
          visit(event, flow, node)
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
        if (await endOfFlow(this.#host, event)) return event
        continue
      }
      if (instruction.type === 'wait') {
        this.#host.report({ kind: 'dialog-waits', eventId: event.id, flow: flow.name, node: node.name })
        return event
      }
      const running: Running = { eventId: eventIdOf(event), by: 'dialog', name: place, ended: false }
      const target = await runAs(running, () => perform(this.#host, event, flow, node, instruction))
      if (target === FAILED) return event
      if (target === undefined) continue
      if (target === '' || /^end$/i.test(target)) {
        if (await endOfFlow(this.#host, event)) return event
        continue
      }
      try {
        transition(this.#host.flows, event, target, flow)
      } catch (error) {
        if (this.#isLoop(error, event)) return event
        if (!(error instanceof FlowError)) throw error
        this.#host.report({
          kind: 'dialog-failed',
          eventId: event.id,
          error: { ...problemOf(error), place: this.#host.flows.place(flow, node.name, target) }
        })
        toErrorFlow(this.#host.flows, event)
      }
    }
    throw new Error(`The flows took more than ${MAX_STEPS} steps for one event`)
  }

  /** Sets the position for the next run; runs and saves nothing (R10.12). @throws FlowError */
  jump(event: BotEvent, flowName: string, nodeName?: string, sessionId?: string): void {
    try {
      jump(this.#host, event, flowName, nodeName, sessionId)
    } catch (error) {
      this.#host.onJump(flowName, nodeName, error as Error)
      throw error
    }
    this.#host.onJump(flowName, nodeName)
  }

  /** Goes to where a stale conversation is taken up (R12.3). @returns false when there is no such place */
  jumpToTimeout(event: BotEvent): boolean {
    const place = timeoutPlace(this.#host.flows, event)
    if (place) this.jump(event, place.flow, place.node)
    return place !== undefined
  }

  /** The flow `error`, node `entry`, run once (R9.8). */
  async errorFlow(event: BotEvent): Promise<void> {
    this.jump(event, 'error', 'entry')
    await this.process(event)
  }

  #isLoop(error: unknown, event: BotEvent): boolean {
    if (!(error instanceof EndlessLoop)) return false
    this.#host.logWarning(error.message, event)
    this.#host.report({ kind: 'dialog-failed', eventId: event.id, error: problemOf(error) })
    event.state.context = {}
    event.state.temp = {}
    return true
  }

  #entered(event: BotEvent, flow: Flow, node: FlowNode, resumed: boolean): void {
    const place = this.#host.flows.place(flow, node.name)
    this.#host.report({ kind: 'dialog-entered', eventId: event.id, flow: flow.name, node: node.name, place, resumed })
  }
}
