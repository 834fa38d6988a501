import type { Conditions } from '../../../src/protocol/conditions.ts'

/** How many things are staged: each condition of the line, each hook, each bot. */
export function countTroubles({ line, hooks, unmounted }: Conditions): number {
  const { delayMs, lose, order, handshake, status } = line
  const staged = [delayMs, lose, order === 'reversed', handshake, status].filter(Boolean)
  return staged.length + hooks.length + unmounted.length
}
