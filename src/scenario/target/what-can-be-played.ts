import { list } from '../../trace/words.ts'
import type { Plan, PlannedStep } from '../file/plan.ts'
import { type InOneGo, wordOf } from '../play/orders.ts'

/** Of a server that is not ours only what it is told and what it answers is known. */

const STEPS: ReadonlySet<string> = new Set(['open', 'say', 'event', 'expect', 'expectSilence', 'load', 'visitor'])
const CHECKS: ReadonlySet<string> = new Set(['says', 'saysOnly', 'saysNot', 'silence', 'response'])
/** Parts of *given* that change nothing of the server. */
const GIVEN: ReadonlySet<string> = new Set(['folder', 'bot', 'visitor', 'visitors', 'chat', 'timezone', 'stuckAfter', 'botpressVersion'])

/** Why a scenario cannot be played against a server over its public interface, or undefined when it can. */
export function whyNot(plan: Plan, steps: readonly (PlannedStep & InOneGo)[]): string | undefined {
  const given = Object.keys(plan.given).filter(
    key => !GIVEN.has(key) && !(key === 'page' && (plan.given.page === 'stub' || plan.given.page === 'none'))
  )
  if (given.length > 0) return `given, ${list(given)}: this cannot be arranged on a server of somebody else.`
  const people = [plan.given.visitor ?? {}, ...Object.values(plan.given.visitors ?? {})]
  if (people.some(({ state, flow }) => state || flow))
    return 'What the bot remembers of a visitor cannot be written on a server of somebody else.'
  for (const planned of steps) {
    const word = wordOf(planned)
    if (
      !STEPS.has(word) ||
      (word === 'expectSilence' && planned.step.expectSilence != null && typeof planned.step.expectSilence !== 'boolean')
    ) {
      return `“${word}” cannot be done to a server of somebody else.`
    }
  }
  const expects = [...plan.expects.map(({ expect }) => expect), ...steps.flatMap(({ step }) => (step.expect ? [step.expect] : []))]
  const unseen = [...new Set(expects.flatMap(expect => Object.keys(expect)).filter(word => !CHECKS.has(word)))]
  return unseen.length > 0 ? `expect, ${list(unseen)}: this cannot be seen from outside of the server.` : undefined
}
