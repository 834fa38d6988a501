import type { TraceEntry } from '../entry.ts'
import { factsOf } from '../facts.ts'
import { findingsOf, runOf } from '../findings/index.ts'
import type { Gesture } from '../stage-entries.ts'
import { chatText } from '../step-table.ts'
import type { TraceIndex } from '../trace-index.ts'
import { duration } from '../words.ts'
import { type Deed, type RecordedDeed, recordingOf } from './recording.ts'

type Json = Record<string, unknown>
type Step = string | Json

/** What a scenario file holds, in the words of its schema. */
export interface ScenarioDraft {
  name: string
  given: Json
  steps: Step[]
  expect?: Json
}

export interface DraftOptions {
  name: string
  botId?: string | undefined
}

/** Pauses shorter than this are not worth a step, ms. */
const PAUSE = 50

/**
 * A run as a scenario: what was done becomes steps, what the bot said becomes what each of them expects. Of the state and the rest only that is expected
 * which a change would break by mistake: nothing fails, nothing is found.
 */
export function scenarioOf(entries: readonly TraceEntry[], index: TraceIndex, { name, botId }: DraftOptions): ScenarioDraft {
  const deeds = recordingOf(entries)
  const people = new People(deeds)
  const first = deeds[0]
  const page = first?.deed.do === 'page' ? first.deed.page : undefined
  const steps: Step[] = []
  for (const [n, recorded] of deeds.entries()) {
    if (recorded.wait >= PAUSE) steps.push({ advance: lengthOf(recorded.wait) })
    if (n > 0 || page === undefined) steps.push(...people.steps(recorded))
    const said = textsBetween(entries, recorded.seq, deeds[n + 1]?.seq ?? Number.POSITIVE_INFINITY)
    const rest = restAfter(entries, recorded, deeds[n + 1])
    if (said.length === 0) continue
    // The next pause is that in which it was said.
    if (deeds[n + 1] === undefined && rest >= PAUSE) steps.push({ advance: lengthOf(rest) })
    steps.push({ expect: { says: said.length === 1 ? said[0] : said } })
  }
  const expect = overall(entries, index)
  return {
    name,
    given: {
      ...(botId !== undefined && { bot: botId }),
      ...(page !== undefined && { page: page === 'builtin' ? 'stub' : page }),
      ...people.given
    },
    steps: mergeWaits(steps),
    ...(Object.keys(expect).length > 0 && { expect })
  }
}

/** Who acts, by names for people instead of ids. */
class People {
  readonly given: Json = {}
  readonly #names = new Map<string, string>()
  #shown: string | undefined

  constructor(deeds: readonly RecordedDeed[]) {
    for (const { deed, visitorId } of deeds) {
      const isWho = deed.do === 'page' || deed.do === 'gesture' || deed.do === 'visitor'
      if (isWho && visitorId !== undefined && !this.#names.has(visitorId)) this.#names.set(visitorId, `visitor ${this.#names.size + 1}`)
    }
    const language = deeds.slice(0, 2).find(({ deed }) => deed.do === 'visitor' && deed.change.language !== undefined)?.deed
    if (language?.do === 'visitor') this.given.visitor = { language: language.change.language }
  }

  steps({ deed, visitorId }: RecordedDeed): Step[] {
    const steps = stepsOf(deed)
    const isOwn = deed.do === 'page' || deed.do === 'gesture' || deed.do === 'visitor'
    if (!isOwn || visitorId === undefined || this.#names.size < 2) return steps
    const name = this.#names.get(visitorId)!
    const isFirst = this.#shown === undefined && name === 'visitor 1'
    this.#shown = name
    if (isFirst) return steps
    return steps.map(step => ({ ...(typeof step === 'string' ? { [step]: true } : step), as: name }))
  }
}

function stepsOf(deed: Deed): Step[] {
  switch (deed.do) {
    case 'page':
      return [{ load: deed.page }]
    case 'gesture':
      return gestureSteps(deed.gesture)
    case 'visitor':
      return visitorSteps(deed.change)
    case 'line':
      return [{ line: deed.line }]
    case 'faults':
      return [{ faults: deed.faults }]
    case 'mount':
    case 'unmount':
      return [{ [deed.do]: deed.botId }]
    case 'state': {
      const { context, ...state } = deed.state as Record<string, Json>
      const flow = context?.currentFlow !== undefined ? { flow: `${context.currentFlow}#${context.currentNode}` } : {}
      return [{ state: { ...state, ...flow } }]
    }
    case 'send': {
      const { type: _type, ...payload } = (
        typeof deed.payload === 'object' && deed.payload !== null ? deed.payload : { payload: deed.payload }
      ) as Json
      return [{ outside: Object.keys(payload).length > 0 ? { type: deed.type, payload } : deed.type }]
    }
    case 'clock':
      return [{ advance: lengthOf(deed.ms) }]
  }
}

function gestureSteps(gesture: Gesture): Step[] {
  switch (gesture.do) {
    case 'load':
      return [{ load: gesture.page }]
    case 'navigate':
      return [{ navigate: gesture.to }]
    case 'idle':
      return [{ advance: lengthOf(gesture.ms) }]
    case 'scroll':
      return [{ scroll: `${gesture.to}%` }]
    case 'pointerLeaves':
      return [{ pointerLeaves: gesture.edge }]
    case 'type':
      return [{ type: { into: gesture.into, text: gesture.text } }]
    case 'submit': {
      const fields = Object.entries(gesture.values ?? {})
      return [...fields.map(([name, text]) => ({ type: { into: `[name="${name}"]`, text } })), { submit: gesture.selector }]
    }
    case 'focus':
    case 'blur':
    case 'click':
      return [{ [gesture.do]: gesture.selector }]
    case 'key':
      return [{ key: gesture.key }]
    case 'say':
      return [{ say: gesture.text }]
    case 'choose':
      return [{ choose: gesture.title }]
    case 'move':
    case 'hide':
    case 'show':
      return [{ [gesture.do]: true }]
    case 'reload':
    case 'leave':
    case 'open':
    case 'close':
    case 'escape':
    case 'reset':
      return [gesture.do]
  }
}

/** The scenario's words for what a visitor is made to be; where it has none, the nearest that has the same effect on the bot. */
function visitorSteps({ what, attributes, page, tab }: (Deed & { do: 'visitor' })['change']): Step[] {
  switch (what) {
    case 'new':
      return ['newVisitor', page === undefined || page === 'builtin' ? 'load' : { load: page }]
    case 'returned':
      return ['reload']
    case 'expired':
      return [{ advance: '31min', name: 'The session expires' }, 'reload']
    case 'signed-in':
      return [{ state: { user: attributes ?? {} }, name: 'The visitor signs in' }]
    case 'tab-opened':
      return [{ load: page === undefined || page === 'builtin' ? true : page, ...(tab !== undefined && { tab }) }]
    case 'tab-closed':
      return [{ leave: true, ...(tab !== undefined && { tab }) }]
    default:
      return []
  }
}

function textsBetween(entries: readonly TraceEntry[], from: number, to: number): string[] {
  return entries.flatMap(entry => {
    if (entry.seq <= from || entry.seq >= to || entry.kind !== 'chat-received' || entry.by !== 'bot' || entry.what !== 'message') return []
    return chatText(entry.payload) ?? []
  })
}

/** Time in which something still happened after the last deed, ms. */
function restAfter(entries: readonly TraceEntry[], deed: RecordedDeed, next: RecordedDeed | undefined): number {
  return next ? 0 : Math.max(0, (entries.at(-1)?.at ?? deed.at) - deed.at)
}

/** What was true of the whole run and should stay so. */
function overall(entries: readonly TraceEntry[], index: TraceIndex): Json {
  const failed = index.stories.some(story => factsOf(story).hooks.some(run => run.ended?.outcome === 'failed'))
  return {
    ...(!failed && { errors: 'none' }),
    ...(findingsOf(runOf(entries, undefined, index)).length === 0 && { findings: 'none' })
  }
}

/** Time that passes twice in a row passes once. */
function mergeWaits(steps: Step[]): Step[] {
  const merged: Step[] = []
  for (const step of steps) {
    const last = merged.at(-1)
    if (isWait(step) && last !== undefined && isWait(last)) merged[merged.length - 1] = { advance: lengthOf(msOf(last) + msOf(step)) }
    else merged.push(step)
  }
  return merged
}

const isWait = (step: Step): step is { advance: string | number } =>
  typeof step === 'object' && 'advance' in step && Object.keys(step).length === 1

/** A length of time as people write it, where that is exact; milliseconds otherwise. */
function lengthOf(ms: number): string | number {
  const whole = Math.round(ms)
  for (const [unit, size] of [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1000]
  ] as const) {
    if (whole >= size && whole % (size / (unit === 's' ? 10 : 1)) === 0) return `${whole / size}${unit}`
  }
  return whole
}

const UNITS = { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 } as const

function msOf({ advance }: { advance: string | number }): number {
  if (typeof advance === 'number') return advance
  const [, amount, unit] = /^([\d.]+)(ms|s|min|h|d)$/.exec(advance) ?? []
  return Number(amount) * UNITS[unit as keyof typeof UNITS]
}

export const nameOf = (entries: readonly TraceEntry[]) =>
  `Recorded run of ${duration(Math.max(0, (entries.at(-1)?.at ?? 0) - (entries[0]?.at ?? 0)))}`
