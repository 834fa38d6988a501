import type { Failure } from '../../protocol/scenario.ts'
import type { TraceEntry } from '../../trace/entry.ts'
import type { Miss } from '../check/view.ts'
import type { Plan, Spot } from '../file/plan.ts'
import { failureOf } from './failure.ts'
import type { Order } from './orders.ts'

/** What comes of one way through a scenario, whoever plays it. */
export class Way {
  readonly plan: Plan
  readonly order: Order
  readonly failures: Failure[] = []
  /** Golden traces that were written. */
  readonly written: string[] = []
  entries: readonly TraceEntry[] = []
  virtualMs = 0
  /** What the visitors saw and what is remembered of them: compared between orders. */
  outcome = ''

  constructor(plan: Plan, order: Order) {
    this.plan = plan
    this.order = order
  }

  fail(spot: Spot, miss: Miss): void {
    this.failures.push(failureOf(spot, miss, this.order.name))
  }

  /** A step is of somebody who is not there. */
  failWithout(spot: Spot, name: string | undefined, there: Iterable<string>): void {
    const names = [...there].slice(0, 20).join(', ')
    this.fail(spot.below('as'), { message: `There is no visitor “${name}”: name them under given, visitors. There are: ${names}.` })
  }
}
