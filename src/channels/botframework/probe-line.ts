import type { Answer, Call, Desk } from './call.ts'
import { dialogStackIn } from './dialog-stack.ts'

/** What is asked of the probe in a bot's process; see src/probe. */
export type Question = { kind: 'due' } | { kind: 'idle' } | { kind: 'run'; at: number }

interface Waiting {
  resolve(result: unknown): void
  reject(error: Error): void
}

/** The connector's end of the line to the probe in a bot's process: the probe asks what is wanted of it and is answered when something is. */
export class ProbeLine {
  #lastId = 0
  #questions: (Question & { id: number })[] = []
  #unanswered = new Map<number, Waiting>()
  #asking: ((question: Question & { id: number }) => void) | undefined
  #isThere = false

  /** Whether a probe has called. Bots in other languages, and those that somebody else started, have none. */
  get isThere(): boolean {
    return this.#isThere
  }

  /**
   * Asks. Of `due` the answer is the time of the next timer how many requests the bot has not answered, and how many
   * timers wait.
   *
   * @throws Error when the bot's process ends first
   */
  ask(question: Question): Promise<{ at?: number; serving?: number; waiting?: number }> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#unanswered.set(id, { resolve: resolve as (result: unknown) => void, reject })
      this.#questions.push({ ...question, id })
      this.#serve()
    })
  }

  /** The bot's process ended. */
  lost(): void {
    this.#isThere = false
    this.#asking = undefined
    this.#questions = []
    for (const { reject } of this.#unanswered.values()) reject(new Error('The bot’s process ended.'))
    this.#unanswered.clear()
  }

  /** `POST probe/next`: the answer to the last question; answered with the next one. */
  next = (call: Call): Promise<Answer> => {
    this.#isThere = true
    const { id, result } = (call.body ?? {}) as { id?: number; result?: unknown }
    if (id !== undefined) {
      this.#unanswered.get(id)?.resolve(result ?? {})
      this.#unanswered.delete(id)
    }
    return new Promise(resolve => {
      this.#asking = question => resolve({ status: 200, body: question })
      this.#serve()
    })
  }

  #serve(): void {
    const question = this.#asking && this.#questions.shift()
    if (!question) return
    this.#asking?.(question)
    this.#asking = undefined
  }
}

/** `POST probe/state`: what the bot has saved. */
export function probeState(call: Call, desk: Desk): Answer {
  const { key, conversationId, data } = (call.body ?? {}) as { key?: string; conversationId?: string; data?: unknown }
  const stack = dialogStackIn(data)
  desk.note({
    kind: 'bot-state',
    at: desk.now(),
    key: key ?? 'state',
    data,
    from: 'storage',
    ...(conversationId !== undefined && { conversationId }),
    ...(stack && { stack })
  })
  return { status: 200, body: {} }
}
