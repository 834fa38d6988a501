import type { Clock } from '../clock.ts'

/** `bp.distributed`: one node, so locks are in memory (R18.12). */
export function distributedOf(clock: Clock) {
  const held = new Map<string, number>()
  return {
    async acquireLock(resource: string, ms: number) {
      if ((held.get(resource) ?? 0) > clock.now()) return undefined
      held.set(resource, clock.now() + ms)
      return {
        unlock: async () => void held.delete(resource),
        extend: async (more: number) => void held.set(resource, clock.now() + more)
      }
    },
    clearLock: async (resource: string) => held.delete(resource),
    broadcast: async <T>(fn: T): Promise<T> => fn
  }
}
