import type { Quota } from '../../botframework/presets.ts'
import { CallError } from './call.ts'

/** A failure that is staged for the next calls (F4). `store-then-500`: the activity is kept and the bot told that it failed, so that one that retries doubles it. */
export interface StagedFault {
  /** How many calls it meets. */
  calls: number
  answer: 401 | 403 | 404 | 405 | 413 | 429 | 500 | 502 | 'store-then-500' | 'delay'
  /** Of `delay`, and of `Retry-After` for 429 (whole seconds travel). */
  ms?: number
  /** Which postings it meets. Default all. */
  only?: 'proactive'
}

const CODES: Record<number, string> = {
  401: 'Unauthorized',
  403: 'ForbiddenOperationException',
  404: 'ConversationNotFound',
  405: 'MethodNotAllowed',
  413: 'MessageSizeTooBig',
  429: 'TooManyRequests',
  500: 'ServiceError',
  502: 'BadGateway'
}

/** How often a bot may write, and what was staged to go wrong. */
export class Limits {
  #now: () => number
  #quota: Quota | undefined
  /** Times of the postings that count, oldest first. */
  #accepted: number[] = []
  #faults: StagedFault[] = []

  constructor(now: () => number) {
    this.#now = now
  }

  setQuota(quota: Quota | undefined): void {
    this.#quota = quota
    this.#accepted = []
  }

  stage(faults: readonly StagedFault[]): void {
    this.#faults = faults.filter(({ calls }) => calls > 0).map(fault => ({ ...fault }))
  }

  get staged(): readonly StagedFault[] {
    return this.#faults
  }

  /**
   * Lets a posting through or refuses it.
   *
   * @returns what is to happen after it was stored
   * @throws CallError 429 with the time after which there is room again, or what was staged
   */
  async pass(isProactive: boolean): Promise<'store-then-500' | undefined> {
    const fault = this.#take(isProactive)
    if (fault?.answer === 'delay') await new Promise(resolve => setTimeout(resolve, fault.ms ?? 1000))
    else if (fault && fault.answer !== 'store-then-500') {
      const retry = fault.answer === 429 ? { retryAfterMs: fault.ms ?? 1000 } : {}
      throw new CallError(fault.answer, CODES[fault.answer]!, `Staged: the channel answers ${fault.answer}.`, { staged: true, ...retry })
    }
    this.#spend()
    return fault?.answer === 'store-then-500' ? 'store-then-500' : undefined
  }

  #take(isProactive: boolean): StagedFault | undefined {
    const fault = this.#faults.find(({ only }) => only !== 'proactive' || isProactive)
    if (!fault) return undefined
    fault.calls--
    this.#faults = this.#faults.filter(({ calls }) => calls > 0)
    return fault
  }

  #spend(): void {
    if (!this.#quota) return
    const { calls, perMs } = this.#quota
    const now = this.#now()
    this.#accepted = this.#accepted.filter(at => now - at < perMs)
    if (this.#accepted.length >= calls) {
      const retryAfterMs = Math.max(1, this.#accepted[0]! + perMs - now)
      throw new CallError(429, 'TooManyRequests', `More than ${calls} messages in ${perMs} ms: this channel refuses more for now.`, {
        staged: true,
        retryAfterMs
      })
    }
    this.#accepted.push(now)
  }
}
