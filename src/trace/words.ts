import type { HookFault, Origin, Place } from './entry.ts'

/** Small pieces of the sentences in which the trace is told. Pure text, no colour, no markup. */

/** Cuts after `max` characters and puts typographic quotes round it; line breaks become spaces. */
export function quote(text: string, max = 60): string {
  return `“${shorten(text, max)}”`
}

export function shorten(text: string, max: number): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length > max ? `${flat.slice(0, max - 1).trimEnd()}…` : flat
}

/** `12 ms`, `1.5 s`, `2 min 5 s`, `23 h 59 min`; whole seconds only while they matter. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0).replace(/\.0$/, '')} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 3600) return parts([Math.floor(seconds / 60), 'min'], [seconds % 60, 's'])
  const minutes = Math.round(seconds / 60)
  if (minutes < 2 * 1440) return parts([Math.floor(minutes / 60), 'h'], [minutes % 60, 'min'])
  const hours = Math.round(minutes / 60)
  return parts([Math.floor(hours / 24), 'd'], [hours % 24, 'h'])
}

const parts = (...all: [number, string][]) => all.flatMap(([amount, unit]) => (amount > 0 ? [`${amount} ${unit}`] : [])).join(' ')

/** `a`, `a and b`, `a, b and 3 more`. */
export function list(names: readonly string[], max = 4): string {
  const shown = names.length > max ? [...names.slice(0, max - 1), `${names.length - max + 1} more`] : [...names]
  if (shown.length < 2) return shown[0] ?? ''
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

export function count(n: number, one: string, many = `${one}s`): string {
  return n === 1 ? `one ${one}` : `${n} ${many}`
}

export const times = (n: number) => ({ 1: 'once', 2: 'twice' })[n] ?? `${n} times`

/** The last part of a path, with either slash. */
export function baseName(file: string): string {
  return file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
}

/** `greet.js:12`, or `greet.js` where no line is known. */
export function placeName(place: Place): string {
  return place.line === undefined ? baseName(place.file) : `${baseName(place.file)}:${place.line}`
}

const KINDS: Record<Origin['by'], string> = {
  hook: 'the hook',
  action: 'the action',
  dialog: 'the flow',
  suggestion: 'the suggestion of',
  page: 'the page',
  visitor: 'the visitor',
  author: 'you',
  server: 'Botpress',
  channel: 'the chat channel',
  bot: 'the bot'
}

/** Who did it, as the middle of a sentence: `the hook greet.js`, `the page`. */
export function who(origin: Origin): string {
  const named = origin.by === 'hook' || origin.by === 'action' || origin.by === 'dialog' || origin.by === 'suggestion'
  const name = origin.name ?? (origin.place && baseName(origin.place.file))
  if (named && !name) return origin.by === 'suggestion' ? 'a suggestion' : `a ${KINDS[origin.by].slice(4)}`
  return named ? `${KINDS[origin.by]} ${name}` : KINDS[origin.by]
}

/** What a staged failure makes a hook do. */
export const FAULT: Record<HookFault['what'], string> = { throw: 'throw', hang: 'hang', slow: 'be slow' }

/** `greet.js throw`, after “made”. */
export const faultWords = (fault: HookFault): string => `${fault.hook} ${FAULT[fault.what]}`

export function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Ends a sentence that ends in somebody else's words. */
export const stop = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`)

type Fields = Record<string, unknown>
const fields = (value: unknown): Fields | undefined => (typeof value === 'object' && value !== null ? (value as Fields) : undefined)

/** What a visitor reads of a payload (`text`, a card's title, a file's name …), or undefined when nothing of it is text. */
export function textOf(payload: unknown): string | undefined {
  if (typeof payload === 'string') return payload || undefined
  const value = fields(payload)
  if (!value) return undefined
  for (const key of ['text', 'title', 'message']) {
    if (typeof value[key] === 'string' && value[key]) return value[key] as string
  }
  return textOf(value.wrapped) ?? (Array.isArray(value.items) ? textOf(value.items[0]) : undefined)
}

/** Keys that hold what a visitor can press. */
const OFFERS = ['choices', 'quick_replies', 'quickReplies', 'buttons', 'options', 'actions']

/** Whether a message wants an answer: a question, or something to press. */
export function asks(payload: unknown): boolean {
  const value = fields(payload)
  return /[?？؟]/.test(textOf(payload) ?? '') || OFFERS.some(key => Array.isArray(value?.[key]) && (value[key] as unknown[]).length > 0)
}

/** What a real server would have done, as a sentence that stands alone. */
export const onRealServer = (real: string) => stop(/^on the real server/i.test(real) ? real : `On the real server: ${real}`)

/** A value in one line: JSON, cut. Never throws. */
export function inline(value: unknown, max = 60): string {
  if (value === undefined) return 'undefined'
  try {
    return shorten(JSON.stringify(value) ?? String(value), max)
  } catch {
    return shorten(String(value), max)
  }
}

/** The candidate that `word` most likely misspells (at most two changes, and fewer than half of its letters), or undefined. */
export function similar(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = Math.min(2, Math.floor(word.length / 2)) + 1
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) >= least) continue
    const changes = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (changes < least) {
      least = changes
      best = candidate
    }
  }
  return best
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    row = next
  }
  return row[b.length]!
}
