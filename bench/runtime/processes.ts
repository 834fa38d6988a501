import { readdirSync, readFileSync } from 'node:fs'

/** Of a tick in `/proc`, ms. */
const TICK_MS = 10

/** Processor time that the processes below this one have used so far, ms, as Linux counts it; NaN elsewhere. */
export function processorTime(): number {
  if (process.platform !== 'linux') return Number.NaN
  const parents = new Map<number, { parent: number; ms: number }>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      // After the program's name, which is in brackets: state, parent, …, and as the 12th and 13th user and system time.
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
      parents.set(Number(name), { parent: Number(fields[1]), ms: (Number(fields[11]) + Number(fields[12])) * TICK_MS })
    } catch {
      // It ended a moment ago.
    }
  }
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid)?.parent
    return parent !== undefined && (parent === process.pid || isBelow(parent))
  }
  return [...parents].reduce((sum, [pid, { ms }]) => (isBelow(pid) ? sum + ms : sum), 0)
}
