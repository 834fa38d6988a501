import type { Observed } from '../protocol/language.ts'
import { type Shape, shapeOfValue } from './pages/shapes.ts'

/** What hooks saw in their runs, as the extension tells it: the newest event of each type. */
export class SeenValues {
  /** By hook, the newest last. */
  readonly #hooks = new Map<string, Map<string, Shape>>()

  add(seen: readonly Observed[]): void {
    for (const { hook, type, event } of seen) {
      const types = this.#hooks.get(hook) ?? new Map<string, Shape>()
      types.delete(type)
      types.set(type, shapeOfValue(event))
      this.#hooks.set(hook, types)
    }
  }

  /** The event that a hook saw last, of certain types when some are given. */
  of(hook: string, types: readonly string[]): Shape | undefined {
    const seen = [...(this.#hooks.get(hook) ?? [])]
    return (types.length === 0 ? seen : seen.filter(([type]) => types.includes(type))).at(-1)?.[1]
  }
}
