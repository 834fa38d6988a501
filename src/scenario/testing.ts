import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Failure, ScenarioResult } from '../protocol/scenario.ts'
import { readScenarioFile } from './file/read.ts'
import { play as playPlan } from './play/player.ts'
import { Theatre } from './play/theatre.ts'
import type { ScenarioInput } from './schema/index.ts'

/** `proactive-hooks/testing`: scenarios as code, for mocha and other test runners that know `it`. */

export type Scenario = Omit<ScenarioInput, 'name' | 'only'>

/** A failed expectation, with expected and actual for the runner's diff. */
export class ScenarioError extends Error {
  override name = 'ScenarioError'
  readonly expected: string | undefined
  readonly actual: string | undefined
  readonly showDiff: boolean
  readonly result: ScenarioResult

  constructor(result: ScenarioResult) {
    const [first] = result.failures as [Failure, ...Failure[]]
    super(result.failures.map(({ message, because }) => (because ? `${message}\nWhy: ${because}` : message)).join('\n\n'))
    this.expected = first.expected
    this.actual = first.actual
    this.showDiff = first.expected !== undefined && first.actual !== undefined
    this.result = result
  }
}

type It = (name: string, run: () => Promise<void>) => unknown

/**
 * Makes a test of a scenario, or one of each of its cases. Paths and the folder with `data/` are looked for from the calling file on.
 *
 * @throws Error at once when the scenario has a mistake
 */
export function scenario(name: string, given: Scenario): void {
  const it = (globalThis as { it?: It }).it
  if (!it) throw new Error('There is no test runner here: “it” is not defined. Use play() instead.')
  for (const plan of plansOf(name, given, callerOf(new Error().stack))) {
    it(plan.name, async () => {
      const { result } = await playPlan(plan, { seed: 1, update: false, theatre: theatre() })
      if (result.outcome === 'failed' || result.outcome === 'error') throw new ScenarioError(result)
    })
  }
}

/** Plays a scenario, each of its cases, and says how it went. */
export async function play(name: string, given: Scenario, options: { file?: string; seed?: number } = {}): Promise<ScenarioResult[]> {
  const results: ScenarioResult[] = []
  for (const plan of plansOf(name, given, options.file ?? callerOf(new Error().stack))) {
    results.push((await playPlan(plan, { seed: options.seed ?? 1, update: false, theatre: theatre() })).result)
  }
  return results
}

/** Ends the engines that were started; else they end with the process. */
export async function close(): Promise<void> {
  await shared?.close()
  shared = undefined
}

let shared: Theatre | undefined

function theatre(): Theatre {
  const here = dirname(fileURLToPath(import.meta.url))
  const engine = [join(here, 'engine.js'), join(here, '../engine.js')].find(existsSync) ?? join(here, '../runtime/main.ts')
  if (!shared) {
    const after = (globalThis as { after?: (run: () => Promise<void>) => unknown }).after
    // Within a runner's file the engines leave when its tests are over.
    try {
      after?.(close)
    } catch {
      // Not while tests run: the engines notice when this process is gone.
    }
    shared = new Theatre({ engine })
  }
  return shared
}

function plansOf(name: string, given: Scenario, file: string) {
  const { plans, problems } = readScenarioFile(file, JSON.stringify({ name, ...given }, undefined, 2))
  const [problem] = problems
  if (problem) throw new Error(`The scenario “${name}”: ${problem.message}`)
  return plans
}

/** The first file in the stack that is not this one. */
function callerOf(stack = ''): string {
  const own = fileURLToPath(import.meta.url)
  for (const line of stack.split('\n').slice(1)) {
    const at = /(?:\(|at )(?:async )?(file:\/\/.*?|\/.*?|[A-Z]:\\.*?):\d+:\d+\)?$/i.exec(line.trim())?.[1]
    const file = at?.startsWith('file:') ? fileURLToPath(at) : at
    if (file && file !== own && !/[\\/]chunks[\\/]/.test(file)) return file
  }
  return join(process.cwd(), 'scenario')
}
