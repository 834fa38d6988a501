import type { TraceEntry } from '../entry.ts'
import { factsOf } from '../facts.ts'
import { runOf } from '../findings/index.ts'
import { mistakesIn } from '../findings/mistakes.ts'
import { lengthOf } from '../length.ts'
import type { Gesture } from '../stage-entries.ts'
import { chatText } from '../step-table.ts'
import { duration } from '../words.ts'
import { Pace } from './pace.ts'
import { Persons } from './persons.ts'
import { type Deed, hasNoScripts, type RecordedDeed, recordingOf, withoutReplays } from './recording.ts'
import { type Folders, filesAtFirst, saveSteps } from './saves.ts'

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
  /** Without them the files that were saved meanwhile are left out. */
  folders?: Folders | undefined
}

/** Messages so close to each other were said together, ms. */
const TOGETHER = 1000

/**
 * A run as a scenario: what was done becomes steps, what the bot said becomes what each of them expects. Of the state and the rest only that is expected
 * which a change would break by mistake: nothing fails, nothing is found.
 */
export function scenarioOf(whole: readonly TraceEntry[], { name, botId, folders }: DraftOptions): ScenarioDraft {
  const entries = withoutReplays(whole)
  const recorded = recordingOf(entries)
  // A moved clock is time that passes, as is any other.
  const all = recorded.filter(({ deed, pageId }) => deed.do !== 'clock' && !isOnOurPage(deed, pageId, entries))
  const given = givenOf(all)
  const deeds = all.slice(given.deeds)
  const people = new People(deeds)
  const page = deeds[0]?.deed.do === 'page' ? deeds[0].deed.page : undefined
  const persons = new Persons(entries)
  const pace = new Pace(entries)
  const steps: Step[] = []
  for (const [n, deed] of deeds.entries()) {
    const next = deeds[n + 1]
    if (deed.deed.do === 'save') steps.push(...(folders ? saveSteps(deed.deed.files, folders) : []))
    else if (n > 0 || page === undefined) steps.push(...people.steps(deed))
    pace.begin(deed.at)
    const spoken = spokenBetween(entries, deed.seq, next?.seq ?? Number.POSITIVE_INFINITY)
    for (const { at, visitorId, texts } of spoken.map(one => ({ ...one, visitorId: persons.of(one.visitorId) }))) {
      steps.push(...pace.to(at), people.expecting(visitorId, texts))
    }
    steps.push(...(pace.isExact && next ? pace.to(next.at) : pace.to(deed.at + timeBetween(recorded, deed, next))))
  }
  const expect = overall(entries)
  const { start } = pace
  const files = folders ? filesAtFirst(deeds, folders) : {}
  return {
    name,
    given: {
      ...(botId !== undefined && { bot: botId }),
      ...(page !== undefined && { page: hasNoScripts(page) ? 'stub' : page }),
      ...(start !== undefined && { clock: new Date(start).toISOString() }),
      ...given.given,
      ...(Object.keys(files).length > 0 && { files }),
      ...people.given
    },
    steps,
    ...(Object.keys(expect).length > 0 && { expect })
  }
}

/** Gestures in a page of ours are steps only where they concern the chat: what its buttons do stands there as the event that they send. */
function isOnOurPage(deed: Deed, pageId: string | undefined, entries: readonly TraceEntry[]): boolean {
  if (deed.do !== 'gesture' || OF_CHAT.has(deed.gesture.do)) return false
  return entries.some(entry => entry.kind === 'page-loaded' && entry.pageId === pageId && hasNoScripts(entry.page))
}

const OF_CHAT: ReadonlySet<Gesture['do']> = new Set(['load', 'reload', 'leave', 'open', 'close', 'escape', 'say', 'choose', 'reset'])

/** What was staged before anything was done is there from the beginning. */
function givenOf(deeds: readonly RecordedDeed[]): { given: Json; deeds: number } {
  const given: Json = {}
  let count = 0
  for (const { deed } of deeds) {
    if (deed.do === 'line') given.line = deed.line
    else if (deed.do === 'faults') given.faults = deed.faults
    else if (deed.do === 'unmount') given.unmounted = [...((given.unmounted as string[] | undefined) ?? []), deed.botId]
    else break
    count++
  }
  return deeds[count]?.deed.do === 'page' ? { given, deeds: count } : { given: {}, deeds: 0 }
}

/** Deeds of one person. */
const PERSONAL: ReadonlySet<Deed['do']> = new Set(['page', 'gesture', 'visitor', 'event'])
/** Deeds that concern somebody who may not have done anything. */
const CONCERNING: ReadonlySet<Deed['do']> = new Set(['send', 'state'])

/** Who acts, by names for people instead of ids. */
class People {
  readonly given: Json = {}
  readonly #names = new Map<string, string>()
  /** Of each, how many tabs were seen. */
  readonly #tabs = new Map<string, Set<number>>()

  constructor(deeds: readonly RecordedDeed[]) {
    const languages = new Map<string, string>()
    for (const { deed, visitorId, tab = 1 } of deeds) {
      if (!PERSONAL.has(deed.do) || visitorId === undefined) continue
      if (!this.#names.has(visitorId)) this.#names.set(visitorId, `visitor ${this.#names.size + 1}`)
      this.#tabs.set(visitorId, (this.#tabs.get(visitorId) ?? new Set()).add(deed.do === 'visitor' ? (deed.change.tab ?? tab) : tab))
      if (deed.do === 'visitor' && deed.change.what === 'new' && deed.change.language !== undefined) {
        languages.set(visitorId, deed.change.language)
      }
    }
    const options = (visitorId: string) => (languages.has(visitorId) ? { language: languages.get(visitorId) } : {})
    const [first] = this.#names.keys()
    if (this.#names.size > 1) {
      this.given.visitors = Object.fromEntries([...this.#names].map(([visitorId, name]) => [name, options(visitorId)]))
    } else if (first !== undefined && languages.has(first)) this.given.visitor = options(first)
  }

  steps({ deed, visitorId, tab }: RecordedDeed): Step[] {
    const isNew = deed.do === 'visitor' && deed.change.what === 'new'
    const steps = isNew && this.#names.size > 1 ? [loads(deed.change.page)] : stepsOf(deed)
    if (visitorId === undefined || !(PERSONAL.has(deed.do) || CONCERNING.has(deed.do))) return steps
    const of = { ...this.#as(visitorId), ...(PERSONAL.has(deed.do) && this.#tab(visitorId, tab)) }
    if (Object.keys(of).length === 0) return steps
    return steps.map(step => ({ ...(typeof step === 'string' ? { [step]: true } : step), ...of }))
  }

  /** What the bot said to somebody. */
  expecting(visitorId: string, texts: readonly string[]): Step {
    return { expect: { says: texts.length === 1 ? texts[0] : texts }, ...this.#as(visitorId) }
  }

  /** The first is meant where nobody is named. */
  #as(visitorId: string): Json {
    const name = this.#names.get(visitorId)
    return name === undefined || name === 'visitor 1' ? {} : { as: name }
  }

  #tab(visitorId: string, tab: number | undefined): Json {
    return tab !== undefined && tab !== 1 && (this.#tabs.get(visitorId)?.size ?? 0) > 1 ? { tab } : {}
  }
}

const loads = (page: string | undefined): Step => (page === undefined || hasNoScripts(page) ? 'load' : { load: page })

function stepsOf(deed: Deed): Step[] {
  switch (deed.do) {
    case 'page':
      return [loads(deed.page)]
    case 'event':
      return [eventStep(deed)]
    case 'save':
      // Of paths, which these words know nothing of.
      return []
    case 'restart':
      return ['restart']
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

/** `event` in the schema's words: a call of the page. */
function eventStep({ via, payload }: Deed & { do: 'event' }): Step {
  const { type, payload: inner, ...more } = (typeof payload === 'object' && payload !== null ? payload : {}) as Json
  const isPlain = inner === undefined && Object.keys(more).length === 0 && via === 'sendEvent' && typeof type === 'string'
  if (isPlain) return { event: type }
  return {
    event: {
      ...(type !== undefined && { type }),
      ...(inner !== undefined && { payload: inner }),
      ...(Object.keys(more).length > 0 && { with: more }),
      ...(via !== 'sendEvent' && { via })
    }
  }
}

function gestureSteps(gesture: Gesture): Step[] {
  switch (gesture.do) {
    case 'load':
      return [loads(gesture.page)]
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
function visitorSteps({ what, attributes, page, tab, language }: (Deed & { do: 'visitor' })['change']): Step[] {
  switch (what) {
    case 'new':
      return ['newVisitor', loads(page)]
    case 'new-conversation':
      return ['newConversation']
    case 'language':
      return [language === undefined ? 'reload' : { language }]
    case 'returned':
      return ['reload']
    case 'expired':
      return [{ advance: '31min', name: 'The session expires' }, 'reload']
    case 'signed-in':
      return [{ state: { user: attributes ?? {} }, name: 'The visitor signs in' }]
    case 'tab-opened':
      return [{ load: page === undefined || hasNoScripts(page) ? true : page, ...(tab !== undefined && { tab }) }]
    case 'tab-closed':
      return [{ leave: true, ...(tab !== undefined && { tab }) }]
    default:
      return []
  }
}

/** What the bot said between two deeds: together what came together to one visitor. */
function spokenBetween(entries: readonly TraceEntry[], from: number, to: number): { at: number; visitorId: string; texts: string[] }[] {
  const groups: { at: number; visitorId: string; texts: string[] }[] = []
  for (const entry of entries) {
    if (entry.seq <= from || entry.seq >= to || entry.kind !== 'chat-received' || entry.by !== 'bot' || entry.what !== 'message') continue
    const text = chatText(entry.payload)
    if (text === undefined) continue
    const last = groups.at(-1)
    if (last && last.visitorId === entry.visitorId && entry.at - last.at <= TOGETHER) {
      last.texts.push(text)
      last.at = entry.at
    } else groups.push({ at: entry.at, visitorId: entry.visitorId, texts: [text] })
  }
  return groups
}

/** How much time has to pass between two deeds, ms. */
function timeBetween(recorded: readonly RecordedDeed[], deed: RecordedDeed, next: RecordedDeed | undefined): number {
  const between = recorded.filter(other => other.seq > deed.seq && (next === undefined || other.seq <= next.seq))
  return between.reduce((sum, { deed, wait }) => sum + wait + (deed.do === 'clock' ? deed.ms : 0), 0)
}

/** What was true of the whole run and should stay so. */
function overall(entries: readonly TraceEntry[]): Json {
  const run = runOf(entries)
  const failed = run.index.stories.some(story => factsOf(story).hooks.some(run => run.ended?.outcome === 'failed'))
  return {
    ...(!failed && { errors: 'none' }),
    ...(mistakesIn(run).size === 0 && { findings: 'none' })
  }
}

export const nameOf = (entries: readonly TraceEntry[]) =>
  `Recorded run of ${duration(Math.max(0, (entries.at(-1)?.at ?? 0) - (entries[0]?.at ?? 0)))}`
