import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { TraceEntry } from '../../trace/entry.ts'
import { renderTrace } from '../../trace/render.ts'
import type { Miss } from '../check/view.ts'

export interface Golden {
  miss?: Miss
  /** The file, where it was written. */
  written?: string
}

/**
 * Compares a trace with the file that holds it as it should be, or writes that.
 *
 * @param name relative to the scenario file
 */
export function compareGolden(name: string, scenarioFile: string, entries: readonly TraceEntry[], root: string, update: boolean): Golden {
  const file = resolve(dirname(scenarioFile), name)
  const actual = plainTrace(entries, root)
  const stored = existsSync(file) ? readFileSync(file, 'utf8').replaceAll('\r\n', '\n') : undefined
  if (stored === actual) return {}
  if (update) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, actual)
    return { written: file }
  }
  const message =
    stored === undefined
      ? `There is no trace ${name} yet. Run with --update to write it.`
      : `The trace differs from ${name}${firstDifference(stored, actual)}. Run with --update if it is right now.`
  return { miss: { message, expected: stored ?? '', actual } }
}

function plainTrace(entries: readonly TraceEntry[], root: string): string {
  return `${renderTrace(entries).replaceAll(`${root}/`, '').replaceAll(root, '.').trimEnd()}\n`
}

function firstDifference(stored: string, actual: string): string {
  const [before, now] = [stored.split('\n'), actual.split('\n')]
  const at = before.findIndex((line, index) => line !== now[index])
  return at < 0 ? `, which ends earlier` : ` from line ${at + 1} on: “${now[at] ?? '(its end)'}” instead of “${before[at]}”`
}
