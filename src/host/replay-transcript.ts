import type { TraceEntry } from '../trace/entry.ts'
import type { TraceLog } from '../trace/log.ts'
import type { RecordedDeed } from '../trace/recording/recording.ts'
import { chatText } from '../trace/step-table.ts'
import type { Transcript, Turn } from '../trace/transcript/transcript.ts'
import { quote } from '../trace/words.ts'

/** A pause of a transcript is shortened to this, ms: nobody reads meanwhile. */
const READING_MS = 800
/** How long the bot is waited for, real ms. */
const PATIENCE_MS = 5000

/** What visitor and page did in a transcript, and what the bot said before the first of it and after each. */
export function partsOfTranscript({ turns }: Transcript): { deeds: RecordedDeed[]; said: string[][] } {
  const deeds: RecordedDeed[] = []
  const said: string[][] = [[]]
  let before: Turn | undefined
  for (const turn of turns) {
    // What was saved then is as it is now.
    if (turn.by === 'files') continue
    if (turn.by === 'bot') {
      if (turn.text !== undefined) said.at(-1)!.push(turn.text)
      continue
    }
    const wait = before ? Math.min(READING_MS, Math.max(0, turn.at - before.at)) : READING_MS
    const own = { seq: 0, at: turn.at, ...(turn.visitorId !== undefined && { visitorId: turn.visitorId }) }
    const deed = deedOf(turn)
    // Who writes has the chat open, which no transcript tells.
    if (deed.do === 'gesture' && !deeds.some(({ deed }) => deed.do === 'gesture')) {
      deeds.push({ ...own, deed: { do: 'gesture', gesture: { do: 'open' } }, wait: 0 })
      said.push([])
    }
    deeds.push({ ...own, deed, wait })
    said.push([])
    before = turn
  }
  return { deeds, said }
}

function deedOf({ by, type, text, payload, botId = '' }: Turn): RecordedDeed['deed'] {
  if (by === 'visitor' && text !== undefined && (type === undefined || type === 'text'))
    return { do: 'gesture', gesture: { do: 'say', text } }
  if (by === 'visitor' && text !== undefined && type === 'quick_reply') return { do: 'gesture', gesture: { do: 'choose', title: text } }
  return { do: 'send', type: type ?? 'text', payload: payload ?? {}, botId, ...(by === 'visitor' && { as: 'visitor' }) }
}

/** Listens to the bot while a transcript is played: nobody goes on before the bot has said as much as then. */
export class Heard {
  readonly #trace: TraceLog
  readonly #said: readonly string[][]
  readonly #from: number
  #part = 0

  constructor(trace: TraceLog, said: readonly string[][]) {
    this.#trace = trace
    this.#said = said
    this.#from = trace.entries.length
  }

  /** Where the bot first said something else, as a sentence; undefined when it said the same. */
  get difference(): string | undefined {
    const [then, now] = [this.#said.flat(), this.#texts()]
    const n = Array.from({ length: Math.max(then.length, now.length) }, (_, n) => n).find(n => then[n] !== now[n])
    if (n === undefined) return undefined
    const words = (text: string | undefined) => (text === undefined ? 'nothing' : quote(text, 60))
    return `The bot said ${words(now[n])}, where the transcript has ${words(then[n])}.`
  }

  /** Resolves when the bot has said as much as up to the end of this part of the transcript, or takes too long. */
  next(): Promise<void> {
    this.#part++
    const count = this.#said.slice(0, this.#part).flat().length
    const isDone = () => this.#texts().length >= count
    if (isDone()) return Promise.resolve()
    return new Promise(resolve => {
      const end = () => {
        clearTimeout(timer)
        stop()
        resolve()
      }
      const stop = this.#trace.subscribe(() => isDone() && end())
      const timer = setTimeout(end, PATIENCE_MS)
    })
  }

  #texts(): string[] {
    return this.#trace.entries.slice(this.#from).flatMap((entry: TraceEntry) => {
      const text = entry.kind === 'chat-received' && entry.by === 'bot' && entry.what === 'message' ? chatText(entry.payload) : undefined
      return text === undefined ? [] : [text]
    })
  }
}
