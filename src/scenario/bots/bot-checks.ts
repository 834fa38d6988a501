import type { Activity } from '../../botframework/activity.ts'
import { botReadingOf } from '../../trace/bots/reading.ts'
import type { Judged } from '../../trace/bots/turns.ts'
import { findingsOf, runOf } from '../../trace/findings/index.ts'
import { list, quote, textOf } from '../../trace/words.ts'
import { CHECKS } from '../check/index.ts'
import { textMatches, textWords } from '../check/match.ts'
import type { Miss, View } from '../check/view.ts'
import type { CheckWord, Expect, Text } from '../schema/index.ts'
import type { BotStage, Person } from './bot-stage.ts'
import type { LOOKS_OF_BOTS } from './schema.ts'

type Check<W extends CheckWord> = (expected: NonNullable<Expect[W]>, view: View) => Miss[]
const stageOf = (view: View) => view.stage as unknown as BotStage
const personOf = (view: View) => view.visitor as unknown as Person

type ProactiveParts = { count?: number; text?: Text; rule?: string; conversation?: 'same' | 'new' }

/** What looks at each word of an expectation where a bot of the Bot Framework family plays. */
export const BOT_LOOKS: { [W in (typeof LOOKS_OF_BOTS)[number]]: Check<W> } = {
  says: CHECKS.says as Check<'says'>,
  saysOnly: CHECKS.saysOnly as Check<'saysOnly'>,
  saysNot: CHECKS.saysNot as Check<'saysNot'>,
  silence: CHECKS.silence as Check<'silence'>,
  response: CHECKS.response as Check<'response'>,
  atMost: CHECKS.atMost as Check<'atMost'>,
  order: CHECKS.order as Check<'order'>,
  verdict: CHECKS.verdict as Check<'verdict'>,
  contains: CHECKS.contains as Check<'contains'>,

  proactive: (expected, view) =>
    [expected].flat().flatMap((one, index) => {
      const parts: ProactiveParts = typeof one === 'number' ? { count: one } : (one as ProactiveParts)
      const all = proactiveSince(view)
      const found = all.filter(judged => isSuch(judged, parts, view))
      if (parts.count === undefined ? found.length > 0 : found.length === parts.count) return []
      const heard = all.map(({ entry, judgement }) => `${quote((entry.activity as Activity).text ?? '(a card)')} (${judgement.rule})`)
      const how = parts.count === undefined ? 'Such a proactive message was expected' : `${parts.count} proactive messages were expected`
      const miss = { message: `${how}, but these came: ${list(heard, 8) || 'none'}.`, actual: heard.join('\n'), ...view.because() }
      return [{ ...miss, path: Array.isArray(expected) ? [index] : [] }]
    }),

  stack(expected, view) {
    const stack = botReadingOf(view.all).stackOf(personOf(view).conversationId ?? '')
    if (JSON.stringify(stack) === JSON.stringify(expected)) return []
    const is = stack === undefined ? 'nothing was seen of its state' : stack.length === 0 ? 'none runs' : `these run: ${stack.join(' › ')}`
    return [
      {
        message: `The dialogs ${expected.join(' › ') || 'none'} were expected to run, but ${is}.`,
        expected: expected.join('\n'),
        actual: (stack ?? []).join('\n')
      }
    ]
  },

  stackChange(expected, view) {
    const step = botReadingOf(view.all).steps.findLast(({ conversationId }) => conversationId === personOf(view).conversationId)
    if (step?.change === expected) return []
    const is = step
      ? `${step.change}: ${step.before.join(' › ') || 'none'} became ${step.after.join(' › ') || 'none'}`
      : 'there was no proactive message'
    return [
      {
        message: `The dialogs were expected to be ${expected} by the last proactive message, but ${is}.`,
        expected,
        actual: step?.change ?? ''
      }
    ]
  },

  refused: (expected, view) =>
    [expected].flat().flatMap((one, index) => {
      const calls = view.of('connector-call').filter(({ status }) => status === one.status)
      if (one.count === undefined ? calls.length > 0 : calls.length === one.count) return []
      const all = view.of('connector-call').filter(({ status }) => status >= 400)
      const message = `The channel was expected to answer ${one.status}${one.count === undefined ? '' : ` ${one.count} times`}, but it did so ${calls.length} times (refusals: ${
        list(
          all.map(({ status }) => String(status)),
          8
        ) || 'none'
      }).`
      return [{ message, path: Array.isArray(expected) ? [index] : [] }]
    }),

  bot(expected, view) {
    const isThere = stageOf(view).play.host.status.status === 'ready' || stageOf(view).play.host.status.status === 'outside'
    if (isThere === (expected === 'running')) return []
    const stopped = view.of('bot-stopped', view.all).at(-1)
    return [
      {
        message: `The bot was expected to be ${expected}, but it is ${isThere ? 'running' : 'stopped'}.`,
        ...(stopped && { because: stopped.says, places: [stopped.place] })
      }
    ]
  },

  advice: (expected, view) => {
    const told = view.stories.map(story => view.verdict(story)).map(({ sentences, advice }) => [...sentences, ...advice].join(' '))
    return [expected].flat().flatMap((text, index) =>
      told.some(one => textMatches(text as Text, one))
        ? []
        : [
            {
              message: `The author was expected to be told ${textWords(text as Text)}, but is told: ${
                list(
                  told.map(one => quote(one, 160)),
                  6
                ) || 'nothing'
              }.`,
              path: Array.isArray(expected) ? [index] : []
            }
          ]
    )
  },

  chat({ shows, composer }, view) {
    const misses: Miss[] = []
    const { draft, browser } = personOf(view)
    if (composer !== undefined && composer !== draft)
      misses.push({
        path: ['composer'],
        message: `What the visitor has begun to write was expected to be “${composer}”, but it is “${draft}”.`
      })
    const shown = view
      .of('chat-received', view.all)
      .filter(({ visitorId, what }) => visitorId === browser.visitorId && what === 'message')
      .map(({ payload }) => textOf(payload) ?? '(no text)')
    const isSame =
      shows === undefined || (shows.length === shown.length && shows.every((text, at) => textMatches(text as Text, shown[at]!)))
    if (!isSame)
      misses.push({
        path: ['shows'],
        message: `The chat was expected to show ${
          list(
            shows!.map(text => textWords(text as Text)),
            12
          ) || 'nothing'
        }, but it shows ${
          list(
            shown.map(text => quote(text)),
            12
          ) || 'nothing'
        }.`,
        expected: shows!.map(text => textWords(text as Text)).join('\n'),
        actual: shown.join('\n')
      })
    return misses
  },

  outcome(expected, view) {
    const captured = botReadingOf(view.all).collisions.some(({ kind }) => kind === 'astray')
    return captured
      ? []
      : [
          {
            message: `It was expected that a dialog takes the answer that another message had asked for (${expected}), but it did not happen.`
          }
        ]
  },

  findings(expected, view) {
    const found = findingsOf(runOf(view.all))
    const bad = view.index.stories.map(story => view.verdict(story)).filter(({ tone }) => tone === 'error')
    const seen = new Map([
      ...found.map(({ id, says }) => [id, says[0] ?? ''] as const),
      ...bad.map(({ outcome, headline }) => [outcome, headline] as const)
    ])
    const rules = new Set([...found.flatMap(({ rules }) => rules), ...bad.flatMap(({ rules }) => rules)])
    if (expected === 'none')
      return seen.size === 0
        ? []
        : [
            {
              message: `No mistake was expected to show itself, but these did: ${[...seen].map(([id, text]) => `${id} (${text})`).join('; ')}`
            }
          ]
    return [expected].flat().flatMap((one, index) =>
      seen.has(one) || rules.has(one)
        ? []
        : [
            {
              message: `${one} was expected to show itself, but ${seen.size === 0 ? 'nothing did' : `only ${list([...seen.keys()])} did`}.`,
              path: Array.isArray(expected) ? [index] : []
            }
          ]
    )
  }
}

/** Since the last look. */
function proactiveSince(view: View): Judged[] {
  const since = view.entries[0]?.seq ?? Number.POSITIVE_INFINITY
  return botReadingOf(view.all).judged.filter(
    ({ entry, judgement }) => entry.seq >= since && judgement.kind !== 'reply' && entry.type === 'message'
  )
}

function isSuch({ entry, judgement }: Judged, { text, rule, conversation }: ProactiveParts, view: View): boolean {
  if (text !== undefined && !textMatches(text, (entry.activity as Activity).text ?? '')) return false
  if (rule !== undefined && judgement.rule !== rule) return false
  if (conversation === undefined) return true
  const isOwn = entry.conversationId === personOf(view).conversationId
  return conversation === 'same'
    ? isOwn
    : !isOwn &&
        view.of('bot-conversation', view.all).some(({ by, conversationId }) => by === 'bot' && conversationId === entry.conversationId)
}
