import { relative } from 'node:path'
import type { Range, ScenarioProblem, ScenarioResult } from '../../protocol/scenario.ts'

/** All of a run. */
export interface Summary {
  results: readonly ScenarioResult[]
  problems: readonly ScenarioProblem[]
  /** Real ms. */
  ms: number
  seed: number
  shard?: string | undefined
}

/** Writes a run down, as it goes or at its end. Results come in the order of files. */
export interface Reporter {
  result?(result: ScenarioResult): void
  problem?(problem: ScenarioProblem): void
  end?(summary: Summary): void
}

export interface ReporterOptions {
  write(text: string): void
  /** Folder that paths are told relative to. */
  base: string
  /** Escape sequences for a terminal. */
  colour: boolean
}

export type ReporterMaker = (options: ReporterOptions) => Reporter

export const isBad = ({ outcome }: ScenarioResult): boolean => outcome === 'failed' || outcome === 'error'

export function pathOf(file: string, base: string): string {
  const path = relative(base, file).replaceAll('\\', '/')
  return path.startsWith('..') ? file : path
}

/** `a.scenario.yaml:3:5` */
export function placeOf({ file, line, column }: Range, base: string): string {
  return `${pathOf(file, base)}:${line}:${column}`
}

export function counts(results: readonly ScenarioResult[]): { passed: number; failed: number; skipped: number } {
  const passed = results.filter(({ outcome }) => outcome === 'passed').length
  const skipped = results.filter(({ outcome }) => outcome === 'skipped').length
  return { passed, failed: results.length - passed - skipped, skipped }
}
