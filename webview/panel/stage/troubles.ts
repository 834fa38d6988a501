import type { Conditions, HookFault } from '../../../src/protocol/conditions.ts'
import { lineWords } from '../../../src/trace/stage-lines.ts'
import { STAGE_TEXTS as TEXTS } from './texts.ts'

/** What is staged, in words: one for each condition of the line, each hook, each bot. */
export function troublesOf({ line, hooks, unmounted }: Conditions): string[] {
  const conditions = Object.entries(line).flatMap(([key, value]) => lineWords({ [key]: value }) ?? [])
  return [...conditions, ...hooks.map(faultText), ...unmounted]
}

/** `greet.js never ends` */
export const faultText = ({ hook, what }: HookFault): string => `${hook} ${TEXTS.faults.find(([id]) => id === what)![1]}`
