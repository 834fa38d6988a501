import type { EntryOf } from '../../trace/entry.ts'
import { inline, list, placeName, quote, textOf, times } from '../../trace/words.ts'
import type { PageElement } from '../page/page.ts'
import type { Expect, Text } from '../schema/index.ts'
import { textMatches, textShown, textWords, valueMatches, valueWords } from './match.ts'
import type { Miss, View } from './view.ts'

/** What happens on the page. */

const posted = (view: View) =>
  view
    .of('page-posted')
    .map(entry => entry.name ?? nameOf(entry.data))
    .filter(name => name !== undefined)
const nameOf = (data: unknown) => (typeof data === 'object' && data !== null && 'type' in data ? String(data.type) : undefined)
const pathOf = (list: unknown, index: number) => (Array.isArray(list) ? [index] : [])

export function received(expected: string | string[], view: View): Miss[] {
  const names = posted(view)
  const wanted = [expected].flat()
  let from = 0
  for (const [index, name] of wanted.entries()) {
    const at = names.indexOf(name, from)
    if (at >= 0) {
      from = at + 1
      continue
    }
    const order = names.includes(name) ? ' after those listed before it' : ''
    const was = names.length === 0 ? 'it received nothing' : `it received ${list(names, 12)}`
    return [
      {
        path: pathOf(expected, index),
        message: `The page was expected to receive ${name}${order}, but ${was}.`,
        expected: wanted.join('\n'),
        actual: names.join('\n'),
        ...pageSays(view)
      }
    ]
  }
  return []
}

export function notReceived(expected: string | string[], view: View): Miss[] {
  return [expected].flat().flatMap(name => {
    const found = view.of('page-posted').find(entry => (entry.name ?? nameOf(entry.data)) === name)
    return found ? [{ message: `The page was not expected to receive ${name}, but it did ${view.when(found.at)}.` }] : []
  })
}

/** What the simulator says of the page itself, or of what it sent. */
function pageSays(view: View): Pick<Miss, 'because' | 'places'> {
  return view.because(story => story.kind === 'sent' || story.kind === 'page')
}

interface SentMatch {
  type?: string
  fate?: string
  phase?: string
  count?: number
  payload?: unknown
  line?: number
  tab?: string | number
}

export function sent(expected: NonNullable<Expect['sent']>, view: View): Miss[] {
  const all = view.of('page-sent').filter(({ type }) => type !== 'visit')
  return [expected].flat().flatMap((one, index) => {
    const match = (typeof one === 'string' ? { type: one } : one) as SentMatch
    const found = all.filter(entry => fits(entry, match, view))
    if (match.count === undefined ? found.length > 0 : found.length === match.count) return []
    const { type, count, ...rest } = match
    // Of what was not to be sent only that is told.
    const told = count === 0 ? found : all
    const was =
      told.length === 0
        ? 'it sent nothing'
        : `it sent ${list(
            told.map(
              entry =>
                `${entry.type ?? 'something without a type'} (${entry.fate}, ${entry.phase}${entry.place ? `, ${placeName(entry.place)}` : ''})`
            ),
            8
          )}`
    const conditions = Object.entries(rest).map(([key, value]) => `${key} ${valueWords(value)}`)
    return [
      {
        path: pathOf(expected, index),
        message: `The page was ${count === 0 ? 'not ' : ''}expected to send ${type ?? 'something'}${count ? ` ${times(count)}` : ''}${conditions.length > 0 ? ` (${conditions.join(', ')})` : ''}, but ${was}.`,
        ...(count !== 0 && { expected: JSON.stringify(match, undefined, 2) }),
        actual: JSON.stringify(
          told.map(({ type, fate, phase, payload }) => ({ type, fate, phase, payload })),
          undefined,
          2
        ),
        ...(count !== 0 && pageSays(view)),
        ...(told[0]?.place && { places: told.map(({ place }) => place) })
      }
    ]
  })
}

function fits(entry: EntryOf<'page-sent'>, { type, fate, phase, payload, line, tab }: SentMatch, view: View): boolean {
  if (type !== undefined && entry.type !== type) return false
  if (fate === 'refused' && !view.of('page-refused', view.all).some(one => one.pageId === entry.pageId && one.type === entry.type))
    return false
  if (fate !== undefined && fate !== 'refused' && entry.fate !== fate) return false
  if (phase !== undefined && entry.phase !== phase) return false
  if (line !== undefined && entry.place?.line !== line) return false
  if (tab !== undefined && view.visitor.tabs.get(String(tab))?.page?.ref.pageId !== entry.pageId) return false
  return payload === undefined || valueMatches(payload, entry.payload)
}

export function dom(expected: NonNullable<Expect['dom']>, view: View): Miss[] {
  const page = view.tab.page?.dom
  if (!page) return [{ message: 'The page without scripts has no document to look at.' }]
  return Object.entries(expected).flatMap(([selector, match]) => {
    const elements = page.all(selector)
    const wrong = wrongElement(elements, match as never)
    return wrong ? [{ path: [selector], message: `On the page, ${selector} was expected ${wrong}.` }] : []
  })
}

interface ElementMatch {
  text?: Text
  count?: number
  value?: Text
  attribute?: Record<string, unknown>
  visible?: boolean
}

function wrongElement(elements: PageElement[], match: Text | ElementMatch | null): string | undefined {
  const [element] = elements
  if (match === null) return element ? 'not to be there, but it is' : undefined
  const isText = typeof match === 'string' || 'is' in match || 'contains' in match || 'matches' in match || 'not' in match
  const { text, count, value, attribute = {}, visible } = (isText ? { text: match } : match) as ElementMatch
  if (count !== undefined && elements.length !== count) return `${count} times, but it is there ${elements.length} times`
  if (count === 0) return undefined
  if (!element) return 'to be there, but it is not'
  if (text !== undefined && !textMatches(text, element.textContent))
    return `to have ${textWords(text)}, but it has ${quote(element.textContent, 200)}`
  if (value !== undefined && !textMatches(value, element.value))
    return `to have the value ${textWords(value)}, but it has ${quote(String(element.value), 200)}`
  for (const [name, wanted] of Object.entries(attribute)) {
    const actual = element.getAttribute(name)
    if (!valueMatches(wanted, actual)) return `to have ${name} ${valueWords(wanted)}, but it is ${inline(actual)}`
  }
  if (visible !== undefined && isVisible(element) !== visible)
    return visible ? 'to be seen, but it is hidden' : 'to be hidden, but it is seen'
  return undefined
}

/** By attributes and inline styles; without a layout that is all that can be known. */
function isVisible(element: PageElement): boolean {
  for (let at = element; at?.style; at = at.parentElement) {
    if (at.hidden || at.style.display === 'none' || at.style.visibility === 'hidden') return false
  }
  return true
}

export function focused(selector: string, view: View): Miss[] {
  const window = view.tab.page?.dom?.window
  const active = window?.document.activeElement
  if (active?.matches?.(selector)) return []
  return [
    {
      message: `${selector} was expected to have the focus, but ${active ? `<${active.tagName.toLowerCase()}> has it` : 'nothing has it'}.`
    }
  ]
}

export function chat(expected: NonNullable<Expect['chat']>, view: View): Miss[] {
  const { page } = view.tab
  const one = expected.id === undefined ? page?.api.chat : page?.api.chats.get(expected.id)
  if (!one) return [{ message: `There is no chat ${expected.id === undefined ? '' : `“${expected.id}” `}on the page.` }]
  const { life } = one
  const misses: Miss[] = []
  const check = (path: string, wanted: unknown, actual: unknown, words: string) => {
    if (wanted !== undefined && wanted !== actual)
      misses.push({
        path: [path],
        message: `${words} was expected to be ${inline(wanted)}, but it is ${inline(actual)}.`,
        ...pageSays(view)
      })
  }
  check('open', expected.open, life.isOpen, 'Whether the chat is open')
  check('phase', expected.phase, life.phase, 'The chat')
  check('typing', expected.typing, life.history.isTyping, 'Whether the bot types')
  check('unread', expected.unread, life.unread, 'The number of unread messages')
  check('composer', expected.composer, one.draft, 'What the visitor has begun to write')
  if (expected.shows) {
    const shown = life.history.messages.map(({ payload }) => textOf(payload) ?? `(${String(payload.type)})`)
    const isSame = shown.length === expected.shows.length && expected.shows.every((text, index) => textMatches(text as Text, shown[index]!))
    if (!isSame) {
      const wanted = expected.shows.map(text => textWords(text as Text))
      misses.push({
        path: ['shows'],
        message: `The chat was expected to show ${list(wanted, 12) || 'nothing'}, but it shows ${
          list(
            shown.map(text => quote(text)),
            12
          ) || 'nothing'
        }.`,
        expected: expected.shows.map(text => textShown(text as Text)).join('\n'),
        actual: shown.join('\n'),
        ...view.because()
      })
    }
  }
  if (expected.conversation) {
    const ids = view
      .of('chat-received', view.all)
      .filter(entry => entry.visitorId === view.visitor.browser.visitorId && entry.conversationId)
    const now = life.history.conversationId
    const before = ids.filter(({ conversationId }) => conversationId !== now)
    const is = before.length > 0 ? 'new' : 'same'
    if (is !== expected.conversation)
      misses.push({
        path: ['conversation'],
        message: `The conversation was expected to be ${expected.conversation === 'new' ? 'a new one' : 'the same'}, but it is ${is === 'new' ? 'a new one' : 'the same'}.`
      })
  }
  return misses
}

export function bubbles(expected: readonly Text[], view: View): Miss[] {
  const drawn = (view.tab.page?.voiceflow?.bubbles ?? []).filter(({ state }) => state === 'drawn').map(({ text }) => text)
  if (drawn.length === expected.length && expected.every((text, index) => textMatches(text, drawn[index]!))) return []
  const wanted = expected.map(textWords)
  return [
    {
      message: `${wanted.length === 0 ? 'No bubble was' : `The bubbles ${list(wanted, 8)} were`} expected beside the launcher, but ${
        drawn.length === 0
          ? 'there is none'
          : `there ${drawn.length === 1 ? 'is' : 'are'} ${list(
              drawn.map(text => quote(text)),
              8
            )}`
      }.`,
      expected: expected.map(textShown).join('\n'),
      actual: drawn.join('\n'),
      ...lostBubbles(view)
    }
  ]
}

/** What was pushed before the chat was loaded, or where it had no effect: it is only in the console. */
function lostBubbles(view: View): Pick<Miss, 'because' | 'places'> {
  const warned = view.of('page-console', view.all).filter(({ text }) => /\[voiceflow\].*(not loaded|no effect|embedded)/.test(text))
  return warned.length === 0 ? {} : { because: warned.at(-1)!.text, places: warned.map(({ place }) => place) }
}

export function bubbleQueue(expected: readonly { text?: Text; state?: string }[], view: View): Miss[] {
  const queue = view.tab.page?.voiceflow?.bubbles ?? []
  const isSame =
    queue.length === expected.length &&
    expected.every(
      ({ text, state }, index) =>
        (text === undefined || textMatches(text, queue[index]!.text)) && (state === undefined || state === queue[index]!.state)
    )
  if (isSame) return []
  const was = queue.map(({ text, state }) => `${quote(text)} (${state})`)
  return [
    {
      message: `The queue of bubbles was expected to be ${
        list(
          expected.map(one => inline(one)),
          8
        ) || 'empty'
      }, but it ${was.length === 0 ? 'is empty' : `is ${list(was, 8)}`}.`,
      actual: was.join('\n'),
      ...lostBubbles(view)
    }
  ]
}

export function consoleLines(expected: NonNullable<Expect['console']>, view: View): Miss[] {
  const lines = view.of('page-console').map(({ text }) => text)
  return [expected].flat().flatMap((text, index) => {
    if (lines.some(line => textMatches(text as Text, line))) return []
    return [
      {
        path: pathOf(expected, index),
        message: `The page’s console was expected to have ${textWords(text as Text)}, but it has ${
          list(
            lines.map(line => quote(line, 120)),
            8
          ) || 'nothing'
        }.`,
        actual: lines.join('\n')
      }
    ]
  })
}
