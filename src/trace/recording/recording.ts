import type { EntryOf, HookFault, TraceEntry } from '../entry.ts'
import type { SavedFile } from '../saved-files.ts'
import type { Gesture, LineConditions } from '../stage-entries.ts'
import { chatPayload, chatText } from '../step-table.ts'
import { Persons } from './persons.ts'

/** Something that visitor or author did, as opposed to what came of it. */
export type Deed =
  | { do: 'page'; page: string }
  | { do: 'gesture'; gesture: Gesture }
  | { do: 'visitor'; change: EntryOf<'visitor-changed'> }
  | { do: 'line'; line: LineConditions }
  | { do: 'faults'; faults: HookFault[] }
  | { do: 'mount' | 'unmount'; botId: string }
  | { do: 'state'; botId: string; state: Record<string, unknown> }
  /** `as: visitor`: a message that the visitor sent by a part of the chat. */
  | { do: 'send'; type: string; payload: unknown; botId: string; as?: 'visitor' }
  /** On a page without scripts of its own, where only somebody else can have called: by a button of the built-in page, or by a step. */
  | { do: 'event'; via: 'sendEvent' | 'sendPayload'; payload: unknown }
  /** The author saved files; what they were before is in the first of them. */
  | { do: 'save'; files: SavedFile[] }
  /** The engine was started anew over its storage. */
  | { do: 'restart' }
  | { do: 'clock'; ms: number }

export interface RecordedDeed {
  /** The entry that tells of it. */
  seq: number
  at: number
  /** Of whom the visitor's browser is; absent for what concerns all. */
  visitorId?: string
  pageId?: string
  /** The how-manieth tab of that browser, where it is known. */
  tab?: number
  deed: Deed
  /**
   * ms between the deed before and this one in which something still happened because of the former, and so have to pass when it is played again.
   * Time in which a person only thought is left out.
   */
  wait: number
}

/** The trace without what was played again. `seq` of the entries stays. */
export function withoutReplays(entries: readonly TraceEntry[]): TraceEntry[] {
  let replaying = false
  return entries.filter(entry => {
    if (entry.kind === 'replay-started') replaying = true
    const leave = replaying || entry.kind === 'replay-ended'
    if (entry.kind === 'replay-ended') replaying = false
    return !leave
  })
}

/** Pages of ours, which do nothing by themselves. */
export const hasNoScripts = (page: string | undefined) => page === 'builtin' || page === 'stub'

/** After the last that came of a deed so much is waited, ms. */
const REST = 300
/** What a page said so long after a gesture may still tell of that gesture, ms. */
const NEAR = 1000

/**
 * All that was done in a run, in order: what has to be done to see it again. What pages, hooks and flows did of themselves is left out, and so is what
 * was played again.
 */
export function recordingOf(entries: readonly TraceEntry[]): RecordedDeed[] {
  const deeds: RecordedDeed[] = []
  /** Visitors whose last deed brings about a load: that `page-loaded` is no deed of its own. */
  const loading = new Set<string>()
  const pages = new Map<string, string>()
  const tabs = new Map<string, number>()
  const persons = new Persons(entries)
  const said = new Map<string, { text: string; at: number }[]>()
  let clock: string | undefined
  let last: { at: number; seq: number } | undefined
  let latest = 0
  const add = (entry: TraceEntry, deed: Deed, of: { visitorId?: string; pageId?: string } = {}) => {
    const passed = last && deed.do !== 'clock' ? Math.min(entry.at - last.at, latest - last.at + REST) : 0
    const wait = Math.max(0, passed)
    const tab = of.pageId === undefined ? undefined : tabs.get(of.pageId)
    const who = of.visitorId === undefined ? {} : { visitorId: persons.of(of.visitorId) }
    deeds.push({ seq: entry.seq, at: entry.at, ...of, ...who, ...(tab !== undefined && { tab }), deed, wait })
    last = entry
    latest = entry.at
  }
  for (const entry of withoutReplays(entries)) {
    switch (entry.kind) {
      case 'page-loaded': {
        const { pageId, page, tab = 1 } = entry
        const visitorId = persons.of(entry.visitorId)
        tabs.set(pageId, tab)
        const browserTab = `${visitorId} ${tab}`
        // Another page than before is another choice of the author, unless a deed has led there. The same page anew is a saved file.
        if (!loading.delete(visitorId) && pages.get(browserTab) !== page) add(entry, { do: 'page', page }, { visitorId, pageId })
        pages.set(browserTab, page)
        break
      }
      case 'page-gesture': {
        const { gesture, pageId } = entry
        const visitorId = persons.of(entry.visitorId)
        if (gesture.do === 'say') remember(said, visitorId, gesture.text, entry.at)
        if (gesture.do === 'choose') remember(said, visitorId, gesture.title, entry.at)
        // On a moved clock idling is the move, which has an entry of its own.
        if (gesture.do !== 'idle' || !isMoved(entries, entry)) add(entry, { do: 'gesture', gesture }, { visitorId, pageId })
        if (LOADS.has(gesture.do)) loading.add(visitorId)
        else loading.delete(visitorId)
        break
      }
      case 'chat-received': {
        // Typed by hand, where nothing told of the gesture.
        const text = entry.by === 'visitor' ? chatText(entry.payload) : undefined
        if (text !== undefined && !forget(said, persons.of(entry.visitorId), text, entry.at)) {
          const isButton = (chatPayload(entry.payload) as { type?: unknown } | undefined)?.type === 'quick_reply'
          add(
            entry,
            { do: 'gesture', gesture: isButton ? { do: 'choose', title: text } : { do: 'say', text } },
            { visitorId: entry.visitorId }
          )
        }
        break
      }
      case 'page-sent': {
        const { via, payload, visitorId, pageId, page } = entry
        if (via === 'widget') break
        // Words that the page says for the visitor are not the visitor's deed.
        const { text } = (payload ?? {}) as { text?: unknown }
        if (typeof text === 'string') remember(said, persons.of(visitorId), text, entry.at)
        if (hasNoScripts(page)) add(entry, { do: 'event', via, payload }, { visitorId, pageId })
        break
      }
      case 'file-saved':
        // What was saved before anything was done is how the run begins.
        if (deeds.length > 0) add(entry, { do: 'save', files: entry.files })
        break
      case 'engine-started':
        // Another clock is the author's choice as well, but is told by the clock's own entries.
        if (clock === entry.clock && deeds.length > 0) add(entry, { do: 'restart' })
        clock = entry.clock
        break
      case 'visitor-changed':
        add(entry, { do: 'visitor', change: entry }, { visitorId: entry.visitorId })
        loading.add(persons.of(entry.visitorId))
        break
      case 'event-received':
        if (entry.from.by === 'author' && entry.direction === 'incoming') {
          add(entry, { do: 'send', type: entry.type, payload: entry.payload, botId: entry.botId }, { visitorId: entry.target })
        }
        break
      case 'condition-set':
        add(entry, { do: 'line', line: entry.line })
        break
      case 'fault-staged':
        add(entry, { do: 'faults', faults: entry.faults })
        break
      case 'bot-mounted':
      case 'bot-unmounted':
        add(entry, { do: entry.kind === 'bot-mounted' ? 'mount' : 'unmount', botId: entry.botId })
        break
      case 'state-edited':
        // Signing in writes attributes; that is told by the visitor's change.
        if (!isSignIn(deeds.at(-1))) {
          add(entry, { do: 'state', botId: entry.botId, state: entry.state }, { visitorId: entry.target })
        }
        break
      case 'clock':
        if (last && entry.to > last.at) add(entry, { do: 'clock', ms: entry.to - last.at })
        break
    }
    latest = Math.max(latest, entry.at)
  }
  return deeds
}

/** ms in which something still happened because of the last deed. */
export function restOf(entries: readonly TraceEntry[], deeds: readonly RecordedDeed[]): number {
  const last = deeds.at(-1)
  if (!last) return 0
  const latest = withoutReplays(entries).reduce((latest, { at }) => Math.max(latest, at), last.at)
  return latest - last.at + REST
}

/** Gestures after which a page may load. */
const LOADS: ReadonlySet<Gesture['do']> = new Set(['load', 'reload', 'click', 'submit', 'key'])

const isSignIn = (last: RecordedDeed | undefined) => last?.deed.do === 'visitor' && last.deed.change.what === 'signed-in'

function isMoved(entries: readonly TraceEntry[], idle: TraceEntry): boolean {
  return entries.slice(idle.seq, idle.seq + 200).some(entry => entry.kind === 'clock')
}

function remember(said: Map<string, { text: string; at: number }[]>, visitorId: string, text: string, at: number): void {
  said.set(visitorId, [...(said.get(visitorId) ?? []).filter(one => at - one.at < NEAR * 10), { text, at }])
}

function forget(said: Map<string, { text: string; at: number }[]>, visitorId: string, text: string, at: number): boolean {
  const own = said.get(visitorId) ?? []
  const known = own.findIndex(one => one.text === text && Math.abs(at - one.at) < NEAR * 10)
  if (known < 0) return false
  own.splice(known, 1)
  return true
}
