import type { EntryOf } from '../entry.ts'
import { groupBy } from '../group.ts'
import { duration, list } from '../words.ts'
import type { FindingRow } from './finding.ts'

/** Why no hook was called for a session that ended, in one or two sentences. */
export function whyNoTimeOut({ contextMs, sessionMs }: Pick<EntryOf<'session-expired'>, 'contextMs' | 'sessionMs'>): string {
  return sessionMs <= contextMs
    ? `A session lives for ${duration(sessionMs)} without an event, the flow’s position in it for ${duration(contextMs)}: Botpress deletes the session first, and finds nothing then that could time out.`
    : `Both the session (${duration(sessionMs)}) and the flow’s position in it (${duration(contextMs)}) had ended before Botpress looked again: it deletes the session first, and finds nothing then that could time out.`
}

/** What to do about it. */
export const LONGER_SESSION = 'Let `dialog.sessionTimeoutInterval` be longer than `dialog.timeoutInterval` in bot.config.json.'
const OUTLIVES_THE_SERVER =
  'Let `dialog.sessionTimeoutInterval` be longer than `dialog.timeoutInterval` by more than the server may stand still.'

/** The hook for conversations that time out was never called, because their sessions had ended as well (S52). */
export const TIMEOUT_NEVER_RAN: FindingRow = {
  id: 'timeout-never-ran',
  tone: 'warning',
  title: 'Time-out hook never ran',
  rules: ['R6.8', 'R12.1', 'R12.2', 'BPC002', 'S52'],
  find: ({ entries }) => {
    const expired = entries.filter(
      (entry): entry is EntryOf<'session-expired'> => entry.kind === 'session-expired' && entry.hooks.length > 0
    )
    return groupBy(expired, ({ botId }) => botId).map(ended => {
      const [first] = ended as [EntryOf<'session-expired'>]
      return {
        says: [
          `${list(first.hooks.map(({ name }) => name))} of before_session_timeout did not run for ${ended.length > 1 ? `${ended.length} conversations that ended by themselves` : 'a conversation that ended by itself'}.`,
          whyNoTimeOut(first)
        ],
        todo: [first.sessionMs <= first.contextMs ? LONGER_SESSION : OUTLIVES_THE_SERVER],
        seqs: ended.map(({ seq }) => seq),
        places: first.hooks.map(({ place }) => place)
      }
    })
  }
}
