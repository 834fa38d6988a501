import type { BotEvent, Middleware } from '../api.ts'
import type { Clock } from '../clock.ts'
import { milliseconds } from '../durations.ts'

export const DEFAULT_TIMEOUT_MS = 2000

export type MiddlewareOutcome = 'completed' | 'skipped' | 'swallowed' | 'timedOut' | 'failed'

/** The two chains (R8). */
export class MiddlewareChains {
  readonly #clock: Clock
  #chains: Record<'incoming' | 'outgoing', Middleware[]> = { incoming: [], outgoing: [] }

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** @throws when a mandatory part is missing or of a wrong kind (R8.1) */
  register(middleware: Middleware): void {
    const { name, description, direction, handler, order, timeout } = middleware ?? ({} as Middleware)
    const wrong =
      typeof name !== 'string' || name === ''
        ? '"name" is required'
        : typeof description !== 'string' || description === ''
          ? '"description" is required'
          : direction !== 'incoming' && direction !== 'outgoing'
            ? '"direction" must be one of [incoming, outgoing]'
            : typeof handler !== 'function'
              ? '"handler" must be a function'
              : order !== undefined && typeof order !== 'number'
                ? '"order" must be a number'
                : timeout !== undefined && typeof timeout !== 'string'
                  ? '"timeout" must be a string'
                  : undefined
    if (wrong) throw Object.assign(new Error(`child ${wrong}`), { name: 'ValidationError' })
    const chain = this.#chains[direction]
    chain.push(middleware)
    // Stable: equal orders keep the order of registration, a missing one sorts last (R8.1, R8.2).
    chain.sort((a, b) => (a.order ?? Number.POSITIVE_INFINITY) - (b.order ?? Number.POSITIVE_INFINITY) || 0)
  }

  /** Removes all of that name from the direction of the first match (R8.2). */
  remove(name: string): void {
    const direction = (['incoming', 'outgoing'] as const).find(one => this.#chains[one].some(middleware => middleware.name === name))
    if (direction) this.#chains[direction] = this.#chains[direction].filter(middleware => middleware.name !== name)
  }

  /**
   * Runs a chain.
   *
   * @throws what a middleware threw or handed to `next` (R8.6)
   */
  async run(
    event: BotEvent,
    direction: 'incoming' | 'outgoing',
    onStep: (name: string, outcome: MiddlewareOutcome, ms: number) => void
  ): Promise<void> {
    for (const middleware of [...this.#chains[direction]]) {
      const started = this.#clock.now()
      let outcome: MiddlewareOutcome
      try {
        outcome = await this.#call(middleware, event)
      } catch (error) {
        onStep(middleware.name, 'failed', this.#clock.now() - started)
        throw error
      }
      onStep(middleware.name, outcome, this.#clock.now() - started)
      if (outcome === 'swallowed') return
    }
  }

  #call(middleware: Middleware, event: BotEvent): Promise<MiddlewareOutcome> {
    return new Promise((resolve, reject) => {
      let timer: unknown
      const settle = (error?: unknown, swallow?: boolean, skipped?: boolean) => {
        this.#clock.clear(timer)
        if (error) reject(error)
        else resolve(swallow ? 'swallowed' : skipped ? 'skipped' : 'completed')
      }
      const limit = milliseconds(middleware.timeout, DEFAULT_TIMEOUT_MS)
      timer = this.#clock.setTimeout(() => resolve('timedOut'), limit)
      try {
        // What the handler returns is nobody's: a rejection without `next` is an unhandled one, and the chain waits (R8.6).
        middleware.handler(event, settle)
      } catch (error) {
        settle(error || new Error(String(error)))
      }
    })
  }
}
