import type { Place } from '../entry.ts'
import { ANSWER_CAPTURED, OPEN_QUESTIONS } from './answers.ts'
import { BOT_FINDINGS } from './bots.ts'
import type { Finding, FindingRow, Run } from './finding.ts'
import { BURST, TOO_LATE_AT_NIGHT, TOO_OFTEN } from './frequency.ts'
import { TWO_LANGUAGES } from './languages.ts'
import { AFTER_LEAVING } from './left.ts'
import { ORDER_MATTERS } from './order.ts'
import { QUEUE_LOCKED } from './queue.ts'
import { SAID_TWICE } from './repeats.ts'
import { TIMEOUT_NEVER_RAN } from './timeouts.ts'
import { TIMERS_LOST } from './timers.ts'
import { SENT_TOO_EARLY } from './too-early.ts'
import { VOICEFLOW_FINDINGS } from './voiceflow.ts'
import { RAW_WORDS } from './wording.ts'

export { type Finding, type Run, runOf } from './finding.ts'

/** What is looked for in a run, the worst first. */
export const FINDINGS: readonly FindingRow[] = [
  QUEUE_LOCKED,
  RAW_WORDS,
  TWO_LANGUAGES,
  SENT_TOO_EARLY,
  SAID_TWICE,
  TOO_OFTEN,
  TOO_LATE_AT_NIGHT,
  BURST,
  ANSWER_CAPTURED,
  OPEN_QUESTIONS,
  AFTER_LEAVING,
  ORDER_MATTERS,
  TIMERS_LOST,
  TIMEOUT_NEVER_RAN,
  ...VOICEFLOW_FINDINGS,
  ...BOT_FINDINGS
]

/** All that was found in a run. Pure. */
export const findingsOf = (run: Run): Finding[] => [...findingsIn(run)].flat()

/** The same, a row at a time: whoever has something else to do meanwhile does it between. */
export function* findingsIn(run: Run): Generator<Finding[], void> {
  for (const row of FINDINGS)
    yield row.find(run).map<Finding>(found => ({
      id: row.id,
      tone: row.tone,
      title: row.title,
      says: found.says,
      todo: found.todo ?? [],
      rules: [...new Set([...row.rules, ...(found.rules ?? [])])],
      places: distinct(found.places ?? []),
      seqs: found.seqs
    }))
}

function distinct(places: readonly (Place | undefined)[]): Place[] {
  const seen = new Map<string, Place>()
  for (const place of places) if (place) seen.set(`${place.file}:${place.line ?? 0}`, place)
  return [...seen.values()]
}
