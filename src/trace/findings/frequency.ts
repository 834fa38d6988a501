import { groupBy } from '../group.ts'
import { type Account, type Breach, breachesOf } from '../ledger.ts'
import { count, quote, times } from '../words.ts'
import type { FindingRow, Found, Run } from './finding.ts'

const breaches = <K extends Breach['why']['kind']>(run: Run, kind: K) =>
  breachesOf(run.accounts, run.frequency ?? { caps: [] }).filter(
    (breach): breach is Breach & { why: { kind: K } } => breach.why.kind === kind
  )

/** More unasked messages than the workspace allows. */
export const TOO_OFTEN: FindingRow = {
  id: 'too-often',
  tone: 'warning',
  title: 'Too often',
  rules: ['BPH032', 'S54', 'S55'],
  find: run => {
    const groups = groupBy(
      breaches(run, 'cap'),
      ({ account, why }) => `${account.botId}\n${account.visitorId}\n${why.messages}\n${why.hours}`
    )
    return groups.map<Found>(group => {
      const { account, why } = group[0]!
      const most = Math.max(...group.map(breach => breach.why.count))
      return {
        says: [
          why.messages === 0
            ? `The bot spoke of its own accord ${times(group.length)}, which this workspace does not allow at all.`
            : `${count(most, 'unasked message')} within ${hours(why.hours)} to one visitor; this workspace allows ${why.messages}.`,
          `Last: ${lastWords(account)}.`
        ],
        todo: ['Keep with the visitor when the bot last spoke first (`event.state.user`), and be silent until the time has passed.'],
        seqs: group.map(breach => breach.notice.seq),
        places: group.map(breach => breach.notice.from.place)
      }
    })
  }
}

/** Unasked messages in the quiet hours of the workspace. */
export const TOO_LATE_AT_NIGHT: FindingRow = {
  id: 'quiet-hours',
  tone: 'warning',
  title: 'In quiet hours',
  rules: ['S53'],
  find: run =>
    breaches(run, 'quiet').map<Found>(({ notice, why }) => ({
      says: [
        `${notice.texts[0] ? quote(notice.texts[0], 48) : 'A message'} came between ${why.from} and ${why.to}, when this workspace wants quiet.`
      ],
      todo: ['Look at the visitor’s clock before speaking (`event.state.user.timezone`), and store what can wait until the morning.'],
      seqs: [notice.seq],
      places: [notice.from.place]
    }))
}

/** So many events of one kind in so many ms are no intention. */
const MANY = 3
const AT_ONCE = 1000

/** Identical triggers in a row, of which more than one made the bot speak. */
export const BURST: FindingRow = {
  id: 'burst',
  tone: 'warning',
  title: 'Burst of triggers',
  rules: ['S57', 'BPP006'],
  find: ({ accounts }) =>
    accounts.flatMap(account =>
      groupBy(account.notices, notice => notice.type).flatMap<Found>(notices => {
        const start = notices.findIndex((notice, n) => (notices[n + MANY - 1]?.at ?? Number.POSITIVE_INFINITY) - notice.at <= AT_ONCE)
        const first = notices[start]
        if (!first) return []
        const burst = notices.slice(start).filter(notice => notice.at - first.at <= AT_ONCE)
        return [
          {
            says: [`${quote(first.type)} came ${times(burst.length)} within a second, and the bot answered each.`],
            todo: ['Let the page send it once (a double click sends two), and let the hook remember that it has answered.'],
            seqs: burst.map(notice => notice.seq),
            places: burst.flatMap(notice => [notice.story.sent?.place, notice.from.place])
          }
        ]
      })
    )
}

const hours = (n: number) => (n % 24 === 0 ? count(n / 24, 'day') : count(n, 'hour'))

function lastWords(account: Account): string {
  const text = account.notices.at(-1)?.texts[0]
  return text ? quote(text, 48) : 'a message without text'
}
