import { handledTypes } from './analysis/event-types.ts'
import type { Problem } from './problem.ts'
import type { HookFile, TypeService } from './service.ts'
import { typeProblems } from './type-problems.ts'

/** Everything that is wrong with a hook, in the order of the text. */
export function inspectHook(types: TypeService, hook: HookFile): Problem[] {
  return inOrder(typeProblems(types, hook))
}

export function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
}

/** What a hook says about itself. */
export function hookFacts(hook: HookFile): { handles: string[]; broken: boolean } {
  return { handles: handledTypes(hook.bare), broken: hook.syntax.length > 0 }
}
