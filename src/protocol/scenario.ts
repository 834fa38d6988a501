import * as z from 'zod/mini'
import { Place, TraceEntry } from '../trace/entry.ts'
import { CoveredScript } from './coverage.ts'

/**
 * Messages between whoever wants scenarios played (the command line, the Test view) and a scenario process, over Node's IPC. A process plays one scenario
 * at a time; several processes play in parallel. Hooks run in an engine process of its own below it.
 */

/** Lines and columns from 1; `endLine`, `endColumn` are behind the last character. */
export const Range = z.object({
  file: z.string(),
  line: z.number(),
  column: z.number(),
  endLine: z.optional(z.number()),
  endColumn: z.optional(z.number())
})
export type Range = z.infer<typeof Range>

/** A scenario as found in a file. Those with cases are found once for each. */
export const FoundScenario = z.object({
  /** Stays the same while the file is edited elsewhere: `<index in the file>` and, where there are cases, `/<index of the case>`. Unique within the file. */
  id: z.string(),
  name: z.string(),
  tags: z.array(z.string()),
  range: Range,
  /** The scenario that it is a case of. */
  group: z.optional(z.object({ id: z.string(), name: z.string() })),
  /** Why it is not played. */
  skip: z.optional(z.string())
})
export type FoundScenario = z.infer<typeof FoundScenario>

/** A mistake in a scenario file: one sentence that says what is wrong and what was expected. */
export const ScenarioProblem = z.object({ code: z.string(), message: z.string(), range: Range })
export type ScenarioProblem = z.infer<typeof ScenarioProblem>

export const FoundFile = z.object({
  file: z.string(),
  scenarios: z.array(FoundScenario),
  problems: z.array(ScenarioProblem),
  /** Files whose change concerns its scenarios: those it extends, golden traces; and the folder with `data/` that they play in. */
  uses: z.array(z.string()),
  root: z.optional(z.string())
})
export type FoundFile = z.infer<typeof FoundFile>

/** An expectation that was not met, or a step that could not be done. */
export const Failure = z.object({
  message: z.string(),
  /** Of the expectation, or the step. */
  range: z.optional(Range),
  /** In words or YAML, for a diff. */
  expected: z.optional(z.string()),
  actual: z.optional(z.string()),
  /** What the simulator says of what happened: the verdict that explains it. */
  because: z.optional(z.string()),
  /** Places in hooks, flows and pages that have to do with it. */
  places: z.array(Place)
})
export type Failure = z.infer<typeof Failure>

export const ScenarioResult = z.object({
  file: z.string(),
  id: z.string(),
  name: z.string(),
  tags: z.array(z.string()),
  range: Range,
  /** `failed`: an expectation was not met; `error`: it could not be played; `skipped`: see `reason`. */
  outcome: z.enum(['passed', 'failed', 'error', 'skipped']),
  reason: z.optional(z.string()),
  failures: z.array(Failure),
  /** Real ms. */
  ms: z.number(),
  /** Virtual ms. */
  virtualMs: z.number(),
  seed: z.number(),
  /** Files of hooks and actions that ran, and pages that were loaded. */
  ran: z.array(z.string()),
  /** Digest of the trace: the same seed gives the same. */
  digest: z.string(),
  /** Golden traces that `update` wrote. */
  written: z.array(z.string())
})
export type ScenarioResult = z.infer<typeof ScenarioResult>

export const RunOptions = z.object({
  seed: z._default(z.number(), 1),
  /** Golden traces are written instead of compared. */
  update: z._default(z.boolean(), false),
  /** Stop after the first that fails. */
  bail: z._default(z.boolean(), false),
  /** Send the trace with each result. */
  trace: z._default(z.boolean(), false),
  /** Open the inspector of the engine and wait for `go` before the first scenario. */
  debug: z._default(z.boolean(), false),
  coverage: z._default(z.boolean(), false),
  /** Address of a Botpress server to play against. */
  target: z.optional(z.string())
})
export type RunOptions = z.input<typeof RunOptions>

export const ToScenario = z.discriminatedUnion('kind', [
  /** Answered by `found`, one for each file. `text` stands for what is on disk (an editor's unsaved text). */
  z.object({ kind: z.literal('find'), id: z.number(), files: z.array(z.object({ file: z.string(), text: z.optional(z.string()) })) }),
  /** Answered by `started` and `ended` for each scenario and `done` at the end. Without `ids` all of the file. */
  z.object({
    kind: z.literal('run'),
    id: z.number(),
    files: z.array(z.object({ file: z.string(), text: z.optional(z.string()), ids: z.optional(z.array(z.string())) })),
    options: RunOptions
  }),
  /** The scenario that plays ends at once as skipped, and the others of the run are not begun. */
  z.object({ kind: z.literal('cancel'), id: z.number() }),
  /** A debugger is attached: the first scenario begins. */
  z.object({ kind: z.literal('go') }),
  /** Files changed on disk. Absolute paths. */
  z.object({ kind: z.literal('changed'), files: z.array(z.string()) }),
  z.object({ kind: z.literal('stop') })
])
export type ToScenario = z.input<typeof ToScenario>

export const FromScenario = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), pid: z.number() }),
  z.object({ kind: z.literal('found'), id: z.number(), found: FoundFile }),
  z.object({
    kind: z.literal('started'),
    id: z.number(),
    file: z.string(),
    scenario: z.string(),
    range: Range,
    name: z.string(),
    tags: z.array(z.string())
  }),
  /** Before each step: who has heard nothing for long knows which one hangs. */
  z.object({ kind: z.literal('step'), id: z.number(), file: z.string(), scenario: z.string(), range: Range, text: z.string() }),
  /**
   * Now and then while a step takes long: as time moves and things happen, and while a bot of the Bot Framework plays, which works in a process of its own,
   * in its own time, so that this one only waits.
   */
  z.object({ kind: z.literal('alive'), id: z.number() }),
  z.object({
    kind: z.literal('ended'),
    id: z.number(),
    result: ScenarioResult,
    trace: z.optional(z.array(TraceEntry)),
    /** What it executed of hooks, actions and pages, when `coverage` was asked for. */
    covered: z.optional(z.array(CoveredScript))
  }),
  /**
   * An inspector listens: attach, then send `go`. One after the other: that of the process in which the page's scripts run, if the scenario has such a
   * page, then the engine's. Scenarios run on their own clock, which stands still while a debugger holds either.
   */
  z.object({ kind: z.literal('inspect'), id: z.number(), url: z.string(), pid: z.number() }),
  /** `error`: the run could not be done at all. */
  z.object({
    kind: z.literal('done'),
    id: z.number(),
    error: z.optional(z.string()),
    /** Hooks and actions of the folders played in, with counts of 0: those that nobody executed are reported too. */
    covered: z.optional(z.array(CoveredScript))
  })
])
export type FromScenario = z.infer<typeof FromScenario>
