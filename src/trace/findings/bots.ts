import { type Activity, asksSomething } from '../../botframework/activity.ts'
import { activityText } from '../bot-lines.ts'
import { type BotReading, botReadingOf } from '../bots/reading.ts'
import type { EntryOf } from '../entry.ts'
import { groupBy } from '../group.ts'
import { count, quote, times } from '../words.ts'
import type { FindingRow, Found, Run } from './finding.ts'

/** What a whole run of a bot of the Bot Framework family shows. */

const readings = new WeakMap<Run, BotReading>()
/** Several rows read the same run. */
function readingOf(run: Run): BotReading {
  const known = readings.get(run) ?? botReadingOf(run.entries)
  readings.set(run, known)
  return known
}

const of = <K extends 'connector-call' | 'bot-stopped' | 'bot-started' | 'bot-reach'>(run: Run, kind: K): EntryOf<K>[] =>
  run.entries.filter(entry => entry.kind === kind) as unknown[] as EntryOf<K>[]

/** The bot took words for the answer to another question (S31). */
export const capturedByBots = (run: Run): Found[] =>
  readingOf(run)
    .collisions.filter(({ kind }) => kind === 'astray')
    .map(({ question, notice, answer, says, todo }) => ({
      says: [`${activityText(notice.activity)} arrived while the bot waited for an answer.`, ...says.slice(1)],
      todo,
      seqs: [question.seq, notice.seq, ...(answer ? [answer.seq] : [])],
      rules: ['BFP005']
    }))

/** A notice threw away what the visitor was doing. */
export const BOT_TASK_LOST: FindingRow = {
  id: 'task-lost',
  tone: 'warning',
  title: 'Task thrown away',
  rules: ['S29', 'BFP007'],
  find: run =>
    readingOf(run)
      .collisions.filter(({ kind }) => kind === 'lost')
      .map<Found>(({ question, notice, says, todo }) => ({
        says: [`${activityText(notice.activity)}: ${says.at(-1)}`],
        todo,
        seqs: [question.seq, notice.seq]
      }))
}

/** Two questions that the bot asked on its own stand open at once (S32). */
export function openQuestionsOfBots(run: Run): Found[] {
  const reading = readingOf(run)
  const unasked = new Set(reading.judged.filter(({ judgement }) => judgement.kind !== 'reply').map(({ entry }) => entry.seq))
  const open = new Map<string, EntryOf<'activity-from-bot'>[]>()
  const found: Found[] = []
  for (const entry of run.entries) {
    if (entry.kind === 'activity-to-bot' && entry.type === 'message') open.delete(entry.conversationId)
    if (entry.kind !== 'activity-from-bot' || !unasked.has(entry.seq) || !asksSomething(entry.activity as Activity)) continue
    const asked = [...(open.get(entry.conversationId) ?? []), entry]
    open.set(entry.conversationId, asked)
    if (asked.length === 1 || isOneAtATime(reading, asked)) continue
    found.push({
      says: [
        `${count(asked.length, 'question')} that nobody asked for stand open at once, the last ${activityText(entry.activity)}.`,
        'The visitor’s next words answer only one of them.'
      ],
      todo: ['Let the newest take the place of the one before, or keep it until that is answered.'],
      seqs: asked.map(({ seq }) => seq)
    })
  }
  return found
}

/** The dialog of the first question stands on the stack once: the second took its place. */
function isOneAtATime(reading: BotReading, asked: readonly EntryOf<'activity-from-bot'>[]): boolean {
  const step = reading.steps.find(({ message }) => asked.includes(message))
  if (!step || step.change === 'unchanged' || step.change === 'cleared') return false
  const [own] = step.change === 'pushed' ? step.after.slice(step.before.length) : step.after
  return step.after.filter(id => id === own).length === 1
}

/** The same words, more than once, to one conversation on grounds of one thing. */
export const BOT_DOUBLED: FindingRow = {
  id: 'doubled',
  tone: 'warning',
  title: 'Said twice',
  rules: ['V3', 'F4'],
  find: run => {
    const notices = readingOf(run).judged.filter(({ entry, judgement }) => judgement.kind !== 'reply' && entry.type === 'message')
    const groups = groupBy(
      notices,
      ({ entry }) => `${entry.conversationId}\n${(entry.activity as Activity).text ?? ''}\n${Math.floor(entry.at / 10_000)}`
    )
    return groups
      .filter(group => group.length > 1 && (group[0]!.entry.activity as Activity).text)
      .map<Found>(group => ({
        says: [`${quote((group[0]!.entry.activity as Activity).text!, 60)} came ${times(group.length)} within ten seconds.`],
        todo: ['Store one reference for each conversation, by its id; and mind that a send which failed with 500 may have arrived.'],
        seqs: group.map(({ entry }) => entry.seq)
      }))
  }
}

/** A refusal for good was tried again (S62). */
export const BOT_TRIES_ON: FindingRow = {
  id: 'tries-on',
  tone: 'warning',
  title: 'Tries on after a refusal for good',
  rules: ['S62', 'BFP009'],
  find: run => {
    const refused = of(run, 'connector-call').filter(({ status, conversationId }) => status === 403 && conversationId !== undefined)
    return groupBy(refused, ({ conversationId }) => conversationId!)
      .filter(group => group.length > 1)
      .map<Found>(group => ({
        says: [`The bot tried ${times(group.length)} to write to somebody who removed or blocked it: ${group[0]!.reason}`],
        todo: ['Take them off the list at the first 403, until the bot is installed again.'],
        seqs: group.map(({ seq }) => seq)
      }))
  }
}

/** The bot restarted, was called, and wrote to nobody: what it kept in memory is gone (S60). */
export const BOT_FORGOT: FindingRow = {
  id: 'references-lost',
  tone: 'error',
  title: 'References lost by a restart',
  rules: ['S60', 'BFP003'],
  find: run => {
    const restarts = of(run, 'bot-started').slice(1)
    if (restarts.length === 0) return []
    const unasked = readingOf(run).judged.filter(({ judgement }) => judgement.kind !== 'reply')
    const metBefore = (seq: number) => run.entries.some(entry => entry.kind === 'activity-to-bot' && entry.seq < seq)
    return restarts.flatMap<Found>(restart => {
      const next = restarts.find(({ seq }) => seq > restart.seq)?.seq ?? Number.POSITIVE_INFINITY
      const called = run.entries.filter(entry => entry.kind === 'bot-trigger-ended' && entry.seq > restart.seq && entry.seq < next)
      const heard = run.entries.some(
        entry => entry.kind === 'activity-to-bot' && entry.seq > restart.seq && entry.seq < (called[0]?.seq ?? 0)
      )
      const spoke = unasked.some(({ entry }) => entry.seq > restart.seq && entry.seq < next)
      if (called.length === 0 || heard || spoke || !metBefore(restart.seq)) return []
      return [
        {
          says: [
            'After its restart the bot was called, and wrote to nobody, although people had talked to it before: it kept their references in memory.'
          ],
          todo: ['Keep references in a storage that outlives the process.'],
          seqs: [restart.seq, ...called.map(({ seq }) => seq)]
        }
      ]
    })
  }
}

/** What the bot meant to do later is gone with its process (S51). */
export const BOT_TIMERS_LOST: FindingRow = {
  id: 'timers-lost',
  tone: 'warning',
  title: 'Timers lost by a restart',
  rules: ['S51', 'J1'],
  find: run =>
    of(run, 'bot-stopped')
      .filter(({ timers = 0 }) => timers > 0)
      .map<Found>(({ seq, timers = 0 }) => ({
        says: [
          `${count(timers, 'timer')} of the bot had not come yet when its process ended: unless the bot stored what is due, it does not happen.`
        ],
        todo: ['Store when something is due, with the reference; look for what is due when the bot starts.'],
        seqs: [seq]
      }))
}

export const BOT_FINDINGS: readonly FindingRow[] = [BOT_TASK_LOST, BOT_DOUBLED, BOT_TRIES_ON, BOT_FORGOT, BOT_TIMERS_LOST]
