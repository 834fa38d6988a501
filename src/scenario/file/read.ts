import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { FoundFile, ScenarioProblem } from '../../protocol/scenario.ts'
import { merged } from '../../webchat/config.ts'
import { type FullStep, type Given, ScenarioFile, type StepInput } from '../schema/index.ts'
import { problemsOf } from './issues.ts'
import { fill } from './placeholders.ts'
import { type Plan, Spot } from './plan.ts'
import { checkReferences, locate } from './references.ts'
import { MAX_BYTES, Source } from './source.ts'

export interface ReadFile {
  plans: Plan[]
  problems: ScenarioProblem[]
  /** Files that it extends. */
  uses: string[]
  root: string | undefined
}

type Raw = Record<string, unknown>
/** A plan that may ask to be the only one of its file. */
type Playable = Plan & { only: boolean; named: boolean }
/** A file or scenario whose parts are shared, the outermost first. */
interface Layer {
  source: Source
  path: PropertyKey[]
  raw: Raw
}

/** Reads a scenario file. Mistakes are values: a file with one has problems, and what can be played of it is played all the same. */
export function readScenarioFile(file: string, text?: string): ReadFile {
  const uses: string[] = []
  const source = sourceOf(file, text)
  if (source.problem) return { plans: [], problems: [source.problem], uses, root: undefined }
  const raw = source.value
  if (!isBlock(raw)) {
    const message = 'A scenario file is a block of words such as name, given, steps and expect.'
    return { plans: [], problems: [{ code: 'WRONG_TYPE', message, range: source.range([]) }], uses, root: undefined }
  }
  const problems: ScenarioProblem[] = []
  const layers = above({ source, path: [], raw }, [file], uses, problems)
  // What is built on something that is not there is not played.
  if (problems.length > 0) return { plans: [], problems, uses, root: undefined }
  const own = Array.isArray(raw.scenarios) ? raw.scenarios : undefined
  const plans: Playable[] = []
  const told = new Set<string>()
  const tell = (found: ScenarioProblem[]) => {
    for (const problem of found) {
      const key = `${problem.range.file}:${problem.range.line}:${problem.range.column}:${problem.message}`
      if (!told.has(key)) problems.push(problem)
      told.add(key)
    }
  }
  if (!own) {
    const played = raw.steps !== undefined || raw.expect !== undefined || raw.cases !== undefined
    if (played) plans.push(...plansOf(layers, '0', tell))
    else tell(validate(raw, source, {}))
  } else {
    if (own.length === 0) tell(validate(raw, source, {}))
    for (const [index, scenario] of own.entries()) {
      if (!isBlock(scenario)) {
        tell([{ code: 'WRONG_TYPE', message: 'A scenario is a block of words.', range: source.range(['scenarios', index]) }])
        continue
      }
      const before = problems.length
      const chain = above({ source, path: ['scenarios', index], raw: scenario }, [file], uses, problems, layers)
      if (problems.length === before) plans.push(...plansOf(chain, String(index), tell))
    }
  }
  const only = plans.filter(plan => plan.only)
  const kept: Plan[] = (only.length > 0 ? only : plans).map(({ only: _, named: __, ...plan }) => plan)
  return { plans: kept, problems, uses, root: kept[0]?.root }
}

/** What editors and runners are told of a file. */
export function found(file: string, { plans, problems, uses, root }: ReadFile): FoundFile {
  return {
    file,
    problems,
    uses,
    ...(root !== undefined && { root }),
    scenarios: plans.map(({ id, name, tags, spot, group, skip }) => ({
      id,
      name,
      tags,
      range: spot.range,
      ...(group && { group }),
      ...(skip !== undefined && { skip })
    }))
  }
}

function sourceOf(file: string, text?: string): Source {
  if (text !== undefined) return new Source(file, text)
  try {
    // Not read at all when it is too big: the length says enough.
    const { size } = statSync(file)
    return new Source(file, size > MAX_BYTES ? ' '.repeat(size) : readFileSync(file, 'utf8'))
  } catch (error) {
    const source = new Source(file, '')
    const message = `This file cannot be read: ${(error as Error).message}`
    return Object.assign(source, { problem: { code: 'UNREADABLE', message, range: source.range([]) } })
  }
}

/** The layers of what a file or scenario extends, below those that are given, and itself at the end. */
function above(layer: Layer, chain: string[], uses: string[], problems: ScenarioProblem[], before: Layer[] = []): Layer[] {
  const { raw, source } = layer
  if (typeof raw.extends !== 'string') return [...before, layer]
  const range = source.range([...layer.path, 'extends'])
  const file = resolve(dirname(source.file), raw.extends)
  if (chain.includes(file)) {
    const way = [...chain.slice(chain.indexOf(file)), file].map(one => one.slice(dirname(file).length + 1) || one)
    problems.push({ code: 'CYCLE', message: `This file extends itself: ${way.join(' → ')}.`, range })
    return [...before, layer]
  }
  uses.push(file)
  const extended = sourceOf(file)
  if (extended.problem || !isBlock(extended.value)) {
    const why = extended.problem?.code === 'UNREADABLE' ? 'There is no file' : 'No scenario file is'
    problems.push({ code: 'EXTENDS', message: `${why} ${raw.extends} (${file}).`, range })
    return [...before, layer]
  }
  const parent: Layer = { source: extended, path: [], raw: { ...extended.value, scenarios: undefined } }
  const inner: ScenarioProblem[] = []
  const layers = above(parent, [...chain, file], uses, inner)
  for (const problem of inner) problems.push({ ...problem, range })
  return [...before, ...layers, layer]
}

function plansOf(layers: Layer[], index: string, tell: (problems: ScenarioProblem[]) => void): Playable[] {
  const own = layers.at(-1)!
  const cases = casesOf(layers.findLast(layer => layer.raw.cases !== undefined)?.raw.cases)
  if (cases instanceof Error) {
    tell([{ code: 'WRONG_VALUE', message: cases.message, range: own.source.range([...own.path, 'cases'], true) }])
    return []
  }
  const name = typeof own.raw.name === 'string' ? own.raw.name : nameOf(own.source.file)
  const group = cases.length > 1 ? { id: index, name: withoutPlaceholders(name) } : undefined
  return cases.flatMap((given, number) => {
    const id = cases.length > 1 ? `${index}/${number}` : index
    const plan = planOf(layers, { ...parametersOf(layers), ...given }, id, tell)
    if (!plan) return []
    if (group) plan.group = group
    if (group && plan.name === group.name) plan.name = `${name} (${Object.values(given).map(short).join(', ')})`
    return [plan]
  })
}

function planOf(
  layers: Layer[],
  values: Record<string, unknown>,
  id: string,
  tell: (problems: ScenarioProblem[]) => void
): Playable | undefined {
  const own = layers.at(-1)!
  const plan: Playable = {
    file: own.source.file,
    id,
    name: nameOf(own.source.file),
    tags: [],
    spot: new Spot(own.source, own.path),
    given: {},
    givenSpots: [],
    steps: [],
    expects: [],
    only: false,
    named: false
  }
  let failed = false
  for (const layer of layers) {
    const { scenarios: _, cases: __, parameters: ___, ...rest } = layer.raw
    const { value, unknown } = fill(rest, values)
    const problems = validate(value as Raw, layer.source, undefined, layer.path)
    for (const { name, path } of unknown) {
      const message = `There is no parameter “${name}”: name it under parameters or cases.`
      problems.push({ code: 'UNKNOWN_PARAMETER', message, range: layer.source.range([...layer.path, ...path]) })
    }
    if (problems.length > 0) {
      failed = true
      // Mistakes of an extended file are told at the word that extends it.
      tell(layer.source === own.source ? problems : [{ ...problems[0]!, message: `${nameOf(layer.source.file)}: ${problems[0]!.message}` }])
      continue
    }
    add(plan, value as ScenarioFile, new Spot(layer.source, layer.path))
  }
  if (failed) return undefined
  locate(plan)
  const wrong = checkReferences(plan)
  tell(wrong)
  return wrong.length > 0 ? undefined : plan
}

function add(plan: Playable, part: ScenarioFile, spot: Spot): void {
  // What several scenarios share begins their sentence.
  const isWithin = spot.path.length > 0 && plan.named
  if (part.name !== undefined) plan.name = isWithin ? `${plan.name} ${part.name}` : part.name
  plan.named = part.name !== undefined && spot.source.file === plan.file
  plan.tags = [...new Set([...plan.tags, ...(part.tags ?? [])])]
  if (part.only) plan.only = true
  if (part.skip) plan.skip = typeof part.skip === 'string' ? part.skip : 'It says skip.'
  if (part.given) {
    const { folder } = part.given
    const from = dirname(spot.source.file)
    plan.given = merged(plan.given, { ...part.given, ...(folder !== undefined && { folder: resolve(from, folder) }) }) as Given
    plan.givenSpots.unshift(spot.below('given'))
  }
  for (const [index, step] of (part.steps ?? []).entries()) plan.steps.push({ step: fullStep(step), spot: spot.below('steps', index) })
  if (part.expect) plan.expects.push({ expect: part.expect, spot: spot.below('expect') })
}

export const fullStep = (step: StepInput): FullStep => (typeof step === 'string' ? { [step]: null } : step) as FullStep

function validate(value: Raw, source: Source, values: Record<string, unknown> | undefined, path: PropertyKey[] = []): ScenarioProblem[] {
  const filled = values ? (fill(value, values).value as Raw) : value
  const parsed = ScenarioFile.safeParse(filled)
  if (parsed.success) return []
  return problemsOf(parsed.error, path.length === 0 ? source : below(source, path), filled)
}

/** The source as seen from a part of it. */
function below(source: Source, path: PropertyKey[]): Source {
  return Object.assign(Object.create(source) as Source, {
    range: (rest: PropertyKey[], key?: boolean) => source.range([...path, ...rest], key)
  })
}

function parametersOf(layers: Layer[]): Record<string, unknown> {
  return Object.assign({}, ...layers.map(({ raw }) => (isBlock(raw.parameters) ? raw.parameters : {})))
}

function casesOf(raw: unknown): Record<string, unknown>[] | Error {
  if (raw === undefined) return [{}]
  if (Array.isArray(raw) && raw.length > 0 && raw.every(isBlock)) return raw
  if (isBlock(raw) && Array.isArray(raw.columns) && Array.isArray(raw.rows)) {
    const { columns, rows } = raw as { columns: string[]; rows: unknown[][] }
    const odd = rows.find(row => !Array.isArray(row) || row.length !== columns.length)
    if (odd)
      return new Error(
        `Each row of cases has ${columns.length} values (${columns.join(', ')}), but one has ${Array.isArray(odd) ? odd.length : 'none'}.`
      )
    return rows.map(row => Object.fromEntries(columns.map((column, at) => [column, row[at]])))
  }
  return new Error('Cases are a list of blocks, or a table with columns and rows.')
}

const isBlock = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value)
const withoutPlaceholders = (name: string) => name.replace(/\$\{[^}]*\}/g, '…')
const short = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, 40)
const nameOf = (file: string) => file.replace(/^.*[\\/]/, '').replace(/\.scenario\.\w+$/, '')
