import type { BotEvent, ReportInput } from '../api.ts'
import { problemOf } from '../problem.ts'
import type { Conditions } from './conditions.ts'
import type { Flow, FlowNode, FlowStore } from './flows.ts'
import type { Instructions } from './instructions.ts'
import type { Instruction } from './queue.ts'

export interface PerformHost {
  readonly flows: FlowStore
  readonly conditions: Conditions
  readonly instructions: Instructions
  report(entry: ReportInput): void
  logWarning(message: string, event: BotEvent): void
}

/** The instruction failed and stays first in the queue: the turn ends (R10.9). */
export const FAILED = Symbol('failed')

/** Performs one instruction. @returns where to go, undefined to go on in the queue, or FAILED when the turn ends (R10.9) */
export async function perform(
  host: PerformHost,
  event: BotEvent,
  flow: Flow,
  node: FlowNode,
  instruction: Instruction
): Promise<string | undefined | typeof FAILED> {
  const text = instruction.fn ?? ''
  const isSay = instruction.type !== 'transition' && text.startsWith('say ')
  const what = instruction.type === 'transition' ? ('transition' as const) : isSay ? ('say' as const) : ('action' as const)
  const report = (told: string, error?: unknown) => {
    const ref = { eventId: event.id, flow: flow.name, node: node.name }
    host.report({
      kind: 'dialog-instruction',
      ...ref,
      what,
      text: told,
      ...(error !== undefined && { error: { ...problemOf(error), place: host.flows.place(flow, node.name, text) } })
    })
  }
  try {
    if (instruction.type === 'transition') {
      if (!(await host.conditions.holds(text, event))) return undefined
      report(`${text} → ${instruction.node || 'END'}`)
      return instruction.node ?? ''
    }
    const place = () => host.flows.place(flow, node.name, text)
    const target = isSay ? await host.instructions.say(event, text, instruction.args) : await host.instructions.action(event, text, place)
    report(text)
    return target
  } catch (error) {
    const where = `BotId: ${event.botId}, Flow: ${flow.name}, Node: ${node.name}`
    host.logWarning(`Error processing "${text}": ${(error as Error)?.message ?? error} (${where})`, event)
    report(text, error)
    // The instruction stays first: the next event runs into it again (R10.9).
    event.state.context = { ...event.state.context, queue: { instructions: [instruction, ...event.state.context.queue.instructions] } }
    return FAILED
  }
}
