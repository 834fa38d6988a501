import { BOT_TELLINGS, type BotTelling } from './causes/bots.ts'
import type { Cause, Tone } from './causes/cause.ts'
import { FLOW_TOOK } from './causes/flow-took.ts'
import { TELLINGS, type Telling } from './causes/other.ts'
import { OUTCOMES } from './causes/outcomes.ts'
import { PAGE, SENT } from './causes/page.ts'
import { REMARKS } from './causes/remarks.ts'
import { UNFINISHED } from './causes/unfinished.ts'
import type { EntryKind, Place, TraceEntry } from './entry.ts'
import { type Facts, factsOf } from './facts.ts'
import type { Story } from './story.ts'
import { TraceIndex } from './trace-index.ts'
import { quote, sentence, stop, textOf, who } from './words.ts'

export type { Tone } from './causes/cause.ts'

/** Why what happened happened: of an event, of something a page sent, of a page, of an accident. */
export interface Verdict {
  /** `seq` of the first entry of what it is about; and the event's id where it is one. */
  seq: number
  eventId?: string
  /** Id of the row in the tables below `causes/`. */
  outcome: string
  /** Ids of what else is true (rows of remarks.ts). */
  remarks: string[]
  /** The worst of outcome and remarks. */
  tone: Tone
  /** Two or three words; those of the outcome, or of the worst remark when the outcome itself is fine. */
  chip: string
  /** The short form: what the outcome says first and, where a remark is worse than the outcome, what that says first. */
  headline: string
  /** All of it: what the outcome says, then what each remark says. */
  sentences: string[]
  /** The same in paragraphs: one for the outcome and one for each remark. */
  paragraphs: string[]
  /** What to do. May be empty. */
  advice: string[]
  /** R… of the runtime, BP… of our diagnostics, G… and S… of needs and scenarios. */
  rules: string[]
  places: Place[]
}

const WORSE: readonly Tone[] = ['good', 'quiet', 'running', 'warning', 'error']
const TABLES: Partial<Record<Story['kind'], readonly Cause[]>> = {
  event: [...UNFINISHED, ...FLOW_TOOK, ...OUTCOMES],
  sent: SENT,
  page: PAGE
}

/** A remark that the outcome has already told. */
const TOLD: Record<string, readonly string[]> = {
  'flag-unknown': ['flag-also-unknown'],
  'flag-too-late': ['late'],
  failed: ['retried'],
  'not-connected': ['not-shown'],
  'nobody-there': ['not-shown']
}

/** The verdict on a story as it stands now. Pure; a story that grows gets another one. */
export function verdictOf(story: Story, index: TraceIndex, facts: Facts = factsOf(story)): Verdict {
  const ofBot = BOT_TELLINGS[story.kind]
  if (ofBot) return tellBot(story, ofBot(story))
  const table = TABLES[story.kind]
  const direct = story.kind === 'event' && (story.direction === 'incoming' || story.direction === undefined)
  if (story.kind === 'event' && story.direction === 'outgoing') return tellUnasked(story, index)
  if (!table || (story.kind === 'event' && !direct)) return tell(story)
  const outcome = table.find(row => row.when(facts, index))!
  const told = TOLD[outcome.id] ?? []
  const remarks = direct ? REMARKS.filter(row => !told.includes(row.id) && row.when(facts, index)) : []
  return compose(story, [outcome, ...remarks], facts, index)
}

/** Verdicts of a whole trace, in the order in which things began. */
export function verdictsOf(entries: readonly TraceEntry[]): Verdict[] {
  const index = new TraceIndex()
  index.append(entries)
  return index.stories.map(story => verdictOf(story, index))
}

function compose(story: Story, rows: Cause[], facts: Facts, index: TraceIndex): Verdict {
  const [outcome, ...remarks] = rows as [Cause, ...Cause[]]
  const worst = rows.reduce((worst, row) => (WORSE.indexOf(row.tone) > WORSE.indexOf(worst.tone) ? row : worst), outcome)
  const lead = unique([outcome, worst].flatMap(row => row.says(facts, index).slice(0, 1)))
  return {
    seq: story.id,
    ...(story.eventId !== undefined && { eventId: story.eventId }),
    outcome: outcome.id,
    remarks: remarks.map(row => row.id),
    tone: worst.tone,
    chip: outcome.tone === 'warning' || outcome.tone === 'error' ? outcome.chip : worst.chip,
    headline: lead.join(' '),
    sentences: unique(rows.flatMap(row => row.says(facts, index))),
    paragraphs: unique(rows.map(row => row.says(facts, index).join(' '))),
    advice: unique(rows.flatMap(row => row.todo?.(facts, index) ?? [])),
    rules: unique(rows.flatMap(row => [...row.rules])),
    places: distinct(rows.flatMap(row => row.places?.(facts) ?? []))
  }
}

function tellBot(story: Story, { says, todo, place, ...told }: BotTelling): Verdict {
  return {
    ...told,
    seq: story.id,
    remarks: [],
    headline: says[0] ?? '',
    sentences: unique(says),
    paragraphs: [unique(says).join(' ')],
    advice: unique(todo),
    places: place ? [place] : []
  }
}

/** A message that no event led to: a timer, a job, another system had it sent. */
function tellUnasked(story: Story, index: TraceIndex): Verdict {
  const { received } = story
  const reached = story.entries.filter(entry => entry.kind === 'chat-received')
  const lost = story.entries.find(entry => entry.kind === 'reply-lost')
  const seen = reached.length > 0 && (!index.hasPages || reached.some(entry => entry.shown))
  const text = received && textOf(received.payload)
  const what = text ? quote(text, 48) : `a message of type ${quote(received?.type ?? '(no type)')}`
  const by = received ? who(received.from) : 'the bot'
  const says = lost
    ? [stop(`${sentence(what)} never reached the chat: ${lost.reason}`), `It was sent by ${by}; the visitor saw nothing.`]
    : seen
      ? [
          `The visitor ${text ? `read ${what}` : `saw ${what}`}, sent by ${by}.`,
          'No event of the visitor or the page led to it: the bot spoke of its own accord.'
        ]
      : reached.length > 0
        ? [
            `${sentence(what)}, sent by ${by}, came when no open page of the visitor was there to show it.`,
            'It will be in the history when the chat is opened.'
          ]
        : [sentOn(story)]
  return {
    seq: story.id,
    ...(story.eventId !== undefined && { eventId: story.eventId }),
    outcome: 'unasked',
    remarks: [],
    tone: lost ? 'error' : seen ? 'good' : 'quiet',
    chip: lost ? 'reply lost' : seen ? 'spoke first' : reached.length > 0 ? 'not on screen' : 'outgoing',
    headline: says[0]!,
    sentences: says,
    paragraphs: [says.join(' ')],
    advice: [],
    rules: ['R16.2', 'R19.6', 'S49', 'S53'],
    places: received?.from.place ? [received.from.place] : []
  }
}

/** Stories that no table covers speak through the entry that says most. */
function tell(story: Story): Verdict {
  const telling = story.entries.filter(entry => entry.kind in TELLINGS)
  const entry =
    telling.find(entry => entry.kind === 'hook-ended' && entry.outcome === 'failed') ??
    telling.findLast(entry => entry.kind === 'hook-ended') ??
    telling[0]
  const base = {
    seq: story.id,
    ...(story.eventId !== undefined && { eventId: story.eventId }),
    remarks: [],
    advice: [],
    rules: [],
    places: []
  }
  if (!entry)
    return {
      ...base,
      outcome: 'sent',
      tone: 'quiet',
      chip: story.direction ?? 'note',
      headline: sentOn(story),
      sentences: [sentOn(story)],
      paragraphs: [sentOn(story)]
    }
  const row = TELLINGS[entry.kind] as Telling<EntryKind>
  const { tone, chip, says, todo = [], place } = row.tell(entry as never)
  return {
    ...base,
    outcome: row.id,
    tone,
    chip,
    headline: says[0] ?? '',
    sentences: says,
    paragraphs: [says.join(' ')],
    advice: todo,
    rules: [...row.rules],
    places: place ? [place] : []
  }
}

function sentOn(story: Story): string {
  const received = story.received
  if (!received) return 'Something was noted.'
  return received.direction === 'internal'
    ? `Botpress made an internal event “${received.type}”.`
    : `A message of type “${received.type}” was sent to ${received.target} without an event as its cause.`
}

const unique = (items: string[]) => [...new Set(items)].filter(item => item !== '')

function distinct(places: (Place | undefined)[]): Place[] {
  const seen = new Map<string, Place>()
  for (const place of places) if (place) seen.set(`${place.file}:${place.line ?? 0}`, place)
  return [...seen.values()]
}
