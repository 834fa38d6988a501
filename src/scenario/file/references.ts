import { existsSync, globSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { botIds, findBotpress, hasBot } from '../../host/workspace.ts'
import type { ScenarioProblem } from '../../protocol/scenario.ts'
import { list, similar } from '../../trace/words.ts'
import { checkBot, checkNoBot } from '../bots/bot-references.ts'
import type { Expect } from '../schema/index.ts'
import type { Plan, PlannedStep, Spot } from './plan.ts'
import { durationOf, isDuration, sinceStart } from './time.ts'

/** What a scenario names has to be there: pages, bots, hooks; and time does not run backwards. */

/** Finds the folder in which the scenario plays: the one that it names, or the nearest above its file. */
export function locate(plan: Plan): void {
  const { folder } = plan.given
  if (folder !== undefined) {
    take(plan, findBotpress(folder))
    return
  }
  for (let at = dirname(plan.file); ; at = dirname(at)) {
    if (existsSync(join(at, 'data', 'bots')) || existsSync(join(at, 'data', 'global'))) {
      take(plan, { root: at, base: at })
      return
    }
    if (dirname(at) === at) return
  }
}

function take(plan: Plan, found: { root: string; base: string } | undefined): void {
  if (found) Object.assign(plan, { root: found.root, base: found.base })
}

export function checkReferences(plan: Plan): ScenarioProblem[] {
  const problems: ScenarioProblem[] = []
  const say = (code: string, message: string, spot: Spot) => void problems.push({ code, message, range: spot.range })
  const given = (...path: string[]) => spotOfGiven(plan, path)
  if (plan.given.botFramework) return checkBot(plan, all(plan.steps), given)
  problems.push(...checkNoBot(plan, all(plan.steps)))
  if (plan.root === undefined) {
    const where = plan.given.folder ? `in, above or below ${plan.given.folder}` : 'above this file'
    say('NO_FOLDER', `No Botpress folder (one with data/bots or data/global) was found ${where}. Name it: given, folder.`, given('folder'))
    return problems
  }
  const files = plan.given.files ?? {}
  const written = Object.keys(files).flatMap(file => /^data\/bots\/([^/]+)\/bot\.config\.json$/.exec(file)?.[1] ?? [])
  if (plan.given.bot !== undefined && !written.includes(plan.given.bot) && !hasBot(plan.root, plan.given.bot)) {
    const bots = [...botIds(plan.root), ...written]
    const meant = similar(plan.given.bot, bots)
    say(
      'NO_BOT',
      `There is no bot “${plan.given.bot}”. ${meant ? `Did you mean “${meant}”?` : `There are ${list(bots, 8)}.`}`,
      given('bot')
    )
  }
  const page = (name: string, spot: Spot) => {
    if (name === 'stub' || name === 'none' || Object.hasOwn(files, name)) return
    const file = resolve(plan.base!, name.replace(/[?#].*$/, ''))
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) say('NO_PAGE', `There is no page ${name} below ${plan.base}.`, spot)
  }
  if (plan.given.page !== undefined) page(plan.given.page, given('page'))
  const { clock } = plan.given
  if (typeof clock === 'number' || (clock !== undefined && !/^\s*\d{4}-/.test(clock))) {
    say('IMPOSSIBLE_TIME', `The clock starts at a date such as 2025-03-03T09:00, not at ${clock}.`, given('clock'))
  }
  for (const { step, spot } of all(plan.steps)) if (typeof step.load === 'string') page(step.load, spot.below('load'))
  checkTime(plan, say)
  checkHooks(plan, say)
  return problems
}

/** The steps, those that happen together among them. */
export function all(steps: readonly PlannedStep[]): PlannedStep[] {
  return steps.flatMap(one => {
    const inner = one.step.together?.steps
    if (!inner) return [one]
    return inner.map((step, index) => ({
      step: (typeof step === 'string' ? { [step]: null } : step) as PlannedStep['step'],
      spot: one.spot.below('together', 'steps', index)
    }))
  })
}

function spotOfGiven(plan: Plan, path: string[]): Spot {
  const inside = plan.givenSpots.find(spot => path.length > 0 && has(spot, path))
  return inside?.below(...path) ?? plan.givenSpots[0] ?? plan.spot
}

function has(spot: Spot, path: string[]): boolean {
  let at: unknown = spot.source.value
  for (const part of [...spot.path, ...path]) at = (at as Record<PropertyKey, unknown> | undefined)?.[part]
  return at !== undefined
}

function checkTime(plan: Plan, say: (code: string, message: string, spot: Spot) => void): void {
  let passed = 0
  for (const { step, spot } of plan.steps) {
    if (step.advance !== undefined) passed += durationOf(step.advance)
    if (step.expectSilence != null && typeof step.expectSilence !== 'boolean' && typeof step.expectSilence !== 'object')
      passed += durationOf(step.expectSilence)
    if (step.at === undefined || (typeof step.at === 'string' && !isDuration(step.at))) continue
    const at = durationOf(step.at)
    if (at < passed) {
      const message = `${sinceStart(at)} after the start has passed already: the steps before this one take ${sinceStart(passed)}. Time does not run backwards.`
      say('IMPOSSIBLE_TIME', message, spot.below('at'))
    }
    passed = Math.max(passed, at)
  }
}

/** An expectation about a hook that does not exist would hold for ever. */
function checkHooks(plan: Plan, say: (code: string, message: string, spot: Spot) => void): void {
  let known: string[] | undefined
  const check = (name: string, spot: Spot) => {
    known ??= [...scripts(plan.root!), ...Object.keys(plan.given.files ?? {})]
    if (known.some(file => isNamed(file, name))) return
    const names = known.map(file => file.replace(/^.*\//, ''))
    const meant = similar(name, names)
    say('NO_HOOK', `There is no hook “${name}” in ${join(plan.root!, 'data')}.${meant ? ` Did you mean “${meant}”?` : ''}`, spot)
  }
  const inExpect = (expect: Expect, spot: Spot) => {
    for (const [index, name] of (expect.ran ?? []).entries()) check(name, spot.below('ran', index))
    for (const name of [expect.notRan ?? []].flat()) check(name, spot.below('notRan'))
  }
  for (const { expect, spot } of plan.expects) inExpect(expect, spot)
  for (const { step, spot } of all(plan.steps)) {
    if (step.expect) inExpect(step.expect, spot.below('expect'))
    for (const [index, { hook }] of (step.faults ?? []).entries()) check(hook, spot.below('faults', index))
  }
  for (const [index, { hook }] of (plan.given.faults ?? []).entries()) check(hook, spotOfGiven(plan, ['faults']).below(index))
}

/** Whether a file, its path with forward slashes, is the one that a scenario names: by its name or the end of its path. */
export const isNamed = (file: string, name: string): boolean => file === name || file.endsWith(`/${name}`)

function scripts(root: string): string[] {
  return globSync(['data/**/*.{js,ts,mjs,cjs}', 'data/**/.*.js'], { cwd: root }).map(file => file.replaceAll('\\', '/'))
}
