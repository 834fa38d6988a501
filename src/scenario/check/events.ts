import type { EntryOf } from '../../trace/entry.ts'
import { inline, list, similar, times } from '../../trace/words.ts'
import type { Expect, Text } from '../schema/index.ts'
import { askedFor, textMatches, textWords, valueMatches, valueWords } from './match.ts'
import type { Miss, View } from './view.ts'

/** Events and the flow. */

type EventMatch = {
  type?: string
  count?: number
  payload?: unknown
  from?: string
  fate?: 'processed' | 'rejected' | 'waiting' | 'stuck' | 'failed'
}

const incoming = (view: View) => view.of('event-received').filter(({ direction }) => direction !== 'outgoing')
const typesOf = (view: View) => [...new Set(incoming(view).map(({ type }) => type))]

export function event(expected: NonNullable<Expect['event']>, view: View): Miss[] {
  return [expected].flat().flatMap((one, index) => {
    const path = Array.isArray(expected) ? [index] : []
    const match = (typeof one === 'string' ? { type: one } : one) as EventMatch
    const found =
      match.fate === 'rejected'
        ? view.of('event-rejected').filter(entry => match.type === undefined || entry.type === match.type)
        : incoming(view).filter(entry => fits(entry, match, view))
    if (match.count === undefined ? found.length > 0 : found.length === match.count) return []
    const words = [`The event${match.type ? ` “${match.type}”` : ''}`]
    if (match.payload !== undefined) words.push(`with ${valueWords(match.payload)} in its payload`)
    if (match.from !== undefined) words.push(`from the ${match.from}`)
    words.push(match.fate === undefined ? 'was expected' : `was expected to be ${match.fate}`)
    if (match.count !== undefined) words.push(match.count === 0 ? 'never' : times(match.count))
    const same = incoming(view).filter(({ type }) => type === match.type)
    const types = typesOf(view)
    const meant = match.type && same.length === 0 ? similar(match.type, types) : undefined
    const was =
      match.count !== undefined && found.length > 0
        ? `${match.fate === undefined ? 'it came' : 'that happened'} ${times(found.length)}`
        : same.length > 0
          ? unlike(match, same, view)
          : types.length === 0
            ? 'no event reached the bot'
            : `these reached the bot: ${list(types, 8)}${meant ? ` (“${meant}” is spelt almost like it)` : ''}`
    return [
      {
        path,
        message: `${words.join(' ')}, but ${was}.`,
        // Side by side only where payloads are what is compared.
        ...(match.payload !== undefined && {
          expected: JSON.stringify(match.payload, undefined, 2),
          actual: same.map(({ payload }) => JSON.stringify(askedFor(match.payload, payload), undefined, 2)).join('\n')
        }),
        ...view.because()
      }
    ]
  })
}

/** What there was of that type instead: only what was asked for. */
function unlike({ payload, from, fate }: EventMatch, same: EntryOf<'event-received'>[], view: View): string {
  const told = [
    fate !== undefined && `was ${list([...new Set(same.map(one => fateOf(one, view)))])}`,
    from !== undefined && `came from the ${list([...new Set(same.map(one => one.from.by))])}`,
    (payload !== undefined || (fate === undefined && from === undefined)) &&
      `had the payload ${list(
        same.map(one => inline(payload === undefined ? one.payload : askedFor(payload, one.payload), 120)),
        4
      )}`
  ].filter(words => words !== false)
  return `it ${told.join(' and ')}`
}

export function noEvent(expected: string | string[], view: View): Miss[] {
  return [expected].flat().flatMap(type => {
    const found = incoming(view).find(one => one.type === type)
    return found
      ? [
          {
            message: `No event “${type}” was expected to reach the bot, but one did ${view.when(found.at)}.`,
            actual: JSON.stringify(found.payload)
          }
        ]
      : []
  })
}

function fits(entry: EntryOf<'event-received'>, { type, payload, from, fate }: EventMatch, view: View): boolean {
  if (type !== undefined && entry.type !== type) return false
  if (from !== undefined && entry.from.by !== from) return false
  if (payload !== undefined && !valueMatches(payload, entry.payload)) return false
  return fate === undefined || fateOf(entry, view) === fate
}

function fateOf({ eventId }: EntryOf<'event-received'>, view: View): NonNullable<EventMatch['fate']> | 'under way' {
  const ended = view.of('event-ended', view.all).findLast(one => one.eventId === eventId)
  if (ended) return ended.outcome === 'failed' ? 'failed' : 'processed'
  if (view.of('event-stuck', view.all).some(one => one.eventId === eventId)) return 'stuck'
  return view.of('event-started', view.all).some(one => one.eventId === eventId) ? 'under way' : 'waiting'
}

export function dialog(expected: NonNullable<Expect['dialog']>, view: View): Miss[] {
  const visits = new Set(
    incoming(view)
      .filter(({ type }) => type === 'visit')
      .map(({ eventId }) => eventId)
  )
  const made = view.of('decision-made').filter(({ eventId }) => !visits.has(eventId))
  const didRun = made.some(({ outcome }) => outcome === 'dialog' || outcome === 'suggestion-and-dialog')
  const is = made.length === 0 ? 'untouched' : didRun ? 'ran' : 'skipped'
  if (is === expected) return []
  const words = { ran: 'run', skipped: 'be skipped', untouched: 'have nothing to decide' }[expected]
  const was = { ran: 'it ran', skipped: 'it was skipped', untouched: 'no event came so far' }[is]
  const entered = view.of('dialog-entered').map(({ flow, node }) => `${flow}#${node}`)
  return [
    {
      message: `The dialog engine was expected to ${words}, but ${was}${entered.length > 0 ? ` (${list(entered, 6)})` : ''}.`,
      expected,
      actual: is,
      ...view.because()
    }
  ]
}

/** Every node that the flow came to, in order: entered, or waiting at. */
function reached(view: View): string[] {
  return view.entries.flatMap(entry =>
    entry.kind === 'dialog-entered' || entry.kind === 'dialog-waits' ? [`${entry.flow}#${entry.node}`] : []
  )
}

export function nodes(expected: readonly string[], view: View): Miss[] {
  const path = reached(view)
  let from = 0
  for (const [index, node] of expected.entries()) {
    const at = path.findIndex((one, position) => position >= from && isNode(one, node))
    if (at >= 0) {
      from = at + 1
      continue
    }
    const was = path.length === 0 ? 'the flow was not entered' : `it reached ${list(distinct(path), 12)}`
    return [
      {
        path: [index],
        message: `The flow was expected to reach ${node}, but ${was}.`,
        expected: expected.join('\n'),
        actual: path.join('\n'),
        ...view.because()
      }
    ]
  }
  return []
}

/** `listen` and `main#listen` mean `main.flow.json#listen`. */
export function isNode(actual: string, expected: string): boolean {
  const [flow, node] = expected.includes('#') ? expected.split('#') : [undefined, expected]
  const [actualFlow, actualNode] = actual.split('#')
  return node === actualNode && (flow === undefined || flow === actualFlow || `${flow}.flow.json` === actualFlow)
}

export function suggestion(expected: Text, view: View): Miss[] {
  const found = view.of('decision-made').filter(({ outcome }) => outcome.startsWith('suggestion'))
  const told = found.map(({ suggestions }) => JSON.stringify(suggestions))
  if (told.some(text => textMatches(expected, text))) return []
  return [
    {
      message: `A suggestion with ${textWords(expected)} was expected to be elected, but ${told.length === 0 ? 'none was' : `this was: ${told.join('; ')}`}.`,
      ...view.because()
    }
  ]
}

const distinct = (path: readonly string[]) => path.filter((node, index) => node !== path[index - 1])
