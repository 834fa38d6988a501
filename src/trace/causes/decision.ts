import { type Facts, skippedBy } from '../facts.ts'
import { isVisitorsWord } from '../story.ts'
import { quote, who } from '../words.ts'
import { nodeName } from './cause.ts'

/** What the engine decided about an event, as the tables of outcomes ask for it. */

export const dialogRan = (facts: Facts) => facts.decision?.outcome === 'dialog' || facts.decision?.outcome === 'suggestion-and-dialog'
export const skipped = (facts: Facts) => facts.decision?.outcome === 'skipped'
export const visitorsWord = (facts: Facts) => facts.story.received !== undefined && isVisitorsWord(facts.story.received)
export const resumed = (facts: Facts) => facts.entered.find(entry => entry.resumed)
export const flowPlace = (facts: Facts) => facts.entered[0]?.place

/** Who had the dialog engine skipped, as the subject of a sentence. */
export function skipper(facts: Facts): string {
  const by = facts.decision?.skippedBy ?? skippedBy(facts)?.from
  return by ? who(by) : 'something'
}

/** How the flow took the event, as a half-sentence after “so”. */
export function flowTook(facts: Facts): string {
  const answer = resumed(facts)
  if (answer) return `the flow took it as the visitor’s answer at node ${nodeName(answer)}`
  const first = facts.entered[0]
  return first ? `the dialog engine started ${first.flow}, node ${quote(first.node)}` : 'the dialog engine processed it like a message'
}
