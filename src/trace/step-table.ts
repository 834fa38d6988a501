import { BOT_LINES } from './bot-lines.ts'
import type { EntryKind, EntryOf, Place, TraceEntry } from './entry.ts'
import { STAGE_LINES } from './stage-lines.ts'
import { duration, FAULT, faultWords, inline, list, quote, sentence, shorten, textOf, who } from './words.ts'

export type StepIcon =
  | 'page'
  | 'send'
  | 'event'
  | 'hook'
  | 'flag'
  | 'reply'
  | 'chat'
  | 'flow'
  | 'decision'
  | 'state'
  | 'clock'
  | 'log'
  | 'error'
  | 'warning'
  | 'network'
  | 'wait'
  | 'engine'

export type StepTone = 'plain' | 'good' | 'warning' | 'error' | 'dim'

/** What one entry says in one line. */
export interface Line {
  text: string
  icon: StepIcon
  tone?: StepTone
  place?: Place | undefined
  /** The step is a detail that a calm view may leave out. */
  minor?: boolean
}

type Tell<K extends EntryKind> = (entry: EntryOf<K>) => Line | undefined

const said = (payload: unknown) => {
  const text = textOf(payload)
  return text === undefined ? inline(payload) : quote(text)
}
const typed = (type: string | undefined) => (type === undefined ? 'something without a type' : quote(type))
const stopped = (reason: EntryOf<'engine-stopped'>['reason']) =>
  reason === 'hook-limit' ? 'stopped an endless loop' : `stopped (${reason})`

/** One line for each kind of entry; a kind without a line here is folded into another step. */
export const LINES: { [K in EntryKind]: Tell<K> } = {
  'engine-started': entry => ({
    text: `Engine started: Botpress ${entry.botpressVersion}, ${list(entry.bots) || 'no bots'}`,
    icon: 'engine'
  }),
  'engine-stopped': entry => ({
    text: `Engine ${stopped(entry.reason)}${entry.hook ? ` in ${entry.hook}` : ''}${entry.ms === undefined ? '' : ` after ${duration(entry.ms)}`}`,
    icon: entry.reason === 'request' ? 'engine' : 'error',
    tone: entry.reason === 'request' ? 'dim' : 'error',
    place: entry.place
  }),
  'fault-staged': entry => ({
    text: entry.faults.length > 0 ? `You made ${list(entry.faults.map(faultWords))}` : 'You let all hooks work as they are again',
    icon: 'warning'
  }),
  'bot-mounted': entry => ({ text: `You mounted the bot ${entry.botId}`, icon: 'engine' }),
  'bot-unmounted': entry => ({ text: `You unmounted the bot ${entry.botId}`, icon: 'engine', tone: 'warning' }),
  'state-edited': entry => ({
    text: `You changed the stored state${changed(entry.changes)}`,
    icon: 'state'
  }),
  'data-problem': entry => ({ text: entry.problem, icon: 'warning', tone: 'warning', place: entry.place }),

  'page-loaded': entry => ({ text: `Page loaded: ${entry.page}`, icon: 'page' }),
  'page-posted': entry => ({
    text: `Widget told the page: ${entry.name ?? inline(entry.data, 50)}`,
    icon: 'page',
    tone: 'dim',
    minor: entry.name === undefined
  }),
  'page-sent': entry => ({
    text: `${entry.via === 'widget' ? 'Widget sent' : `Page called ${entry.via}`} ${typed(entry.type)}${SENT_END[entry.fate](entry.phase)}`,
    icon: 'send',
    tone: entry.fate === 'dropped' ? 'error' : 'plain',
    place: entry.place
  }),
  'page-refused': entry => ({ text: `Server refused it (${entry.status}): ${entry.reason}`, icon: 'error', tone: 'error' }),
  'page-console': entry => ({
    text: `Page’s console: ${shorten(entry.text, 160)}`,
    icon: entry.level === 'error' ? 'error' : entry.level === 'warn' ? 'warning' : 'log',
    tone: entry.level === 'error' ? 'error' : entry.level === 'warn' ? 'warning' : 'dim',
    place: entry.place
  }),

  'event-received': entry =>
    entry.direction === 'outgoing'
      ? { text: `Reply ${said(entry.payload)} by ${who(entry.from)}`, icon: 'reply', place: entry.from.place }
      : { text: `Event ${typed(entry.type)} received from ${who(entry.from)}`, icon: 'event', place: entry.from.place },
  'event-rejected': entry => ({ text: `Event refused: ${entry.reason}`, icon: 'error', tone: 'error', place: entry.from.place }),
  'event-started': entry =>
    entry.attempt > 1 ? { text: 'Processed once more from the beginning', icon: 'warning', tone: 'warning' } : undefined,
  'event-waiting': () => ({ text: 'Waits for an earlier event of the same visitor', icon: 'wait', tone: 'warning' }),
  'event-stuck': entry => ({
    text: `${entry.hook ?? 'The event'} has not finished after ${duration(entry.ms)}: the visitor’s queue is locked`,
    icon: 'error',
    tone: 'error',
    place: entry.place
  }),
  'state-loaded': entry => ({
    text: entry.newSession ? 'State loaded: a new session' : 'State loaded',
    icon: 'state',
    tone: 'dim',
    minor: true
  }),
  'hook-started': entry => ({
    text: `${entry.hookType} · ${entry.name}${entry.staged ? `: made to ${FAULT[entry.staged]} by you` : ''}`,
    icon: 'hook',
    tone: entry.staged ? 'warning' : 'plain',
    place: entry.place
  }),
  'hook-ended': entry =>
    entry.outcome === 'failed'
      ? {
          text: `${entry.error?.name ?? 'Error'}: ${entry.error?.message ?? ''}`,
          icon: 'error',
          tone: 'error',
          place: entry.error?.place ?? entry.place
        }
      : undefined,
  'flag-set': entry => ({
    text: `${entry.value ? 'Set' : 'Cleared'} ${entry.flag}${entry.known ? '' : ': Botpress reads no such flag'}`,
    icon: 'flag',
    tone: entry.known ? 'plain' : 'warning',
    place: entry.from.place
  }),
  'too-late': entry => ({ text: `Too late, the hook had ended: ${entry.what}`, icon: 'warning', tone: 'warning', place: entry.from.place }),
  'middleware-ended': entry => ({
    text: `Middleware ${entry.name}: ${entry.outcome}${entry.ms >= 1 ? ` in ${duration(entry.ms)}` : ''}`,
    icon: 'event',
    tone: entry.outcome === 'failed' ? 'error' : entry.outcome === 'timedOut' || entry.outcome === 'swallowed' ? 'warning' : 'dim',
    minor: entry.outcome === 'completed' || entry.outcome === 'skipped'
  }),
  'event-paused': () => ({ text: 'Paused: stored and left alone', icon: 'wait' }),
  'decision-made': entry => ({
    text: DECISION[entry.outcome](entry.skippedBy ? who(entry.skippedBy) : undefined),
    icon: 'decision',
    place: entry.skippedBy?.place
  }),
  'dialog-entered': entry => ({
    text: entry.resumed ? `${entry.flow} · ${entry.node} takes it as the answer` : `${entry.flow} · ${entry.node}`,
    icon: 'flow',
    place: entry.place
  }),
  'dialog-instruction': entry => ({
    text: `${INSTRUCTION[entry.what]} ${shorten(entry.text.replace(/^say /, ''), 100)}${entry.error ? `: ${entry.error.message}` : ''}`,
    icon: entry.error ? 'error' : 'flow',
    tone: entry.error ? 'error' : 'dim',
    place: entry.error?.place
  }),
  'dialog-waits': entry => ({ text: `Waits for an answer at ${entry.flow} · ${entry.node}`, icon: 'wait' }),
  'dialog-ended': () => ({ text: 'Flow ended', icon: 'flow', tone: 'dim' }),
  'dialog-failed': entry => ({
    text: `Dialog engine failed: ${entry.error.message}`,
    icon: 'error',
    tone: 'error',
    place: entry.error.place
  }),
  'dialog-jumped': entry => ({
    text: `${who(entry.from)} jumped to ${entry.flow}${entry.node ? ` · ${entry.node}` : ''}`,
    icon: 'flow',
    place: entry.from.place
  }),
  'state-saved': entry => ({
    text: `Saved ${list(entry.parts)}${changed(entry.changes)}`,
    icon: 'state',
    tone: entry.changes.length > 0 ? 'good' : 'dim'
  }),
  'state-discarded': entry =>
    entry.changes.length > 0 ? { text: `Thrown away${changed(entry.changes)}`, icon: 'state', tone: 'warning' } : undefined,
  'event-ended': entry => ({
    text: `Ended: ${entry.outcome}${entry.error ? `: ${entry.error.message}` : ''}`,
    icon: entry.outcome === 'failed' ? 'error' : 'event',
    tone: entry.outcome === 'failed' ? 'error' : 'dim',
    place: entry.error?.place
  }),

  'chat-received': entry => ({
    text: entry.by === 'visitor' ? `Visitor wrote ${said(entry.payload)}` : CHAT[entry.what](said(chatPayload(entry.payload)), entry.shown),
    icon: 'chat',
    tone: entry.what === 'message' ? (entry.shown ? 'good' : 'plain') : 'dim',
    minor: entry.what === 'typing'
  }),
  'reply-lost': entry => ({ text: `Reply lost: ${entry.reason}`, icon: 'error', tone: 'error' }),

  log: entry => ({ text: `${entry.logger}: ${shorten(entry.message, 200)}`, ...LEVEL[entry.level], place: entry.place }),
  console: entry => ({ text: `Console: ${shorten(entry.text, 200)}`, ...LEVEL[entry.level], place: entry.place }),
  'unhandled-rejection': entry => ({
    text: `Promise failed that nobody waits for: ${entry.error.message}`,
    icon: 'error',
    tone: 'error',
    place: entry.error.place
  }),
  'uncaught-exception': entry => ({
    text: `Uncaught: ${entry.error.message}. Real server: ${entry.real}`,
    icon: 'error',
    tone: 'error',
    place: entry.error.place
  }),
  'script-timer': entry => ({
    text:
      entry.what === 'set'
        ? `${entry.hook ?? 'A script'} set a timer that comes in ${duration(entry.due - entry.at)}`
        : `${entry.hook ?? 'A script'} took its timer back`,
    icon: 'clock',
    tone: 'dim',
    place: entry.place
  }),
  'value-stored': entry => ({
    text: `${sentence(who(entry.from))} stored ${quote(entry.key)} in ${entry.botId === undefined ? 'the global store' : 'the bot’s store'}: ${shorten(entry.preview, 80)}`,
    icon: 'state',
    place: entry.from.place
  }),
  'session-expired': entry => ({
    text: `The session of ${entry.target} ended${entry.node === undefined ? '' : ` while ${entry.flow} · ${entry.node} waited`}${entry.hooks.length > 0 ? `: ${list(entry.hooks.map(({ name }) => name))} had nothing left to time out` : ''}`,
    icon: 'clock',
    tone: entry.hooks.length > 0 ? 'warning' : 'dim',
    place: entry.hooks[0]?.place
  }),
  network: entry => ({
    text: `${entry.method} ${shorten(entry.url, 80)}: ${entry.outcome}${entry.status === undefined ? '' : ` ${entry.status}`}${entry.ms === undefined ? '' : ` in ${duration(entry.ms)}`}${entry.reason === undefined ? '' : `: ${entry.reason}`}`,
    icon: 'network',
    tone: entry.outcome === 'refused' || entry.outcome === 'failed' ? 'warning' : 'plain',
    place: entry.place
  }),
  clock: entry => ({ text: `Clock moved to ${new Date(entry.to).toISOString()}: ${entry.why}`, icon: 'clock' }),

  ...BOT_LINES,
  ...STAGE_LINES
}

const SENT_END: Record<EntryOf<'page-sent'>['fate'], (phase: string) => string> = {
  posted: () => '',
  handled: () => ': the widget does that itself',
  dropped: phase => `: dropped, the chat was not ready (${phase})`
}

const DECISION: Record<EntryOf<'decision-made'>['outcome'], (by: string | undefined) => string> = {
  dialog: () => 'Decision: the dialog engine takes it',
  suggestion: () => 'Decision: a suggestion is sent',
  'suggestion-and-dialog': () => 'Decision: a suggestion is sent, then the dialog engine runs',
  skipped: by => `Decision: the dialog engine is skipped${by ? `, told so by ${by}` : ''}`
}

const INSTRUCTION: Record<EntryOf<'dialog-instruction'>['what'], string> = {
  say: 'Say',
  action: 'Action',
  transition: 'Transition',
  wait: 'Wait'
}

const CHAT: Record<EntryOf<'chat-received'>['what'], (text: string, shown: boolean) => string> = {
  message: (text, shown) => (shown ? `Chat shows ${text}` : `Chat has ${text}, but no page is open to show it`),
  typing: () => 'Chat shows that the bot is typing',
  data: text => `Page receives data ${text}`,
  clear: () => 'Chat was cleared'
}

const LEVEL: Record<EntryOf<'log'>['level'] | EntryOf<'console'>['level'], { icon: StepIcon; tone: StepTone }> = {
  debug: { icon: 'log', tone: 'dim' },
  log: { icon: 'log', tone: 'plain' },
  info: { icon: 'log', tone: 'plain' },
  warn: { icon: 'warning', tone: 'warning' },
  error: { icon: 'error', tone: 'error' },
  critical: { icon: 'error', tone: 'error' }
}

function changed(changes: readonly { path: string }[]): string {
  return changes.length > 0 ? `: ${list([...new Set(changes.map(change => change.path))], 6)}` : ''
}

/** A message as the channel sends it holds the payload one level down. */
export function chatPayload(payload: unknown): unknown {
  const inner = (payload as { payload?: unknown } | null | undefined)?.payload
  return typeof inner === 'object' && inner !== null && textOf(payload) === undefined ? inner : payload
}

/** What the visitor reads of a message, as `chat-received` holds it. */
export const chatText = (payload: unknown): string | undefined => textOf(chatPayload(payload))

/** The line of any entry. */
export function lineOf(entry: TraceEntry): Line | undefined {
  return (LINES[entry.kind] as Tell<EntryKind>)(entry as never)
}
