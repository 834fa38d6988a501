import type { EntryOf } from './entry.ts'
import { savedSentences } from './saved-files.ts'
import type { Gesture, LineConditions, VisitorChange } from './stage-entries.ts'
import type { Line } from './step-table.ts'
import { baseName, duration, inline, list, quote, sentence, shorten } from './words.ts'

type StageKind =
  | 'file-saved'
  | 'replay-started'
  | 'replay-ended'
  | 'page-gesture'
  | 'page-left'
  | 'voiceflow-called'
  | 'bubbles-changed'
  | 'visitor-changed'
  | 'condition-set'
  | 'line-lost'

const WHAT_WAS_DONE: { [G in Gesture['do']]: (gesture: Gesture & { do: G }) => string } = {
  load: ({ page }) => `went to ${page}`,
  reload: () => 'loaded the page anew',
  leave: () => 'left the page',
  navigate: ({ to }) => `went to ${to} within the page`,
  idle: ({ ms }) => `did nothing for ${duration(ms)}`,
  scroll: ({ to }) => `scrolled to ${Math.round(to)} %`,
  move: () => 'moved the pointer',
  pointerLeaves: ({ edge }) => `moved the pointer out of the page (${edge})`,
  focus: ({ selector }) => `went into the field ${selector}`,
  blur: ({ selector }) => `left the field ${selector}`,
  type: ({ into, text }) => `wrote ${quote(text)} into ${into}`,
  submit: ({ selector }) => `submitted ${selector}`,
  click: ({ selector }) => `clicked ${selector}`,
  key: ({ key }) => `pressed ${key}`,
  hide: () => 'looked at another tab',
  show: () => 'looked at this tab again',
  open: () => 'opened the chat',
  close: () => 'closed the chat',
  escape: () => 'pressed Escape in the chat',
  say: ({ text }) => `wrote ${quote(text)}`,
  choose: ({ title }) => `chose ${quote(title)}`,
  reset: () => 'started the conversation over'
}

/** What a visitor did, after “The visitor”. */
export function gestureWords(gesture: Gesture): string {
  return (WHAT_WAS_DONE[gesture.do] as (gesture: Gesture) => string)(gesture)
}

const WHO_IT_IS: Record<VisitorChange, string> = {
  new: 'Somebody who was never here',
  shown: 'Another visitor is shown',
  removed: 'A visitor was removed',
  returned: 'The visitor returns',
  expired: 'The visitor’s session has expired',
  'new-conversation': 'The visitor begins another conversation',
  'signed-in': 'The visitor is signed in',
  language: 'The visitor’s browser speaks another language',
  'tab-opened': 'The visitor opens another tab',
  'tab-closed': 'The visitor closes a tab',
  'tab-shown': 'The visitor looks at another tab'
}

/** The staged trouble of a line in words, or undefined when there is none. */
export function lineWords({ delayMs, lose, order, windowMs = 50, handshake, status }: LineConditions): string | undefined {
  const parts = [
    delayMs ? `everything takes ${duration(delayMs)}` : undefined,
    lose && { requests: 'requests are lost', pushes: 'what the server sends is lost', all: 'everything is lost' }[lose],
    order === 'reversed' ? `what is sent within ${duration(windowMs)} arrives last first` : undefined,
    handshake === 'never' ? 'the handshake never ends' : handshake ? `the handshake takes ${duration(handshake)}` : undefined,
    status ? `every request is answered with ${status}` : undefined
  ].filter(part => part !== undefined)
  return parts.length > 0 ? parts.join(', ') : undefined
}

const AGAIN: Record<EntryOf<'replay-started'>['what'], string> = {
  event: 'the last event is played again',
  run: 'the whole run is played again',
  transcript: 'a transcript is played'
}

const CALL_END: Record<EntryOf<'voiceflow-called'>['fate'], string> = {
  done: '',
  lost: ': lost, the chat was not loaded',
  'no-effect': ': no effect in an embedded chat'
}

type Bubble = EntryOf<'bubbles-changed'>['bubbles'][number]

/** Why a bubble is not seen. */
export const BUBBLE_STATES: Record<Bubble['state'], string> = {
  drawn: 'seen',
  ignored: 'ignored, because only text is drawn',
  'chat-open': 'kept until the chat is closed',
  'widget-hidden': 'kept until the widget is shown',
  dismissed: 'dismissed, until the next one is pushed'
}

/** What of the queue is seen. */
export function bubbleWords(bubbles: readonly Bubble[]): string {
  if (bubbles.length === 0) return 'No bubbles'
  const parts = bubbles.map(({ text, type, state }) => `${type === 'text' ? quote(shorten(text, 60)) : type} ${BUBBLE_STATES[state]}`)
  return `Bubbles: ${parts.join('; ')}`
}

/** The lines of these kinds in the table of steps. */
export const STAGE_LINES: { [K in StageKind]: (entry: EntryOf<K>) => Line | undefined } = {
  'file-saved': entry => ({
    text: savedSentences(entry.files).join(' ').replace(/\.$/, ''),
    icon: 'engine',
    ...(entry.files.length === 1 && !entry.files[0]!.gone && { place: { file: entry.files[0]!.file } })
  }),
  'replay-started': entry => ({
    text: sentence(
      `${entry.why === 'saved' ? `saved ${list(entry.files.map(baseName), 3)}: ` : ''}${AGAIN[entry.what]}${entry.reversed ? ', in the other order' : ''}`
    ),
    icon: 'engine'
  }),
  'replay-ended': entry =>
    entry.outcome === 'failed'
      ? { text: `Could not be played to its end: ${entry.reason ?? ''}`, icon: 'warning', tone: 'warning' }
      : undefined,
  'page-gesture': entry => ({ text: `The visitor ${gestureWords(entry.gesture)}`, icon: 'page' }),
  'page-left': entry => ({ text: `Page left: ${entry.page}`, icon: 'page', tone: 'dim' }),
  'voiceflow-called': entry => ({
    text: `Page called voiceflow.chat.${entry.name}${entry.traces ? `(${shorten(entry.traces.map(trace => inline(trace, 60)).join(', '), 140)})` : ''}${CALL_END[entry.fate]}`,
    icon: 'page',
    tone: entry.fate === 'done' ? 'plain' : 'error',
    place: entry.place
  }),
  'bubbles-changed': entry => ({ text: bubbleWords(entry.bubbles), icon: 'chat' }),
  'visitor-changed': entry => ({
    text: `${WHO_IT_IS[entry.what]}${entry.tab === undefined ? '' : ` (tab ${entry.tab})`}${entry.language ? `: ${entry.language}` : ''}${entry.attributes ? `: ${inline(entry.attributes, 60)}` : ''}`,
    icon: 'page'
  }),
  'condition-set': entry => {
    const words = lineWords(entry.line)
    return {
      text: words ? `Staged on the line: ${words}` : 'The line is as it should be',
      icon: 'network',
      tone: words ? 'warning' : 'plain'
    }
  },
  'line-lost': entry => ({ text: `Lost on the line, as staged: ${entry.what} ${entry.name}`, icon: 'network', tone: 'warning' })
}
