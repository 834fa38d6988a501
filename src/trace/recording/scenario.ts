import type { TraceEntry } from '../entry.ts'
import { factsOf } from '../facts.ts'
import { findingsOf, runOf } from '../findings/index.ts'
import type { Gesture } from '../stage-entries.ts'
import { chatText } from '../step-table.ts'
import { duration } from '../words.ts'
import { type Deed, type RecordedDeed, recordingOf, withoutReplays } from './recording.ts'

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
/** Messages so close to each other were said together, ms. */
const TOGETHER = 1000

/**
 * A run as a scenario: what was done becomes steps, what the bot said becomes what each of them expects. Of the state and the rest only that is expected
 * which a change would break by mistake: nothing fails, nothing is found.
 */
export function scenarioOf(whole: readonly TraceEntry[], { name, botId }: DraftOptions): ScenarioDraft {
  const entries = withoutReplays(whole)
  const recorded = recordingOf(entries)
  // A moved clock is time that passes, as is any other.
  const deeds = recorded.filter(({ deed }) => deed.do !== 'clock')
  const people = new People(deeds)
  const page = deeds[0]?.deed.do === 'page' ? deeds[0].deed.page : undefined
  const steps: Step[] = []
  for (const [n, deed] of deeds.entries()) {
    const next = deeds[n + 1]
    if (n > 0 || page === undefined) steps.push(...people.steps(deed))
    const spoken = spokenBetween(entries, deed.seq, next?.seq ?? Number.POSITIVE_INFINITY)
    let passed = 0
    for (const { at, texts } of spoken) {
      steps.push(...pause(at - deed.at - passed), { expect: { says: texts.length === 1 ? texts[0] : texts } })
      passed = Math.max(passed, at - deed.at)
    }
    steps.push(...pause(timeBetween(recorded, deed, next) - passed))
  }
  const expect = overall(entries)
  return {
    name,
    given: {
      ...(botId !== undefined && { bot: botId }),
      ...(page !== undefined && { page: page === 'builtin' ? 'stub' : page }),
      ...people.given
    },
    steps,
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

/** What the bot said between two deeds: together what came together. */
function spokenBetween(entries: readonly TraceEntry[], from: number, to: number): { at: number; texts: string[] }[] {
  const groups: { at: number; texts: string[] }[] = []
  for (const entry of entries) {
    if (entry.seq <= from || entry.seq >= to || entry.kind !== 'chat-received' || entry.by !== 'bot' || entry.what !== 'message') continue
    const text = chatText(entry.payload)
    if (text === undefined) continue
    const last = groups.at(-1)
    if (last && entry.at - last.at <= TOGETHER) {
      last.texts.push(text)
      last.at = entry.at
    } else groups.push({ at: entry.at, texts: [text] })
  }
  return groups
}

/** How much time has to pass between two deeds, ms. */
function timeBetween(recorded: readonly RecordedDeed[], deed: RecordedDeed, next: RecordedDeed | undefined): number {
  const between = recorded.filter(other => other.seq > deed.seq && (next === undefined || other.seq <= next.seq))
  return between.reduce((sum, { deed, wait }) => sum + wait + (deed.do === 'clock' ? deed.ms : 0), 0)
}

const pause = (ms: number): Step[] => (ms >= PAUSE ? [{ advance: lengthOf(ms) }] : [])

/** What was true of the whole run and should stay so. */
function overall(entries: readonly TraceEntry[]): Json {
  const run = runOf(entries)
  const failed = run.index.stories.some(story => factsOf(story).hooks.some(run => run.ended?.outcome === 'failed'))
  return {
    ...(!failed && { errors: 'none' }),
    ...(findingsOf(run).length === 0 && { findings: 'none' })
  }
}

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

export const nameOf = (entries: readonly TraceEntry[]) =>
  `Recorded run of ${duration(Math.max(0, (entries.at(-1)?.at ?? 0) - (entries[0]?.at ?? 0)))}`
