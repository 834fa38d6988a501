import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Failure, ScenarioResult } from '../../protocol/scenario.ts'
import type { TraceEntry } from '../../trace/entry.ts'
import { BotRun } from '../bots/bot-run.ts'
import type { Plan } from '../file/plan.ts'
import { type Order, ordersOf } from './orders.ts'
import { DEFAULT_START, type PlayOptions, Run, stepText } from './run.ts'

export type { PlayOptions } from './run.ts'

export interface Played {
  result: ScenarioResult
  trace: readonly TraceEntry[]
}

/** Plays a scenario, in each order of what happens together, and says how it went. Never rejects. */
export async function play(plan: Plan, options: PlayOptions): Promise<Played> {
  const began = performance.now()
  const { file, id, name, tags, spot } = plan
  const result: ScenarioResult = {
    file,
    id,
    name,
    tags,
    range: spot.range,
    outcome: 'passed',
    failures: [],
    ms: 0,
    virtualMs: 0,
    seed: options.seed,
    ran: [],
    digest: '',
    written: []
  }
  let trace: readonly TraceEntry[] = []
  if (plan.skip !== undefined) return { result: { ...result, outcome: 'skipped', reason: plan.skip }, trace }
  try {
    const orders = ordersOf(plan.steps)
    const runs: (Run | BotRun)[] = []
    for (const order of orders) {
      const run = plan.given.botFramework ? botRun(plan, order, options) : new Run(plan, order, options)
      runs.push(run)
      await run.play()
      trace = run.entries
      result.virtualMs = Math.max(result.virtualMs, run.virtualMs)
      result.written.push(...run.written)
      if (run.failures.length > 0) break
    }
    result.failures = runs.flatMap(run => run.failures)
    if (result.failures.length === 0) result.failures.push(...compare(plan, runs))
    if (result.failures.length > 0) result.outcome = 'failed'
    result.ran = filesIn(runs, plan.base)
    result.digest = digestOf(runs, plan.root ?? '')
  } catch (error) {
    if (options.signal?.aborted) Object.assign(result, { outcome: 'skipped', reason: 'It was cancelled.' })
    else {
      const message = error instanceof Error ? error.message : String(error)
      Object.assign(result, {
        outcome: 'error',
        failures: [{ message: `The scenario could not be played: ${message}`, range: spot.range, places: [] }]
      })
    }
  }
  result.ms = performance.now() - began
  return { result, trace }
}

function botRun(plan: Plan, order: Order, { seed, signal, onStep }: PlayOptions): BotRun {
  return new BotRun(plan, order, {
    seed,
    signal,
    startAt: BotRun.startOf(plan, DEFAULT_START),
    onStep: ({ step, spot }, word) => onStep?.(spot.range, stepText(step, word))
  })
}

function compare(plan: Plan, [first, ...others]: (Run | BotRun)[]): Failure[] {
  const together = plan.steps.find(({ step }) => step.together && step.together.same !== false)
  const other = others.find(run => run.outcome !== first!.outcome)
  if (!together || !other) return []
  const pretty = (run: Run | BotRun) => JSON.stringify(JSON.parse(run.outcome), undefined, 2)
  const message = `The outcome depends on the order: it is another one for ${other.order.name} than for ${first!.order.name}.`
  return [{ message, range: together.spot.range, expected: pretty(first!), actual: pretty(other), places: [] }]
}

/** Hooks that ran and pages that were loaded. Of flows, content and actions it is not told: a change of them may concern any scenario. */
function filesIn(runs: readonly (Run | BotRun)[], base = ''): string[] {
  const files = new Set<string>()
  for (const { entries } of runs) {
    for (const entry of entries) {
      if (entry.kind === 'hook-started') files.add(entry.place.file)
      else if (entry.kind === 'page-loaded' && entry.page !== 'stub') files.add(join(base, entry.page))
    }
  }
  return [...files]
}

/**
 * Of everything but what real time decides: how long a loop ran before it was stopped, and when a line that the process of a bot prints comes through its
 * pipe. Of an error's stack the author's frames count: what is below them is the product's, and looks otherwise once V8 has compiled it.
 */
function digestOf(runs: readonly { entries: readonly TraceEntry[] }[], root: string): string {
  const hash = createHash('sha1')
  for (const { entries } of runs) {
    for (const { seq: _, ...entry } of entries) {
      if (entry.kind === 'bot-output') continue
      let text = JSON.stringify(entry)
      // Few entries hold what is to be left out, and to look at each value takes ten times as long.
      if (entry.kind === 'engine-stopped' || text.includes('"stack"')) {
        text = JSON.stringify(entry, (key, value) => {
          if (key === 'stack') return ownFrames(String(value), root)
          return key === 'ms' && entry.kind === 'engine-stopped' ? undefined : value
        })
      }
      hash.update(text.replaceAll(root, '.'))
    }
  }
  return hash.digest('hex')
}

function ownFrames(stack: string, root: string): string {
  return stack
    .split('\n')
    .filter(line => !/^\s+at /.test(line) || line.includes(root))
    .join('\n')
}
