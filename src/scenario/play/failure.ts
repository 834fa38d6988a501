import type { Failure } from '../../protocol/scenario.ts'
import type { Place } from '../../trace/entry.ts'
import type { Miss } from '../check/view.ts'
import type { Spot } from '../file/plan.ts'

/** What a result says of a mistake; `order` names the way through the scenario, where there are several. */
export function failureOf(spot: Spot, miss: Miss, order: string | undefined): Failure {
  const { message, expected, actual, because, places = [] } = miss
  return {
    message: order === undefined ? message : `${message} (In the order ${order}.)`,
    range: spot.range,
    ...(expected !== undefined && { expected }),
    ...(actual !== undefined && { actual }),
    ...(because !== undefined && { because }),
    places: places.filter((place): place is Place => place !== undefined)
  }
}
