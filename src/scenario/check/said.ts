import { isVisitorsWord } from '../../trace/story.ts'
import { count, list, quote, times } from '../../trace/words.ts'
import { isNamed } from '../file/references.ts'
import { durationOf, momentOf, sinceStart } from '../file/time.ts'
import type { Expect, Text } from '../schema/index.ts'
import { textMatches, textShown, textWords, valueMatches, valueWords } from './match.ts'
import type { Miss, Said, View } from './view.ts'

/** What the bot says. */

type SaidExpectation = NonNullable<Expect['saysOnly']>[number]
type Parts = Exclude<Extract<SaidExpectation, { count?: number | undefined } | { type?: string | undefined }>, string>

/** A bare text, or a text with conditions of its own. */
function partsOf(expected: SaidExpectation): Parts {
  if (typeof expected === 'string') return { text: expected }
  const isText = 'is' in expected || 'contains' in expected || 'matches' in expected || 'not' in expected
  return (isText ? { text: expected as Text } : expected) as Parts
}

export function says(expected: NonNullable<Expect['says']>, view: View): Miss[] {
  const { said } = view
  const misses: Miss[] = []
  const isList = Array.isArray(expected)
  let from = 0
  for (const [index, one] of [expected].flat().entries()) {
    const parts = partsOf(one as SaidExpectation)
    const path = isList ? [index] : []
    const found = said.filter(message => fits(parts, message, view))
    if (parts.count !== undefined) {
      if (found.length !== parts.count)
        misses.push({ path, ...missed(parts, said, view, parts.count === 0 ? 'never' : times(parts.count), found.length) })
      continue
    }
    const at = said.findIndex((message, position) => position >= from && fits(parts, message, view))
    if (at >= 0) from = at + 1
    else misses.push({ path, ...missed(parts, said, view, found.length > 0 ? 'after what is listed before it' : '', found.length) })
  }
  return misses
}

export function saysOnly(expected: NonNullable<Expect['saysOnly']>, view: View): Miss[] {
  const { said } = view
  const words = expected.map(one => partWords(partsOf(one)))
  const wrong = expected.findIndex((one, index) => !said[index] || !fits(partsOf(one), said[index]!, view))
  if (wrong < 0 && said.length === expected.length) return []
  const extra = said.length > expected.length ? said[wrong < 0 ? expected.length : wrong] : undefined
  return [
    {
      ...(wrong >= 0 && { path: [wrong] }),
      message: `The bot was expected to say ${expected.length === 0 ? 'nothing' : `${list(words, 8)} and nothing else`}, but it said ${heard(said)}.${repeated(said)}`,
      expected: expected.map(one => partShown(partsOf(one))).join('\n'),
      actual: said.map(({ text }) => text).join('\n'),
      ...(extra ? fromWhere(extra, view) : view.because())
    }
  ]
}

export function saysNot(expected: NonNullable<Expect['saysNot']>, view: View): Miss[] {
  return [expected].flat().flatMap(text => {
    const message = view.said.find(one => textMatches(text as Text, one.text))
    return message
      ? [
          {
            message: `The bot was not expected to say ${textWords(text as Text)}, but it said ${quote(message.text, 200)} ${view.when(message.entry.at)}.`,
            ...fromWhere(message, view)
          }
        ]
      : []
  })
}

export function silence(expected: boolean, view: View): Miss[] {
  const { said } = view
  if (!expected)
    return said.length > 0 ? [] : [{ message: 'The bot was expected to say something, but it said nothing.', ...view.because() }]
  if (said.length === 0) return []
  return [
    {
      message: `The bot was expected to stay silent, but it said ${heard(said)}.`,
      expected: '',
      actual: said.map(({ text }) => text).join('\n'),
      ...fromWhere(said[0]!, view)
    }
  ]
}

export function response({ contains = [], notContains = [] }: NonNullable<Expect['response']>, view: View): Miss[] {
  const all = view.said.map(({ text }) => text).join('\n')
  const missing = [contains].flat().filter(part => !all.includes(part))
  const present = [notContains].flat().filter(part => all.includes(part))
  const misses: Miss[] = []
  if (missing.length > 0)
    misses.push({
      path: ['contains'],
      message: `What the bot says was expected to contain ${list(missing.map(part => `“${part}”`))}, but it said ${heard(view.said)}.`,
      expected: missing.join('\n'),
      actual: all,
      ...view.because()
    })
  if (present.length > 0)
    misses.push({
      path: ['notContains'],
      message: `What the bot says was not expected to contain ${list(present.map(part => `“${part}”`))}, but it said ${heard(view.said)}.`,
      actual: all
    })
  return misses
}

/** Of its own accord: not in answer to what the visitor wrote or pressed. */
export function atMost({ messages, per }: NonNullable<Expect['atMost']>, view: View): Miss[] {
  const own = view.saidEver.filter(({ cause, entry }) => (cause ? !isVisitorsWord(cause) : view.index.storyAt(entry.seq)?.kind !== 'turn'))
  const span = per === undefined ? Number.POSITIVE_INFINITY : durationOf(per)
  for (const [index, first] of own.entries()) {
    const within = own.filter(
      (one, at) => at >= index && one.entry.at - first.entry.at < span && one.entry.visitorId === first.entry.visitorId
    )
    if (within.length <= messages) continue
    const shown = within.slice(0, messages + 1)
    return [
      {
        message: `The bot was expected to speak of its own accord at most ${times(messages)}${per === undefined ? '' : ` in ${sinceStart(span)}`}, but it said ${list(
          shown.map(one => `${quote(one.text)} ${view.when(one.entry.at)}`),
          8
        )}.${repeated(shown)}`,
        expected: String(messages),
        actual: String(within.length),
        ...fromWhere(shown.at(-1)!, view)
      }
    ]
  }
  return []
}

/** A question that a hook asked of its own accord, and that nothing the visitor said came after. */
export function pendingPrompts(expected: number, view: View): Miss[] {
  let open: Said[] = []
  const byEntry = new Map(view.saidEver.map(said => [said.entry, said]))
  for (const entry of view.all) {
    if (entry.kind !== 'chat-received' || entry.what !== 'message') continue
    const said = byEntry.get(entry)
    if (entry.by === 'visitor') open = []
    else if (said && /\?\s*$/.test(said.text) && said.from?.by === 'hook') open.push(said)
  }
  if (open.length <= expected) return []
  return [
    {
      message: `At most ${count(expected, 'question')} of the bot’s own accord may wait for an answer, but ${open.length} do: ${list(
        open.map(({ text }) => quote(text)),
        8
      )}.`,
      expected: String(expected),
      actual: String(open.length),
      ...fromWhere(open.at(-1)!, view)
    }
  ]
}

function fits(expected: Parts, { text, payload, entry, from }: Said, view: View): boolean {
  if (expected.text !== undefined && !textMatches(expected.text as Text, text)) return false
  if (expected.type !== undefined && (payload.type ?? 'text') !== expected.type) return false
  if (expected.payload !== undefined && !valueMatches(expected.payload, payload)) return false
  if (expected.from !== undefined && !isFrom(from, expected.from)) return false
  if (expected.to !== undefined && view.nameOf(entry.visitorId) !== expected.to) return false
  if (expected.shown !== undefined && entry.shown !== expected.shown) return false
  return expected.at === undefined || entry.at === momentOf(expected.at, view.startAt, view.startAt, view.timezone)
}

function isFrom(from: Said['from'], expected: string): boolean {
  if (!from) return false
  const names = [from.name, from.place?.file].filter(name => name !== undefined)
  return names.some(name => isNamed(name.replaceAll('\\', '/'), expected))
}

function missed(parts: Parts, said: readonly Said[], view: View, how: string, found: number): Miss {
  const near = said.find(one => parts.text !== undefined && textMatches(parts.text as Text, one.text))
  const but =
    parts.count !== undefined && found > 0
      ? `it did so ${times(found)}`
      : near
        ? `${quote(near.text)} was said ${detail(near, view)}`
        : `it said ${heard(said)}`
  return {
    message: `The bot was expected to say ${partWords(parts)}${how && ` ${how}`}, but ${but}.${repeated(said)}`,
    expected: partShown(parts),
    actual: said.map(({ text }) => text).join('\n'),
    ...(found > 0 && near ? fromWhere(near, view) : view.because())
  }
}

function partWords({ text, type, payload, from, to, at, shown }: Parts): string {
  const words = [text === undefined ? 'something' : textWords(text as Text)]
  if (type !== undefined) words.push(`of type ${type}`)
  if (payload !== undefined) words.push(`with ${valueWords(payload)}`)
  if (from !== undefined) words.push(`from ${from}`)
  if (to !== undefined) words.push(`to ${to}`)
  if (at !== undefined) words.push(`at ${at}`)
  if (shown !== undefined) words.push(shown ? 'on an open page' : 'with no page to show it')
  return words.join(' ')
}

/** For the difference: of a bare text that text. */
function partShown(parts: Parts): string {
  const { text, count: _, ...rest } = parts
  return text !== undefined && Object.keys(rest).length === 0 ? textShown(text as Text) : partWords(parts)
}

function detail({ entry, from, payload }: Said, view: View): string {
  return `${view.when(entry.at)} to ${view.nameOf(entry.visitorId)}, by ${from?.name ?? from?.by ?? 'nobody known'}, as ${String(payload.type ?? 'text')}${entry.shown ? '' : ', with no page to show it'}`
}

function heard(said: readonly Said[]): string {
  return said.length === 0
    ? 'nothing'
    : list(
        said.map(({ text }) => quote(text)),
        8
      )
}

function repeated(said: readonly Said[]): string {
  const texts = said.map(({ text }) => text)
  const twice = texts.find((text, index) => text !== '' && texts.indexOf(text) !== index)
  return twice === undefined ? '' : ` It repeats itself: ${quote(twice)}.`
}

/** Who said it, and why. */
function fromWhere({ from, cause }: Said, view: View): Pick<Miss, 'because' | 'places'> {
  const who =
    from?.by === 'hook' || from?.by === 'action'
      ? `The ${from.by} ${from.name ?? ''} said it`
      : from?.by === 'dialog'
        ? `The flow said it, at ${from.name ?? 'a node'}`
        : `It came from ${from?.by ?? 'nobody known'}`
  const story = cause && view.index.storyOf(cause.eventId)
  const why = cause ? ` on grounds of the event “${cause.type}”.` : '.'
  const verdict = story && view.verdict(story)
  const isWorse = verdict && (verdict.tone === 'warning' || verdict.tone === 'error')
  return { because: `${who}${why}${isWorse ? ` ${verdict.headline}` : ''}`, places: [from?.place] }
}
