import { writeFileSync } from 'node:fs'
import { inspectFolder } from './check.ts'
import { safeFixes } from './features/code-actions.ts'
import type { Fix } from './problem.ts'

/** A fix may bring out the next problem; so many rounds are made at most. */
const ROUNDS = 5

/**
 * Applies the safe fixes to all files below a folder, and writes those that changed.
 *
 * @returns how many fixes were applied in each changed file, by absolute path
 * @throws Error when there is no such folder
 */
export function fixFolder(folder: string): Map<string, number> {
  const applied = new Map<string, number>()
  for (let round = 0; round < ROUNDS; round++) {
    let changed = false
    for (const { file, text, problems } of inspectFolder(folder)) {
      const fixes = safeFixes(problems)
      const fixed = applyFixes(text, fixes)
      if (fixed === text) continue
      writeFileSync(file, fixed)
      applied.set(file, (applied.get(file) ?? 0) + fixes.length)
      changed = true
    }
    if (!changed) break
  }
  return applied
}

/** A text with fixes applied that do not overlap. */
export function applyFixes(text: string, fixes: readonly Fix[]): string {
  return fixes
    .flatMap(fix => fix.edits)
    .sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end)
    .reduce((result, edit) => result.slice(0, edit.span.start) + edit.text + result.slice(edit.span.end), text)
}
