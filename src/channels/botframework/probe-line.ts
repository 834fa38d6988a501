import type { Answer, Call, Desk } from './call.ts'
import { dialogStackIn } from './dialog-stack.ts'

/** What is asked of the probe in a bot's process; see src/probe. */
export type Question = { kind: 'due' } | { kind: 'idle' } | { kind: 'run'; at: number }

/** The answer to `due`; empty where the time is real. */
export interface Due {
  /** When the next timer is. */
  at?: number
  /** Requests that the bot has not answered. */
  serving?: number
  /** Timers that wait. */
  waiting?: number
  /** Whether anything else is under way that could still end a turn. */
  works?: boolean
}

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
  #limitMs: number

  /** @param limitMs a process that has not answered a question after so long counts as gone, until it calls again */
  constructor(limitMs: number) {
    this.#limitMs = limitMs
  }

  /** Whether a probe has called. Bots in other languages, and those that somebody else started, have none. */
  get isThere(): boolean {
    return this.#isThere
  }

  /**
   * Asks.
   *
   * @throws Error when the bot's process ends first, or does not answer
   */
  ask(question: Question): Promise<Due> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => this.#gone('The bot’s process does not answer.'), this.#limitMs)
      const over = <T>(how: (what: T) => void) => {
        return (what: T) => {
          clearTimeout(limit)
          how(what)
        }
      }
      this.#unanswered.set(id, { resolve: over(resolve as (result: unknown) => void), reject: over(reject) })
      this.#questions.push({ ...question, id })
      this.#serve()
    })
  }

  /** The bot's process ended. */
  lost(): void {
    this.#asking = undefined
    this.#gone('The bot’s process ended.')
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

  #gone(why: string): void {
    this.#isThere = false
    this.#questions = []
    const unanswered = [...this.#unanswered.values()]
    this.#unanswered.clear()
    for (const { reject } of unanswered) reject(new Error(why))
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
