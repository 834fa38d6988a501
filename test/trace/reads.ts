import type { TraceEntry } from '../../src/trace/entry.ts'

/** The same entries, with a count of how often anything of them was read: work that is the same on every machine. */
export function counted(entries: readonly TraceEntry[]): { entries: TraceEntry[]; reads(): number } {
  let reads = 0
  const watched = entries.map(
    entry =>
      new Proxy(entry, {
        get(target, key) {
          reads++
          return Reflect.get(target, key)
        }
      })
  )
  return { entries: watched, reads: () => reads }
}
