import type { Place } from '../../trace/entry.ts'
import type { BotEvent } from '../api.ts'
import type { Actions } from './actions.ts'
import { viewOf } from './conditions.ts'

export interface InstructionHost {
  readonly actions: Actions
  now(): number
  render(contentId: string, args: Record<string, unknown>, event: BotEvent): Promise<unknown[]>
  reply(event: BotEvent, payloads: unknown[]): Promise<void>
  /** @param place where it is called from */
  logError(message: string, event: BotEvent, error: unknown, place: Place): void
}

/** What nodes do: speak and act (R11). */
export class Instructions {
  readonly #host: InstructionHost

  constructor(host: InstructionHost) {
    this.#host = host
  }

  /**
   * `say #!element [json]`, `say #type json`, `say @type` with the node's own arguments (R11.2).
   *
   * @throws when the content is missing or the arguments are no JSON
   */
  async say(event: BotEvent, text: string, own: unknown): Promise<undefined> {
    const [, contentId = '', json] = /^say\s+(\S+)(?:\s+([\s\S]*))?$/.exec(text) ?? []
    const args = own ?? (json?.trim() ? JSON.parse(json) : {})
    // Recorded before rendering, even if that fails (F8).
    const message = {
      eventId: event.id,
      incomingPreview: event.preview,
      replyConfidence: 1,
      replySource: 'dialogManager',
      replyDate: new Date(this.#host.now()),
      replyPreview: contentId
    }
    const { session } = event.state
    session.lastMessages = session.lastMessages ? [...session.lastMessages, message] : [message]
    const view = { ...viewOf(event), workflow: event.state.workflow ?? {} }
    const payloads = await this.#host.render(contentId, { ...(args as object), ...view }, event)
    await this.#host.reply(event, payloads)
    return undefined
  }

  /** @returns the flow to go to when the action failed (R10.10) */
  async action(event: BotEvent, text: string, place: () => Place): Promise<string | undefined> {
    const [, name = '', json] = /^(\S+)(?:\s+([\s\S]*))?$/.exec(text.trim()) ?? []
    // Bad arguments stop the turn; they are no failure of the action (F7).
    const args = json?.trim() ? (JSON.parse(json) as Record<string, unknown>) : {}
    try {
      await this.#host.actions.run(name, args, event)
      return undefined
    } catch (error) {
      this.#host.logError(`Error executing action "${name}": ${(error as Error)?.message ?? error}`, event, error, place())
      const { onErrorFlowTo } = event.state.temp ?? {}
      return typeof onErrorFlowTo === 'string' && onErrorFlowTo.length > 0 ? onErrorFlowTo : 'error.flow.json'
    }
  }
}
