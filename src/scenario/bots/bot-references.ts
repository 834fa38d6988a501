import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { endpointProblem } from '../../host/bots/endpoints.ts'
import type { ScenarioProblem } from '../../protocol/scenario.ts'
import { list } from '../../trace/words.ts'
import type { Plan, PlannedStep, Spot } from '../file/plan.ts'
import { wordOf } from '../play/orders.ts'
import { BOT_ACTIONS } from './bot-actions.ts'
import { BOT_CHECKS, LOOKS_OF_BOTS, BOT_ACTIONS as WORDS } from './schema.ts'

type Say = (code: string, message: string, spot: Spot) => void

const LOOKS: ReadonlySet<string> = new Set(['expect', 'expectSilence', 'together'])

/** A scenario with a bot of the Bot Framework names what is there, and uses words that mean something for it. */
export function checkBot(plan: Plan, steps: readonly PlannedStep[], given: (...path: string[]) => Spot): ScenarioProblem[] {
  const problems: ScenarioProblem[] = []
  const say: Say = (code, message, spot) => void problems.push({ code, message, range: spot.range })
  const bot = plan.given.botFramework!
  const folder = resolve(dirname(plan.file), bot.folder ?? '.')
  if (!existsSync(folder)) say('NO_FOLDER', `There is no folder ${folder}.`, given('botFramework', 'folder'))
  else if (bot.script !== undefined && !existsSync(resolve(folder, bot.script)))
    say('NO_BOT', `There is no script ${bot.script} in ${folder}.`, given('botFramework', 'script'))
  if (bot.script === undefined && bot.start === undefined && bot.endpoint === undefined) {
    say('NO_BOT', 'A bot needs a script, a command line (start), or the endpoint of one that runs.', given('botFramework'))
  }
  const problem = bot.endpoint === undefined ? undefined : endpointProblem(bot.endpoint)
  if (problem) say('NO_BOT', problem, given('botFramework', 'endpoint'))
  for (const planned of steps) {
    const word = wordOf(planned)
    if (!(word in BOT_ACTIONS) && !LOOKS.has(word)) {
      say(
        'WRONG_WORD',
        `“${word}” is about pages and Botpress. With a bot of the Bot Framework there are: ${list(Object.keys(BOT_ACTIONS), 30)}.`,
        planned.spot.below(word)
      )
    }
    checkLooks(planned.step.expect, planned.spot.below('expect'), say)
  }
  for (const { expect, spot } of plan.expects) checkLooks(expect, spot, say)
  return problems
}

function checkLooks(expect: object | undefined, spot: Spot, say: Say): void {
  for (const word of Object.keys(expect ?? {})) {
    if (!LOOKS_OF_BOTS.includes(word as never))
      say('WRONG_WORD', `“${word}” says nothing about a bot of the Bot Framework. There are: ${list(LOOKS_OF_BOTS, 30)}.`, spot.below(word))
  }
}

/** Where Botpress plays, words about bots of the Bot Framework mean nothing. */
export function checkNoBot(plan: Plan, steps: readonly PlannedStep[]): ScenarioProblem[] {
  const problems: ScenarioProblem[] = []
  const say = (word: string, spot: Spot) => {
    const message = `“${word}” is about bots of the Bot Framework: name one under given, botFramework.`
    problems.push({ code: 'WRONG_WORD', message, range: spot.range })
  }
  const look = (expect: object | undefined, spot: Spot) => {
    for (const word of Object.keys(expect ?? {})) if (word in BOT_CHECKS) say(word, spot.below(word))
  }
  for (const planned of steps) {
    const word = wordOf(planned)
    if (word in WORDS) say(word, planned.spot.below(word))
    look(planned.step.expect, planned.spot.below('expect'))
  }
  for (const { expect, spot } of plan.expects) look(expect, spot)
  return problems
}
