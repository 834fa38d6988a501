import type { TraceEntry } from '../../trace/entry.ts'
import { runOf } from '../../trace/findings/index.ts'
import { mistakesIn } from '../../trace/findings/mistakes.ts'
import { baseName, inline, list, quote, textOf } from '../../trace/words.ts'
import { isNamed } from '../file/references.ts'
import type { Expect, Text } from '../schema/index.ts'
import { isNode } from './events.ts'
import { askedFor, textMatches, textWords, valueMatches, valueWords } from './match.ts'
import type { Miss, View } from './view.ts'

/** Order, judgement, network, and what no other word says. */

type Milestone = NonNullable<Expect['order']>[number]

export function order(expected: readonly Milestone[], view: View): Miss[] {
  const { entries } = view
  const sayings = new Map(view.said.map(said => [said.entry as TraceEntry, said.text]))
  let from = 0
  for (const [index, milestone] of expected.entries()) {
    const is = (entry: TraceEntry) => isMilestone(entry, milestone, sayings)
    const at = entries.findIndex((entry, position) => position >= from && is(entry))
    if (at >= 0) {
      from = at + 1
      continue
    }
    const anywhere = entries.find(is)
    const before = expected[index - 1]
    const was = anywhere ? `it happened before that, ${view.when(anywhere.at)}` : 'it did not happen'
    return [
      {
        path: [index],
        message: `${words(milestone)} was expected${before ? ` after ${words(before)}` : ''}, but ${was}.`.replace(/^./, letter =>
          letter.toUpperCase()
        ),
        expected: expected.map(words).join('\n'),
        actual: told(entries, expected, sayings).join('\n'),
        ...view.because(
          milestone.sent !== undefined || milestone.page !== undefined ? story => story.kind === 'sent' || story.kind === 'page' : undefined
        )
      }
    ]
  }
  return []
}

function isMilestone(entry: TraceEntry, milestone: Milestone, sayings: ReadonlyMap<TraceEntry, string>): boolean {
  const { page, sent, event, hook, hookEnded, node, says, visitor } = milestone
  switch (entry.kind) {
    case 'page-posted':
      return page !== undefined && entry.name === page
    case 'page-sent':
      return sent !== undefined && entry.type === sent
    case 'event-received':
      return event !== undefined && entry.type === event && entry.direction !== 'outgoing'
    case 'hook-started':
      return hook !== undefined && isNamed(entry.place.file.replaceAll('\\', '/'), hook)
    case 'hook-ended':
      return hookEnded !== undefined && isNamed(entry.place.file.replaceAll('\\', '/'), hookEnded)
    case 'dialog-entered':
    case 'dialog-waits':
      return node !== undefined && isNode(`${entry.flow}#${entry.node}`, node)
    case 'chat-received':
      if (entry.by === 'visitor')
        return (
          visitor !== undefined &&
          textMatches(visitor as Text, textOf((entry.payload as { payload?: unknown })?.payload ?? entry.payload) ?? '')
        )
      return says !== undefined && sayings.has(entry) && textMatches(says as Text, sayings.get(entry)!)
    default:
      return false
  }
}

const words = (milestone: Milestone) =>
  Object.entries(milestone)
    .map(([what, value]) => `${what} ${typeof value === 'string' ? value : textWords(value as Text)}`)
    .join(', ')

/** So many lines of what happened stand beside what was expected. */
const MOST_TOLD = 40

/** What happened, as far as it is of a kind that was asked for. */
function told(entries: readonly TraceEntry[], expected: readonly Milestone[], sayings: ReadonlyMap<TraceEntry, string>): string[] {
  const kinds = new Set(expected.flatMap(milestone => Object.keys(milestone)))
  const lines = entries.flatMap(entry => tell(entry, sayings)).filter(line => kinds.has(line.slice(0, line.indexOf(' '))))
  return lines.length > MOST_TOLD ? [...lines.slice(0, MOST_TOLD), `and ${lines.length - MOST_TOLD} more`] : lines
}

function tell(entry: TraceEntry, sayings: ReadonlyMap<TraceEntry, string>): string[] {
  switch (entry.kind) {
    case 'page-posted':
      return entry.name ? [`page ${entry.name}`] : []
    case 'page-sent':
      return [`sent ${entry.type} (${entry.fate})`]
    case 'event-received':
      return entry.direction === 'outgoing' ? [] : [`event ${entry.type}`]
    case 'hook-started':
      return /[\\/]data[\\/]/.test(entry.place.file) ? [`hook ${baseName(entry.place.file)}`] : []
    case 'hook-ended':
      return /[\\/]data[\\/]/.test(entry.place.file) ? [`hookEnded ${baseName(entry.place.file)}`] : []
    case 'dialog-entered':
      return [`node ${entry.flow}#${entry.node}`]
    case 'chat-received':
      if (entry.by === 'visitor')
        return [`visitor ${textOf((entry.payload as { payload?: unknown })?.payload ?? entry.payload) ?? entry.by}`]
      return sayings.has(entry) ? [`says ${sayings.get(entry)}`] : []
    default:
      return []
  }
}

type VerdictMatch = { outcome?: string; text?: Text; rule?: string; event?: string }

const NEUTRAL: ReadonlySet<string> = new Set(['engine-started', 'hook-ran', 'clock', 'handled-by-widget'])

export function verdict(expected: NonNullable<Expect['verdict']>, view: View): Miss[] {
  const told = view.stories.map(story => ({ story, verdict: view.verdict(story) }))
  return [expected].flat().flatMap((one, index) => {
    const isText = typeof one === 'string' || 'is' in one || 'contains' in one || 'matches' in one || 'not' in one
    const { outcome, text, rule, event } = (isText ? { text: one } : one) as VerdictMatch
    const found = told.some(
      ({ story, verdict }) =>
        (outcome === undefined || verdict.outcome === outcome || verdict.remarks.includes(outcome)) &&
        (text === undefined || textMatches(text, [...verdict.sentences, ...verdict.advice].join(' '))) &&
        (rule === undefined || verdict.rules.includes(rule)) &&
        (event === undefined || story.received?.type === event || story.sent?.type === event)
    )
    if (found) return []
    const conditions = [
      outcome && `outcome ${outcome}`,
      text && textWords(text),
      rule && `rule ${rule}`,
      event && `about the event “${event}”`
    ].filter(Boolean)
    // A hook of the server's start, a clock that was moved: they say nothing about the bot, unless there is nothing else.
    const worth = told.filter(({ story, verdict }) => story.received?.type !== 'visit' && !NEUTRAL.has(verdict.outcome))
    const said = (worth.length > 0 ? worth : told)
      .filter(({ story }) => event === undefined || worth.length === 0 || story.received?.type === event || story.sent?.type === event)
      .map(
        ({ verdict }) =>
          `${verdict.outcome}${verdict.remarks.length > 0 ? ` + ${verdict.remarks.join(' + ')}` : ''}: ${verdict.sentences.join(' ')}`
      )
    return [
      {
        path: Array.isArray(expected) ? [index] : [],
        message: `The simulator was expected to say ${conditions.join(', ')}, but it says: ${
          list(
            said.map(text => quote(text, 160)),
            6
          ) || 'nothing'
        }.`,
        actual: said.join('\n')
      }
    ]
  })
}

/** Rules whose mistake was seen happening. */
export function findings(expected: NonNullable<Expect['findings']>, view: View): Miss[] {
  const seen = mistakesIn(runOf(view.all, undefined, view.index), story => view.verdict(story))
  if (expected === 'none') {
    return seen.size === 0
      ? []
      : [
          {
            message: `No mistake was expected to show itself, but these did: ${[...seen].map(([rule, text]) => `${rule} (${text})`).join('; ')}`
          }
        ]
  }
  return [expected].flat().flatMap((rule, index) =>
    seen.has(rule)
      ? []
      : [
          {
            path: Array.isArray(expected) ? [index] : [],
            message: `The mistake of ${rule} was expected to show itself, but ${seen.size === 0 ? 'none did' : `only ${list([...seen.keys()])} did`}.`
          }
        ]
  )
}

export function requests(expected: NonNullable<Expect['requests']>, view: View): Miss[] {
  const made = view.of('network')
  return [expected].flat().flatMap((one, index) => {
    const { url, method, outcome, count } = (typeof one === 'string' ? { url: one } : one) as {
      url: string
      method?: string
      outcome?: string
      count?: number
    }
    const found = made.filter(
      entry =>
        entry.url.includes(url) && (method === undefined || entry.method === method) && (outcome === undefined || entry.outcome === outcome)
    )
    if (count === undefined ? found.length > 0 : found.length === count) return []
    return [
      {
        path: Array.isArray(expected) ? [index] : [],
        message: `A call of ${url} was expected${count === undefined ? '' : ` ${count} times`}${outcome ? ` (${outcome})` : ''}, but hooks called ${
          list(
            made.map(entry => `${entry.method} ${entry.url} (${entry.outcome})`),
            8
          ) || 'nothing'
        }.`
      }
    ]
  })
}

export function engine(expected: 'ran' | 'stopped', view: View): Miss[] {
  const stopped = view.of('engine-stopped').find(({ reason }) => reason !== 'request')
  if ((stopped !== undefined) === (expected === 'stopped')) return []
  const message = stopped
    ? `The engine was expected to go on, but it had to be stopped (${stopped.reason})${stopped.hook ? ` in ${stopped.hook}` : ''}.`
    : 'The engine was expected to be stopped, but it went on.'
  return [{ message, ...(stopped && { because: stopped.real, places: [stopped.place] }) }]
}

export function outcome(expected: 'answer-captured', view: View): Miss[] {
  const captured = view.stories.some(story => story.interrupted)
  return captured
    ? []
    : [{ message: `It was expected that a flow takes the answer that another message had asked for (${expected}), but it did not happen.` }]
}

export function contains(expected: readonly Record<string, unknown>[], view: View): Miss[] {
  return expected.flatMap((one, index) => {
    if (view.entries.some(entry => valueMatches(one, entry))) return []
    const { kind, ...rest } = one
    // The one that has most of what was asked for is the one that was meant.
    const near = view.entries.filter(entry => entry.kind === kind).toSorted((a, b) => likeness(rest, b) - likeness(rest, a))
    const told = [...new Set(near.map(entry => inline(askedFor(rest, entry), 160)))]
    const was = told.length === 0 ? 'it has none of that kind' : `the ${told.length === 1 ? 'one' : 'nearest'} of that kind has ${told[0]}`
    return [
      {
        path: [index],
        message: `The trace was expected to have an entry ${String(kind)} with ${valueWords(rest)}, but ${was}.`,
        ...(near.length > 0 && {
          expected: JSON.stringify(rest, undefined, 2),
          actual: JSON.stringify(askedFor(rest, near[0]), undefined, 2)
        })
      }
    ]
  })
}

/** How many of the named parts an entry has. */
const likeness = (expected: Record<string, unknown>, entry: TraceEntry) =>
  Object.entries(expected).filter(([key, value]) => valueMatches(value, (entry as unknown as Record<string, unknown>)[key])).length
