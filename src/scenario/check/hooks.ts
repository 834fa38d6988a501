import type { EntryOf, Place } from '../../trace/entry.ts'
import { baseName, list, placeName, quote, times } from '../../trace/words.ts'
import { isNamed } from '../file/references.ts'
import type { Expect, Text } from '../schema/index.ts'
import { textMatches, textWords } from './match.ts'
import type { Miss, View } from './view.ts'

/** What hooks do. */

const started = (view: View) => view.of('hook-started').filter(({ place }) => !isStock(place))
const isStock = ({ file }: Place) => !/[\\/]data[\\/]/.test(file)
const named = (file: string, name: string) => isNamed(file.replaceAll('\\', '/'), name)
const namesOf = (runs: readonly EntryOf<'hook-started'>[]) =>
  runs.length === 0
    ? 'none'
    : list(
        runs.map(({ place }) => baseName(place.file)),
        10
      )

export function ran(expected: readonly string[], view: View): Miss[] {
  const runs = started(view)
  let from = 0
  for (const [index, name] of expected.entries()) {
    const at = runs.findIndex(({ place }, position) => position >= from && named(place.file, name))
    if (at >= 0) {
      from = at + 1
      continue
    }
    const ranBefore = runs.some(({ place }) => named(place.file, name))
    const message = `The hook ${name} was expected to run${ranBefore ? ' after those listed before it' : ''}, but these ran: ${namesOf(runs)}.`
    return [
      {
        path: [index],
        message,
        expected: expected.join('\n'),
        actual: runs.map(({ place }) => baseName(place.file)).join('\n'),
        ...view.because()
      }
    ]
  }
  return []
}

export function notRan(expected: string | string[], view: View): Miss[] {
  return [expected].flat().flatMap(name => {
    const run = started(view).find(({ place }) => named(place.file, name))
    return run ? [{ message: `The hook ${name} was not expected to run, but it did ${view.when(run.at)}.`, places: [run.place] }] : []
  })
}

export function noHooks(view: View): Miss[] {
  const runs = started(view).filter(({ eventId }) => eventId !== undefined)
  return runs.length === 0
    ? []
    : [{ message: `No hook was expected to run, but these did: ${namesOf(runs)}.`, places: runs.map(({ place }) => place) }]
}

/** Botpress' own hooks set flags on events of its own. */
const byAuthors = (view: View) => view.of('flag-set').filter(({ from }) => from.place !== undefined && !isStock(from.place))

export function flags(expected: Record<string, boolean>, view: View): Miss[] {
  return Object.entries(expected).flatMap(([flag, wanted]) => {
    const set = byAuthors(view).filter(entry => entry.flag === flag)
    const is = set.some(({ value }) => value)
    if (is === wanted) return []
    const other = byAuthors(view).map(entry => entry.flag)
    const message = wanted
      ? `The flag ${flag} was expected to be set, but ${other.length > 0 ? `only ${list([...new Set(other)])} was` : 'no flag was'}.`
      : `The flag ${flag} was not expected to be set, but it was${set[0]?.from.name ? ` by ${set[0].from.name}` : ''}.`
    return [{ path: [flag], message, places: [set[0]?.from.place], ...(wanted && view.because()) }]
  })
}

interface Failed {
  message: string
  place: Place | undefined
}

function failures(view: View): Failed[] {
  return view.entries.flatMap((entry): Failed[] => {
    switch (entry.kind) {
      case 'hook-ended':
        return entry.error ? [{ message: `${entry.error.name}: ${entry.error.message}`, place: entry.error.place ?? entry.place }] : []
      case 'dialog-instruction':
        return entry.error ? [{ message: `${entry.error.name}: ${entry.error.message}`, place: entry.error.place }] : []
      case 'dialog-failed':
      case 'unhandled-rejection':
      case 'uncaught-exception':
        return [{ message: `${entry.error.name}: ${entry.error.message}`, place: entry.error.place }]
      case 'page-console':
        return entry.level === 'error' ? [{ message: entry.text, place: entry.place }] : []
      default:
        return []
    }
  })
}

export function errors(expected: NonNullable<Expect['errors']>, view: View): Miss[] {
  const found = failures(view)
  const told = found.map(({ message, place }) => `${message}${place ? ` (${placeName(place)})` : ''}`)
  if (expected === 'none') {
    return found.length === 0
      ? []
      : [
          {
            message: `No error was expected, but there was: ${told.join('; ')}.`,
            actual: told.join('\n'),
            places: found.map(({ place }) => place)
          }
        ]
  }
  return [expected].flat().flatMap((one, index) => {
    const { message, hook, line, count } = (typeof one === 'string' ? { message: one } : one) as {
      message?: Text
      hook?: string
      line?: number
      count?: number
    }
    const fitting = found.filter(
      error =>
        (message === undefined || textMatches(message, error.message)) &&
        (hook === undefined || (error.place !== undefined && named(error.place.file, hook))) &&
        (line === undefined || error.place?.line === line)
    )
    if (count === undefined ? fitting.length > 0 : fitting.length === count) return []
    const words = [message === undefined ? 'an error' : `the error ${textWords(message)}`, hook && `in ${hook}`, line && `at line ${line}`]
    const often = count === undefined ? '' : ` ${count === 0 ? 'never' : times(count)}`
    const was = told.length === 0 ? 'there was none' : `there was: ${told.join('; ')}`
    return [
      {
        path: Array.isArray(expected) ? [index] : [],
        message: `${words.filter(Boolean).join(' ')} was expected${often}, but ${was}.`.replace(/^./, letter => letter.toUpperCase()),
        actual: told.join('\n'),
        places: found.map(({ place }) => place)
      }
    ]
  })
}

export function log(expected: NonNullable<Expect['log']>, view: View): Miss[] {
  const lines = [...view.of('log').map(({ message }) => message), ...view.of('console').map(({ text }) => text)]
  return [expected].flat().flatMap((text, index) => {
    if (lines.some(line => textMatches(text as Text, line))) return []
    const was =
      lines.length === 0
        ? 'nothing was logged'
        : `these lines were: ${list(
            lines.map(line => quote(line)),
            8
          )}`
    return [
      {
        path: Array.isArray(expected) ? [index] : [],
        message: `The log was expected to have ${textWords(text as Text)}, but ${was}.`,
        actual: lines.join('\n')
      }
    ]
  })
}

export function problems(expected: NonNullable<Expect['problems']>, view: View): Miss[] {
  const told = view.of('data-problem', view.all).map(({ place, problem }) => `${baseName(place.file)}: ${problem}`)
  return [expected].flat().flatMap((text, index) => {
    if (told.some(one => textMatches(text as Text, one))) return []
    const was = told.length === 0 ? 'no problem is reported' : `these are: ${told.join('; ')}`
    return [
      {
        path: Array.isArray(expected) ? [index] : [],
        message: `A problem of a file was expected with ${textWords(text as Text)}, but ${was}.`,
        actual: told.join('\n')
      }
    ]
  })
}
