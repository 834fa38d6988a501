import type { PlannedStep } from '../file/plan.ts'
import type { FullStep } from '../schema/index.ts'

/** Steps whose order chance decides: each order in which they may come is played. */

export interface Order {
  /** `say, event`: for messages; absent where there is only one. */
  name?: string
  steps: PlannedStep[]
}

/** More orders than these are not played: all of two, or of one with three steps, fit. */
const MAX_ORDERS = 24

export function ordersOf(steps: readonly PlannedStep[]): Order[] {
  let orders: { names: string[]; steps: PlannedStep[] }[] = [{ names: [], steps: [] }]
  for (const planned of steps) {
    const { together } = planned.step
    if (!together) {
      for (const order of orders) order.steps.push(planned)
      continue
    }
    const inner: PlannedStep[] = together.steps.map((step, index) => ({
      step: (typeof step === 'string' ? { [step]: null } : step) as FullStep,
      spot: planned.spot.below('together', 'steps', index)
    }))
    const ways = together.order === 'given' ? [inner] : together.order === 'any' ? permutations(inner) : [inner, inner.toReversed()]
    orders = orders
      .flatMap(order =>
        ways.map(way => ({ names: [...order.names, namesOf(way, inner)], steps: [...order.steps, ...spaced(way, together.apart)] }))
      )
      .slice(0, MAX_ORDERS)
  }
  return orders.map(({ names, steps }) => (orders.length > 1 ? { name: names.join('; '), steps } : { steps }))
}

/** Steps that happen in one go: nothing comes to rest between them. */
export interface InOneGo {
  isTogether?: boolean
}

function spaced(way: PlannedStep[], apart: number | string | undefined): PlannedStep[] {
  return way.flatMap((planned, index) => {
    const last = index === way.length - 1
    const one: PlannedStep & InOneGo = { ...planned, isTogether: !last }
    if (last || apart === undefined || apart === 0) return [one]
    const pause: PlannedStep & InOneGo = { step: { advance: apart } as FullStep, spot: planned.spot, isTogether: true }
    return [one, pause]
  })
}

/** The words of the steps; of those that share a word, which one of them. */
function namesOf(way: readonly PlannedStep[], written: readonly PlannedStep[]): string {
  return way
    .map(one => {
      const alike = written.filter(other => wordOf(other) === wordOf(one))
      return alike.length === 1 ? wordOf(one) : `${wordOf(one)} ${alike.indexOf(one) + 1}`
    })
    .join(', ')
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, index) => permutations(items.toSpliced(index, 1)).map(rest => [item, ...rest]))
}

export const wordOf = ({ step }: PlannedStep): string => Object.keys(step).find(key => key !== 'as' && key !== 'tab' && key !== 'name')!
